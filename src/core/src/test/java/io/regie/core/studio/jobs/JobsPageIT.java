package io.regie.core.studio.jobs;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The page of jobs with a real file that is refused, its figures, and a phone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobsPageIT {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>.mp4";

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    private static RegieClient admin;

    @BeforeAll
    static void start() throws Exception {
        studio = StudioBrowser.start();
        admin = studio.admin();
    }

    @AfterAll
    static void stop() throws Exception {
        studio.close();
    }

    @AfterEach
    void quiet() {
        assertThat(studio.complaints()).isEmpty();
    }

    @Test
    @Order(1)
    void saysWhyAFileFailedAndWhatToDoWhateverItIsCalled() throws Exception {
        Page page = studio.signedIn("/studio/jobs");
        eventually(page.getByText("No jobs yet")).isVisible();
        List<String> dialogs = alerts(page);
        page.waitForSelector("regie-jobs[ready]");

        byte[] broken = Files.readAllBytes(Clips.withoutIndex(folder));
        URI upload = admin.create(broken.length, HOSTILE, "private");
        HttpResponse<String> answer = admin.patch(upload, 0, broken);
        assertThat(answer.statusCode()).isEqualTo(422);

        Locator row = page.locator("li.job[data-state=failed]");
        eventually(row).containsText("cannot be read");
        eventually(row).containsText("What to do: Export the file again");
        eventually(row.locator(".row-title")).hasText(Pattern.compile(".*<img src=x onerror=alert\\(1\\)>.*"));
        row.locator("summary").press("Enter");
        eventually(row.locator("pre")).isVisible();
        assertThat(page.locator("main img").count()).isZero();
        assertThat(dialogs).isEmpty();
    }

    @Test
    @Order(2)
    void drawsTheFiguresOfItsTable() {
        Page page = studio.signedIn("/studio/jobs");
        page.waitForSelector("regie-chart[ready]");
        eventually(page.locator("regie-chart canvas").first()).isVisible();
        Locator table = page.locator("regie-chart table");
        eventually(table).isHidden();
        page.getByText("Figures as a table").press("Enter");
        eventually(table).isVisible();
        assertThat(table.locator("tbody tr").count()).isEqualTo(30);
    }

    @Test
    @Order(3)
    void fitsOnAPhoneInFrenchAndDark() {
        Page page = studio.signedIn("/studio/jobs", Window.PHONE, "fr", ColorScheme.DARK);
        page.waitForSelector("regie-chart[ready]");
        eventually(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Tâches")))
                .isVisible();
        eventually(page.locator("li.job[data-state=failed]")).containsText("Que faire : Exportez");
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out")
                .isEqualTo(true);
        page.locator("li.job summary").first().click();
        eventually(page.locator("li.job pre").first()).isVisible();
    }

    private static List<String> alerts(Page page) {
        List<String> dialogs = new ArrayList<>();
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        return dialogs;
    }
}
