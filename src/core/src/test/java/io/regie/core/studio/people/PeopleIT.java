package io.regie.core.studio.people;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.regie.core.RegieServer;
import io.regie.core.mail.FakeMailServer;
import io.regie.core.studio.StudioBrowser;
import io.regie.testkit.Clips;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody is invited, works, hears that it is ready, and is shown out; and what administrators see of the server. */
class PeopleIT {

    private static final String GUEST = "ada@example.org";

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    private static FakeMailServer mail;

    @BeforeAll
    static void start() throws Exception {
        mail = new FakeMailServer();
        studio = StudioBrowser.start(Map.of("REGIE_SITE_URL", "https://media.example.org"));
    }

    @AfterAll
    static void stop() throws Exception {
        studio.close();
        mail.close();
    }

    @AfterEach
    void quiet() {
        assertThat(studio.complaints()).isEmpty();
    }

    @Test
    void somebodyComesWorksAndGoes() throws Exception {
        Page admin = studio.signedIn("/studio/settings/mail");
        eventually(admin.locator("#address")).hasValue("https://media.example.org");
        admin.locator("#host").fill("127.0.0.1");
        admin.locator("#port").fill(String.valueOf(mail.port()));
        admin.locator("#security").selectOption("none");
        admin.locator("#from").fill("media@example.org");
        button(admin, "Save").click();
        button(admin, "Send a test mail").click();
        eventually(admin.getByText("The mail server took it.")).isVisible();
        assertThat(mail.receivedFor(RegieServer.EMAIL)).hasSize(1);

        admin.navigate(studio.address("/studio/people"));
        admin.locator("#email").fill(GUEST);
        admin.getByLabel("Editor").check();
        button(admin, "Make the invitation").click();
        eventually(admin.getByText("It is also on its way by mail.")).isVisible();
        String link = admin.locator("#link").inputValue();
        eventually(admin.locator("#waiting")).containsText(GUEST);

        Page guest = studio.open();
        guest.navigate(studio.address(link.replaceFirst("^https?://[^/]+", "")));
        eventually(guest.locator("#email")).hasValue(GUEST);
        assertThat(StudioBrowser.violations(guest)).isEmpty();
        guest.locator("#name").fill("Ada Lovelace");
        guest.locator("#password").fill(RegieServer.PASSWORD);
        button(guest, "Open my account").click();
        guest.waitForURL(studio.address("/studio"));
        eventually(guest.locator("#bell")).hasAttribute("data-unread", "0");

        // Nobody reloads: the bell hears of it.
        guest.navigate(studio.address("/studio/upload"));
        guest.locator("input[type=file]").first().setInputFiles(Clips.standard(folder));
        eventually(guest.locator("#bell")).hasAttribute("data-unread", "1");
        guest.locator("#bell").click();
        Locator ready = guest.locator("[data-notification=media-ready] button");
        eventually(ready).containsText("is ready");
        assertThat(StudioBrowser.violations(guest)).isEmpty();
        ready.click();
        guest.waitForURL(Pattern.compile(".*/studio/media/.*"));
        eventually(guest.locator("#bell")).hasAttribute("data-unread", "0");

        admin.navigate(studio.address("/studio/people"));
        Locator row = admin.locator("[data-person]").filter(new Locator.FilterOptions().setHasText("Ada Lovelace"));
        eventually(row).containsText("1 article");
        row.getByRole(AriaRole.LINK).click();
        eventually(admin.locator("h1")).hasText("Ada Lovelace");
        assertThat(StudioBrowser.violations(admin)).isEmpty();
        button(admin, "Disable the account").click();
        admin.locator("#disable")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disable the account"))
                .click();
        eventually(admin.getByText("Sessions and keys ended at once.").first()).isVisible();
        guest.locator("a[href='/studio/library']").first().click();
        guest.waitForURL(Pattern.compile(".*/sign-in\\?next=.*"));
        guest.locator("input[type=email]").fill(GUEST);
        guest.locator("input[type=password]").fill(RegieServer.PASSWORD);
        button(guest, "Sign in").click();
        eventually(guest.getByText("Email address or password are wrong.")).isVisible();
        // The browser says so of the refused sign-in, and of events that ended.
        studio.forgive("401");

        admin.navigate(studio.address("/studio/system"));
        eventually(admin.locator("#ffmpeg")).containsText("8.");
        eventually(admin.locator("#decoders")).containsText("h264");
        eventually(admin.locator("#plugins")).containsText("transcoding");
        eventually(admin.locator("#sandbox")).containsText("No network");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
