package io.regie.core.studio.jobs;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import io.regie.testkit.VideoCodec;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The page of jobs with real files: one that is refused, and one that is watched, cancelled, tried again and lost. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobsPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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
        // The page came before the first figure.
        eventually(page.locator("[data-figures]")).isVisible();
        Locator today = page.locator("regie-chart tbody tr").last();
        eventually(today.locator("td").nth(1)).hasText("1");
    }

    @Test
    @Order(9)
    void followsAJobToItsEndsWithoutReloading() throws Exception {
        Page page = studio.signedIn("/studio/jobs?show=all");
        page.evaluate("() => { window.stayed = true; }");
        page.waitForSelector("regie-jobs[ready]");
        // Not to be copied, and long enough for a small machine and a large one.
        Path film =
                Clips.clip().size(640, 360).seconds(90).video(VideoCodec.MPEG4).writeIn(folder, "a_day_at_the_sea");
        String article = admin.upload(film, "private");
        // By its id: what only adds to an article comes and goes above it.
        Locator row = page.locator("#job-" + laddersId(article));
        Locator bar = row.locator("progress[value]");
        eventually(bar).isVisible();
        row.locator("summary").press("Enter");
        eventually(row.locator("details[open]")).isVisible();
        Object before = bar.getAttribute("value");
        String id = row.getAttribute("id");
        page.waitForFunction(
                "([id, before]) => Number(document.getElementById(id).querySelector('progress').getAttribute('value'))"
                        + " > Number(before)",
                List.of(id, before));
        assertThat(page.evaluate(
                        "id => document.activeElement === document.getElementById(id).querySelector('summary')", id))
                .as("the focus stays")
                .isEqualTo(true);
        eventually(row.locator("details[open]")).isVisible();

        button(row, "Cancel").press("Enter");
        Locator dialog = page.locator("#confirm");
        eventually(dialog).containsText("a day at the sea");
        page.keyboard().press("Escape");
        eventually(dialog).isHidden();
        eventually(row).hasAttribute("data-state", "running");
        button(row, "Cancel").press("Enter");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel the work"))
                .press("Enter");
        eventually(row).hasAttribute("data-state", "cancelled");
        eventually(page.locator(".toast").first()).containsText("being cancelled");

        button(row, "Retry").press("Enter");
        eventually(row.locator("progress[value]")).isVisible();
        crashTwice(id.substring("job-".length()));
        eventually(row).hasAttribute("data-state", "failed");
        eventually(row).containsText("crashed twice");
        eventually(row).containsText("What to do: Export the file again");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retry all failed"))
                .first()
                .press("Enter");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry all failed"))
                .press("Enter");
        eventually(row.locator("progress")).isVisible();
        assertThat(page.evaluate("() => window.stayed")).isEqualTo(true);
        cancel(id.substring("job-".length()));
        eventually(row).hasAttribute("data-state", "cancelled");
    }

    @Test
    @Order(3)
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
    @Order(4)
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

    @Test
    @Order(10)
    void isReadAndOrderedWithoutScripts() {
        Page page = studio.open(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        studio.signIn(page, "/studio/jobs?show=done", RegieServer.EMAIL);
        page.locator("li.job[data-state=cancelled]")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry"))
                .first()
                .click();
        page.waitForURL("**/studio/jobs?show=done");
        page.locator(".tabs a").nth(1).click();
        Locator row = page.locator("li.job").first();
        eventually(row).isVisible();
        button(row, "Cancel").click();
        eventually(page.locator(".tabs")).isVisible();
    }

    private static String laddersId(String article) throws Exception {
        return await().until(
                        () -> {
                            List<String> ladders = new ArrayList<>();
                            for (JsonNode job : admin.jobs(article)) {
                                if (job.get("type").asText().equals("transcoding.ladder")) {
                                    ladders.add(job.get("id").asText());
                                }
                            }
                            return ladders;
                        },
                        ladders -> !ladders.isEmpty())
                .get(0);
    }

    private static Locator button(Locator row, String name) {
        return row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static List<String> alerts(Page page) {
        List<String> dialogs = new ArrayList<>();
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        return dialogs;
    }

    /** As a decoder does that runs into its own defect: the worker of each attempt dies. */
    private static void crashTwice(String job) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            JsonNode now = job(job);
            if (now.get("state").asText().equals("running")) {
                studio.server()
                        .process()
                        .descendants()
                        .filter(child -> child.info().commandLine().orElse("").contains("io.regie.worker"))
                        .forEach(ProcessHandle::destroyForcibly);
            }
            return now.get("state").asText().equals("failed");
        });
    }

    private static JsonNode job(String id) throws Exception {
        return new ObjectMapper().readTree(admin.get("/api/v1/jobs/" + id).body());
    }

    private static void cancel(String id) throws Exception {
        assertThat(admin.send("POST", "/api/v1/jobs/" + id + "/cancel", JsonNodeFactory.instance.objectNode())
                        .statusCode())
                .isEqualTo(202);
    }
}
