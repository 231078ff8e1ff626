package io.regie.core.studio.texts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions and chapters in a browser: uploaded, worked on beside the player, and met by whoever watches. */
class CaptionsIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FRENCH =
            """
            1
            00:00:01,000 --> 00:00:03,000
            Voilà <font color="red"><script>document.title = 'owned'</script></font>

            2
            00:00:04,000 --> 00:00:07,000
            La mer est calme

            3
            00:00:08,000 --> 00:00:11,000
            Bientôt l’été <img src=x onerror="document.title='owned'">
            """;

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    private static RegieClient admin;
    private static String film;

    @BeforeAll
    static void start() throws Exception {
        studio = StudioBrowser.start();
        admin = studio.admin();
        film = admin.upload(Clips.clip().size(640, 360).seconds(20).fps(25).writeIn(folder, "film"), "public");
        admin.awaitReady(film);
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
    void captionsAreUploadedEditedAndFollowedByWhoeverWatches() throws Exception {
        Page page = studio.signedIn("/studio/media/" + film + "/texts");
        StudioBrowser.eventually(page.locator("regie-caption-file[ready]")).isVisible();
        page.getByLabel("File").setInputFiles(file("drawing.ass", "[Script Info]\n"));
        page.locator("button.primary").click();
        StudioBrowser.eventually(page.locator("[data-said]")).containsText("SubStation");
        studio.forgive("422");

        page.getByLabel("File").setInputFiles(file("film.srt", FRENCH));
        page.getByLabel("Language", new Page.GetByLabelOptions().setExact(true)).selectOption("fr");
        page.getByLabel("Show to everybody at first").check();
        page.locator("button.primary").click();
        Locator rows = page.locator("regie-cues[ready] .cue-row");
        StudioBrowser.eventually(rows).hasCount(3);
        StudioBrowser.eventually(rows.first()).containsText("Voilà document.title = 'owned'");

        rows.nth(1).click();
        Locator text = page.getByLabel("Text", new Page.GetByLabelOptions().setExact(true));
        text.fill("La mer est <i>belle</i> & calme\nce soir");
        Locator end = page.getByLabel("End", new Page.GetByLabelOptions().setExact(true));
        end.fill("6,5");
        end.press("Enter");
        end.press("Tab");
        saved(page);
        page.waitForCondition(() -> spoken(page).equals("La mer est belle & calme\nce soir"));

        // By keyboard alone: the next cue, its start where the player stands, one more after it, cut in two.
        text.press("Control+ArrowDown");
        StudioBrowser.eventually(text).hasValue("Bientôt l’été");
        seek(page, 8.5);
        text.press("Control+BracketLeft");
        StudioBrowser.eventually(page.getByLabel("Start", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("0:08.500");
        text.press("Control+Enter");
        StudioBrowser.eventually(rows).hasCount(4);
        text.pressSequentially("Un deux trois quatre");
        for (int i = 0; i < " trois quatre".length(); i++) {
            text.press("ArrowLeft");
        }
        text.press("Control+Shift+Enter");
        StudioBrowser.eventually(rows).hasCount(5);
        StudioBrowser.eventually(text).hasValue("trois quatre");
        text.press("Control+Shift+Delete");
        StudioBrowser.eventually(rows).hasCount(4);
        saved(page);
        look(page, "captions-editing");

        JsonNode track = french();
        String vtt = admin.get(track.get("url").asText()).body();
        assertThat(vtt)
                .contains("00:00:04.000 --> 00:00:06.500\nLa mer est <i>belle</i> &amp; calme\nce soir\n")
                .contains("00:00:08.500 --> 00:00:11.000\nBientôt l’été\n")
                .contains("\nUn deux\n")
                .doesNotContain("<script", "<img", "<font", "trois");

        // Somebody else saves meanwhile.
        String address =
                "/api/v1/media/" + film + "/captions/" + track.get("id").asText();
        admin.send(
                "PUT",
                address + "/cues",
                JSON.readTree(
                        """
                {"cues":[{"start":1,"end":3,"text":"Voilà"},{"start":4,"end":6.5,"text":"La mer est calme\\nce soir"}]}"""));
        rows.first().click();
        text.fill("Perdu");
        page.getByText("Load their version").click();
        studio.forgive("412");
        StudioBrowser.eventually(rows).hasCount(2);

        watched(track.get("id").asText());
    }

    private static void watched(String track) throws Exception {
        Page page = studio.open(Window.DESK, "fr", ColorScheme.LIGHT);
        page.navigate(studio.address(admin.media(film).get("watchUrl").asText()));
        Locator transcript = page.locator("regie-transcript");
        Locator said = transcript.locator("li.said button");
        StudioBrowser.eventually(said).hasCount(2);
        assertThat(
                        page.evaluate(
                                "[...document.querySelector('video').textTracks].find(({ mode }) => mode === 'showing').language"))
                .isEqualTo("fr");

        Locator search = transcript.getByLabel("Chercher dans le texte");
        search.fill("MER");
        StudioBrowser.eventually(said.locator("visible=true")).hasCount(1);
        StudioBrowser.eventually(transcript.locator("mark")).hasText("mer");
        search.press("Enter");
        at(page, 4);
        search.fill("");
        said.first().click();
        at(page, 1);
        StudioBrowser.eventually(said.first()).hasAttribute("aria-current", "true");
        said.first().press("ArrowDown");
        page.keyboard().press("Enter");
        at(page, 4);
        page.waitForCondition(() -> spoken(page).equals("La mer est calme\nce soir"));
        look(page, "captions-watch");

        page.locator("regie-player").press("c");
        StudioBrowser.eventually(page.getByLabel("Afficher les sous-titres")).isVisible();
        page.getByLabel("Réglages").click();
        page.locator("regie-player").getByLabel("Français").check();
        StudioBrowser.eventually(page.getByLabel("Masquer les sous-titres")).isVisible();
        look(page, "captions-menu");

        // As players of HLS find it.
        String master = admin.get("/media/" + film + "/master.m3u8").body();
        assertThat(master)
                .contains("TYPE=SUBTITLES,GROUP-ID=\"text\",NAME=\"Français\",LANGUAGE=\"fr\",DEFAULT=YES")
                .contains(",SUBTITLES=\"text\"");
        String list =
                admin.get("/media/" + film + "/captions/" + track + ".m3u8").body();
        String segment =
                list.lines().filter(line -> line.endsWith(".vtt")).findFirst().orElseThrow();
        assertThat(admin.get(segment).body()).contains("La mer est calme");
    }

    @Test
    void chaptersAreSetOnTheTimelineAndJumpedTo() throws Exception {
        Page page = studio.signedIn("/studio/media/" + film + "/texts/chapters");
        StudioBrowser.eventually(page.locator("regie-chapters[ready]")).isVisible();
        Locator add = page.getByText("New chapter at the present moment");
        add.click();
        page.keyboard().type("Le départ");
        seek(page, 8);
        add.click();
        page.keyboard().type("<b>La mer</b>");
        saved(page);
        Locator pin = page.locator(".lane-pin").nth(1);
        BoundingBox label = pin.locator(".lane-label").boundingBox();
        page.mouse().move(label.x + 10, label.y + 10);
        page.mouse().down();
        page.mouse().move(label.x + 110, label.y + 10);
        page.mouse().up();
        saved(page);
        double moved = admin.media(film).at("/chapters/1/start").asDouble();
        assertThat(moved).isGreaterThan(9).isLessThan(15);
        Locator start = page.getByLabel("Start", new Page.GetByLabelOptions().setExact(true))
                .nth(1);
        start.fill("0:10");
        start.press("Enter");
        saved(page);
        page.waitForCondition(() -> chapter(1) == 10);
        look(page, "chapters-editing");

        Page visitor = studio.open(Window.DESK, "en", ColorScheme.DARK);
        visitor.navigate(studio.address(admin.media(film).get("watchUrl").asText()));
        Locator player = visitor.locator("regie-player");
        Locator chapters = player.getByLabel("Chapters. Now: Le départ");
        StudioBrowser.eventually(chapters).isVisible();
        StudioBrowser.eventually(visitor.locator("regie-transcript li.chapter"))
                .hasText(new String[] {"0:00Le départ", "0:10<b>La mer</b>"});
        chapters.click();
        player.getByText("<b>La mer</b>").click();
        at(visitor, 10);
        StudioBrowser.eventually(player.locator(".mark")).hasCount(1);
        BoundingBox bar = player.locator(".seek").boundingBox();
        visitor.keyboard().press("Escape");
        visitor.mouse().move(bar.x + bar.width * 0.75, bar.y + bar.height / 2);
        StudioBrowser.eventually(player.locator(".chapter-title")).hasText("<b>La mer</b>");
        look(visitor, "chapters-watch");
        visitor.setViewportSize(320, 640);
        BoundingBox last = player.getByLabel("Full screen").boundingBox();
        assertThat(last.x + last.width).as("right end of the last control").isLessThanOrEqualTo(320);
        visitor.evaluate("location.hash = '#t=3'");
        at(visitor, 3);
        assertThat(admin.get("/media/" + film + "/master.m3u8").body())
                .contains("com.apple.hls.chapters", "/chapters/chapters.json");
    }

    @Test
    void everybodyCanUseThem() throws Exception {
        String english = JSON.readTree(admin.send(
                                "POST",
                                "/api/v1/media/" + film + "/captions?language=en",
                                "text/vtt",
                                "00:01.000 --> 00:03.000\nHere it is\n\n00:04.000 --> 00:07.000\nThe sea is calm tonight")
                        .body())
                .at("/track/id")
                .asText();
        List<String> violations = new ArrayList<>();
        for (Window window : Window.values()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String language = scheme == ColorScheme.LIGHT ? "en" : "fr";
                Page page = studio.signedIn(
                        "/studio/media/" + film + "/texts/captions/" + english, window, language, scheme);
                Locator row = page.locator("regie-cues[ready] .cue-row").nth(1);
                row.click();
                StudioBrowser.eventually(page.locator("#cue-text")).isVisible();
                judge(page, violations);
                look(page, "captions-" + (window + "-" + scheme).toLowerCase(Locale.ROOT));
                Page watch = studio.open(window, language, scheme);
                watch.navigate(studio.address(admin.media(film).get("watchUrl").asText()));
                StudioBrowser.eventually(
                                watch.locator("regie-transcript li.said").first())
                        .isVisible();
                judge(watch, violations);
                look(watch, "captions-watch-" + (window + "-" + scheme).toLowerCase(Locale.ROOT));
            }
        }
        assertThat(violations).isEmpty();
    }

    private static void judge(Page page, List<String> violations) throws Exception {
        violations.addAll(StudioBrowser.violations(page));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    private static JsonNode french() throws Exception {
        for (JsonNode track : admin.media(film).get("captions")) {
            if (track.get("language").asText().equals("fr")) {
                return track;
            }
        }
        throw new AssertionError("There are no French captions.");
    }

    private static FilePayload file(String name, String text) {
        // As an old program writes it.
        return new FilePayload(name, "application/x-subrip", text.getBytes(Charset.forName("windows-1252")));
    }

    private static double chapter(int place) {
        try {
            return admin.media(film).at("/chapters/" + place + "/start").asDouble();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void saved(Page page) {
        StudioBrowser.eventually(page.locator("#save-state")).hasAttribute("data-state", "saved");
    }

    private static void seek(Page page, double time) {
        page.evaluate("time => document.querySelector('regie-player').seek(time)", time);
        at(page, time);
    }

    private static void at(Page page, double time) {
        page.waitForFunction(
                "time => Math.abs(document.querySelector('regie-player video').currentTime - time) < 0.05", time);
    }

    /** What the player shows now, of the track that is shown. */
    private static String spoken(Page page) {
        return String.valueOf(
                page.evaluate(
                        """
                        () => [...document.querySelector('regie-player video').textTracks]
                          .filter(({ mode }) => mode === 'showing')
                          .flatMap(({ activeCues }) => [...activeCues].map((cue) => cue.getCueAsHTML().textContent))
                          .join('|')"""));
    }

    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
