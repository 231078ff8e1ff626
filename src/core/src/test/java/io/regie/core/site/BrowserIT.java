package io.regie.core.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.regie.core.RegieServer;
import io.regie.testkit.Clips;
import io.regie.testkit.VideoCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person does: sign in, upload, watch. In Debian's Chromium, against the packaged application. The long film comes
 * last, because a small machine encodes one at a time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT {

    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final double PATIENCE = 60_000;

    @TempDir
    static Path folder;

    private static RegieServer server;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        server = RegieServer.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("regie.chromium", "/usr/bin/chromium")))
                        .setArgs(QUIET));
    }

    @AfterAll
    static void stop() throws Exception {
        if (playwright != null) {
            playwright.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        context = browser.newContext(new Browser.NewContextOptions().setLocale("en"));
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    @Test
    @Order(2)
    void uploadsAndWatchesWhileTheJobStillRuns() throws Exception {
        // Not to be copied, and large enough that the ladder is not done before the page is open.
        Path film =
                Clips.clip().size(1280, 720).seconds(60).video(VideoCodec.MPEG4).writeIn(folder, "holiday_film");
        page.navigate(address("/studio/upload"));
        signIn();
        assertThat(page.url()).endsWith("/studio/upload");

        choose(film);
        Locator item = page.locator(".upload");
        Locator title = item.getByLabel("Title");
        title.fill("A day at the sea");
        title.press("Tab");
        eventually(item).hasAttribute("data-phase", "processing");
        eventually(item.locator(".progress[value]")).isVisible();
        Locator watch = item.getByText("Watch");
        eventually(watch).isVisible();

        watch.click();
        page.waitForSelector("regie-player[ready]");
        assertThat(page.title()).startsWith("A day at the sea");
        page.locator("regie-player")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play"))
                .first()
                .click();
        page.waitForFunction("() => document.querySelector('video').currentTime > 1");
        Object state = page.evaluate("async () => {"
                + "const id = document.querySelector('regie-player').getAttribute('hls').split('/')[2];"
                + "return (await (await fetch('/api/v1/media/' + id)).json()).state; }");
        assertThat(state).isEqualTo("processing");
    }

    @Test
    @Order(1)
    void playerObeysTheKeyboard() throws Exception {
        Path film = Clips.clip().seconds(12).writeIn(folder, "keys");
        page.navigate(address("/studio/upload"));
        signIn();
        choose(film);
        eventually(page.locator(".upload")).hasAttribute("data-phase", "done");
        page.locator(".upload").getByText("Watch").click();
        page.waitForSelector("regie-player[ready]");

        page.keyboard().press("k");
        page.waitForFunction("() => document.querySelector('video').currentTime > 0.3");
        page.keyboard().press("k");
        page.waitForFunction("() => document.querySelector('video').paused");
        page.keyboard().press("5");
        page.waitForFunction("() => Math.abs(document.querySelector('video').currentTime - 6) < 0.5");
        page.keyboard().press("ArrowLeft");
        page.waitForFunction("() => document.querySelector('video').currentTime < 2");
        page.keyboard().press(">");
        page.waitForFunction("() => document.querySelector('video').playbackRate === 1.25");
        page.keyboard().press("m");
        page.waitForFunction("() => document.querySelector('video').muted");
        page.keyboard().press("?");
        eventually(page.locator("regie-player").getByText("Keyboard shortcuts")).isVisible();
        page.keyboard().press("Escape");
        page.locator("regie-player").locator(".seek").hover();
        eventually(page.locator("regie-player").locator(".picture")).isVisible();
    }

    private void choose(Path film) {
        page.setInputFiles("[data-part=files]", film);
    }

    private void signIn() {
        page.getByLabel("mail").fill(RegieServer.EMAIL);
        page.locator("input[type=password]").fill(RegieServer.PASSWORD);
        page.locator("form button").click();
        page.waitForURL("**/studio/upload");
    }

    private static LocatorAssertions eventually(Locator locator) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return PlaywrightAssertions.assertThat(locator);
    }

    private static String address(String path) {
        return server.uri(path).toString();
    }
}
