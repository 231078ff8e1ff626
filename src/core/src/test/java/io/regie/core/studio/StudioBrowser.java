package io.regie.core.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Debian's Chromium before the packaged application, one of each for a test class. Whatever a page complains about, a
 * refused script or a foreign address included, is remembered until {@link #complaints} is asked.
 *
 * <pre>{@code
 * static StudioBrowser studio;
 *
 * @BeforeAll static void start() throws Exception { studio = StudioBrowser.start(); }
 * @AfterAll static void stop() throws Exception { studio.close(); }
 * @AfterEach void quiet() { assertThat(studio.complaints()).isEmpty(); }
 *
 * Page page = studio.signedIn("/studio/library");
 * StudioBrowser.eventually(page.getByText("Ready")).isVisible();
 * }</pre>
 */
public final class StudioBrowser implements AutoCloseable {

    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final double PATIENCE = 60_000;
    private static final Path AXE = Path.of("src/main/web/node_modules/axe-core/axe.min.js");
    private static final String JUDGE =
            """
            async () => {
              const result = await axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              });
              return result.violations.flatMap((violation) =>
                violation.nodes.map((node) => `${violation.id}: ${node.html} ${node.failureSummary}`));
            }""";

    /** The windows that pages are looked at in. */
    public enum Window {
        DESK(1440, 900),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Window(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private final RegieServer server;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final List<BrowserContext> contexts = new ArrayList<>();

    private StudioBrowser(RegieServer server, Playwright playwright, Browser browser) {
        this.server = server;
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts the application on fresh data, with an administrator, and a browser. */
    public static StudioBrowser start() throws Exception {
        return start(Map.of());
    }

    /** @param settings as environment variables */
    public static StudioBrowser start(Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("REGIE_ADMIN_EMAIL", RegieServer.EMAIL);
        environment.put("REGIE_ADMIN_PASSWORD", RegieServer.PASSWORD);
        return before(RegieServer.start(environment));
    }

    /** Starts a browser before a server that somebody started in their own way. */
    public static StudioBrowser before(RegieServer server) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("regie.chromium", "/usr/bin/chromium")))
                        .setArgs(QUIET));
        return new StudioBrowser(server, playwright, browser);
    }

    public RegieServer server() {
        return server;
    }

    public RegieClient admin() throws Exception {
        return RegieClient.admin(server);
    }

    public String address(String path) {
        return server.uri(path).toString();
    }

    /** A browser of its own, with its own cookies, in English and light. */
    public Page open() {
        return open(new Browser.NewContextOptions());
    }

    public Page open(Window window, String language, ColorScheme scheme) {
        return open(new Browser.NewContextOptions()
                .setViewportSize(window.width, window.height)
                .setHasTouch(window == Window.PHONE)
                .setLocale(language)
                .setColorScheme(scheme));
    }

    public Page open(Browser.NewContextOptions options) {
        if (options.locale == null) {
            options.setLocale("en");
        }
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        contexts.add(context);
        context.onPage(this::watch);
        return context.newPage();
    }

    private void watch(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (request.url().startsWith("http") && !request.url().startsWith(address("/"))) {
                complaints.add("Asked elsewhere: " + request.url());
            }
        });
    }

    /** A new browser, signed in as administrator, on a page of the studio. */
    public Page signedIn(String path) {
        return signIn(open(), path, RegieServer.EMAIL);
    }

    public Page signedIn(String path, Window window, String language, ColorScheme scheme) {
        return signIn(open(window, language, scheme), path, RegieServer.EMAIL);
    }

    /** Signs in on the way to a page. */
    public Page signIn(Page page, String path, String email) {
        page.navigate(address(path));
        page.locator("input[type=email]").fill(email);
        page.locator("input[type=password]").fill(RegieServer.PASSWORD);
        page.locator("form button").click();
        page.waitForURL(address(path));
        return page;
    }

    /** What axe-core finds that not everybody can use, of a page as it is now. */
    public static List<String> violations(Page page) throws IOException {
        page.evaluate(Files.readString(AXE));
        return ((List<?>) page.evaluate(JUDGE)).stream().map(String::valueOf).toList();
    }

    /** Patient assertions about a part of a page. */
    public static LocatorAssertions eventually(Locator locator) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return PlaywrightAssertions.assertThat(locator);
    }

    /** What pages complained about since this was last asked. Those pages close. */
    public List<String> complaints() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> since = List.copyOf(complaints);
        complaints.clear();
        return since;
    }

    /** For a test that provokes a refusal, which browsers report. */
    public void forgive(String part) {
        assertThat(complaints.removeIf(complaint -> complaint.contains(part)))
                .as("a complaint about " + part)
                .isTrue();
    }

    @Override
    public void close() throws Exception {
        playwright.close();
        server.close();
    }
}
