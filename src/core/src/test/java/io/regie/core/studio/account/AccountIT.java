package io.regie.core.studio.account;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From the code on the console to tokens and sessions; the site is set up first, so the order matters. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccountIT {

    private static final Pattern CODE = Pattern.compile("setup code: (\\S+)");
    private static final Path AXE = Path.of("src/main/web/node_modules/axe-core/axe.min.js");
    private static final List<String> PAGES = List.of("", "/password", "/sessions", "/tokens");

    private static StudioBrowser studio;

    @BeforeAll
    static void start() throws Exception {
        studio = StudioBrowser.before(RegieServer.start(Map.of()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (studio != null) {
            studio.close();
        }
    }

    @AfterEach
    void quiet() {
        assertThat(studio.complaints()).as("what the browser complained about").isEmpty();
    }

    @Test
    @Order(1)
    void setsUpASiteFromTheCodeOnTheConsole() throws Exception {
        Page page = studio.open();
        page.navigate(studio.address("/"));
        assertThat(page.url()).endsWith("/setup");
        page.getByLabel("One-time code").fill("WRONG-CODE");
        button(page, "Continue").click();
        eventually(page.getByRole(AriaRole.ALERT)).containsText("The code is wrong");
        studio.forgive("403");
        look(page, "setup-code");
        judge(page);

        page.getByLabel("One-time code").fill(codeOnTheConsole());
        button(page, "Continue").click();
        page.getByLabel("Name of the site").fill("Sea & <b>sky</b>");
        page.getByLabel("Your name").fill("Ada");
        page.getByLabel("Your email address").fill(RegieServer.EMAIL);
        page.getByLabel("Password").fill("password1");
        look(page, "setup-answers");
        judge(page);
        button(page, "Open the site").click();
        eventually(page.getByText("is too easy to guess")).isVisible();
        studio.forgive("400");
        assertThat(page.getByLabel("Name of the site").inputValue()).isEqualTo("Sea & <b>sky</b>");
        page.getByLabel("Password").fill(RegieServer.PASSWORD);
        assertThat(page.getByLabel("Add a sample video").isChecked()).isTrue();
        button(page, "Open the site").click();

        eventually(page.locator("h1")).containsText("Sea & <b>sky</b> is open");
        look(page, "welcome");
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(AccountIT::samplePlays);
        page.getByText("Watch the sample on the home page").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Slow waves"))
                .first()
                .click();
        eventually(page.locator("a[rel~=license]")).containsText("Creative Commons Zero");
        page.waitForSelector("regie-player[ready]");
        page.locator("regie-player")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play"))
                .first()
                .click();
        page.waitForFunction("() => document.querySelector('video').currentTime > 0.5");
    }

    @Test
    @Order(2)
    void saysThatThePasswordIsWrongAndLeadsToWhereOneWanted() {
        Page page = studio.open();
        page.navigate(studio.address("/studio/account/tokens"));
        look(page, "sign-in");
        page.getByLabel("Email address").fill(RegieServer.EMAIL);
        page.getByLabel("Password").fill("not the password");
        button(page, "Sign in").click();
        eventually(page.getByRole(AriaRole.ALERT)).containsText("Email address or password are wrong.");
        studio.forgive("401");
        page.getByLabel("Password").fill(RegieServer.PASSWORD);
        button(page, "Sign in").click();
        page.waitForURL("**/studio/account/tokens");
    }

    @Test
    @Order(3)
    void tokenIsShownOnceWorksAndEndsWhenRevoked() throws Exception {
        String name = "Backup \"><img src=x onerror=alert(1)>";
        Page page = studio.signedIn("/studio/account/tokens");
        page.getByLabel("What it is for").fill(name);
        button(page, "Make the token").click();
        eventually(page.getByText("Choose at least one.")).isVisible();
        studio.forgive("400");
        assertThat(page.getByLabel("What it is for").inputValue()).isEqualTo(name);
        page.locator("input[value='*']").check();
        button(page, "Make the token").click();
        eventually(page.getByText("is ready")).isVisible();
        String token = page.getByLabel("The token").inputValue();
        assertThat(token).startsWith("regie_");
        eventually(button(page, "Copy")).isVisible();
        look(page, "token-made");
        judge(page);
        assertThat(statusWith(token)).isEqualTo(200);

        page.navigate(studio.address("/studio/account/tokens"));
        assertThat(page.content()).doesNotContain(token);
        eventually(page.locator(".row-title").getByText(name)).isVisible();
        button(page, "Revoke " + name).click();
        eventually(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Revoke “" + name + "”?")))
                .isVisible();
        look(page, "token-revoke");
        judge(page);
        button(page, "Cancel").click();
        assertThat(statusWith(token)).isEqualTo(200);
        button(page, "Revoke " + name).click();
        page.locator("[popover]:popover-open .danger").click();
        eventually(page.getByText("The token is revoked.")).isVisible();
        assertThat(statusWith(token)).isEqualTo(401);
    }

    @Test
    @Order(4)
    void endedSessionIsSignedOutInTheOtherBrowser() {
        Page other = studio.signedIn("/studio/account");
        Page here = studio.signedIn("/studio/account/sessions");
        eventually(here.locator(".badge").getByText("This browser")).hasCount(1);
        look(here, "sessions");
        button(here, "Sign out all others").click();
        here.locator("[popover]:popover-open .danger").click();
        eventually(here.getByText("All other browsers are signed out.")).isVisible();
        eventually(here.getByText("You are signed in nowhere else.")).isVisible();
        other.reload();
        assertThat(other.url()).contains("/sign-in?next=");
    }

    @Test
    @Order(5)
    void newPasswordKeepsThisBrowserOnly() throws Exception {
        String email = "author@example.org";
        RegieClient.admin(studio.server()).newAccount(email, "AUTHOR");
        Page other = studio.signIn(studio.open(), "/studio/account", email);
        Page here = studio.signIn(studio.open(), "/studio/account/password", email);
        here.getByLabel("Current password").fill("not this one");
        here.getByLabel("New password").fill("another good password");
        button(here, "Change the password").click();
        eventually(here.locator("#current-error")).isVisible();
        studio.forgive("400");
        here.getByLabel("Current password").fill(RegieServer.PASSWORD);
        here.getByLabel("New password").fill("another good password");
        button(here, "Change the password").click();
        eventually(here.getByText("Your password is changed.")).isVisible();
        other.reload();
        assertThat(other.url()).contains("/sign-in?next=");
    }

    @Test
    @Order(6)
    void speaksTheLanguageThatThePersonChose() {
        Page page = studio.signedIn("/studio/account");
        page.locator("select[name=language]").selectOption("fr");
        button(page, "Save").click();
        eventually(page.getByText("Votre profil est enregistré.")).isVisible();
        // Another browser that asks for English hears it from the account.
        Page other = studio.open();
        other.navigate(studio.address("/sign-in?next=/studio/account/tokens"));
        assertThat(other.locator("html").getAttribute("lang")).isEqualTo("en");
        other.getByLabel("Email address").fill(RegieServer.EMAIL);
        other.getByLabel("Password").fill(RegieServer.PASSWORD);
        button(other, "Sign in").click();
        eventually(other.getByText("Nouveau jeton")).isVisible();
        other.navigate(studio.address("/studio/account"));
        other.locator("select[name=language]").selectOption("");
        button(other, "Enregistrer").click();
        eventually(other.getByText("Your profile is saved.")).isVisible();
    }

    @Test
    @Order(7)
    void fitsEveryWindowLightAndDark() {
        for (Window window : Window.values()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = studio.signedIn("/studio/account", window, "fr", scheme);
                for (String part : PAGES) {
                    page.navigate(studio.address("/studio/account" + part));
                    assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                            .as(part + " in " + window)
                            .isEqualTo(true);
                    look(page, "account" + part.replace('/', '-') + "-" + window + "-" + scheme);
                }
                Object ground = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor");
                assertThat(ground.equals("rgb(16, 17, 20)")).isEqualTo(scheme == ColorScheme.DARK);
            }
        }
    }

    /** These pages only stand in the middle of something; the others are judged together. */
    private static void judge(Page page) throws IOException {
        page.evaluate(Files.readString(AXE));
        Object violations =
                page.evaluate("async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',"
                        + " 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(found => found.id + ' '"
                        + " + found.nodes.map(node => node.html).join(' '))");
        assertThat((List<?>) violations).isEmpty();
    }

    /** For people to look at: what a test cannot see. */
    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/account", name + ".png")));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static boolean samplePlays() throws Exception {
        String media = RegieClient.visitor(studio.server()).get("/api/v1/media").body();
        return media.contains("\"playable\":true");
    }

    private static int statusWith(String token) throws Exception {
        URI account = studio.server().uri("/api/v1/account");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(account)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String codeOnTheConsole() {
        Matcher code = CODE.matcher(studio.server().log());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }
}
