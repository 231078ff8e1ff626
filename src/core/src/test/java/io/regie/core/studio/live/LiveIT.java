package io.regie.core.studio.live;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser;
import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera in the studio: added, tested, recorded, watched meanwhile, kept; and once more by plan. */
class LiveIT {

    private static final String SECRET = "s3cr3t-pass";
    private static final String KEY = "stream-key-4711";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static RtspPeer camera;
    private static StudioBrowser studio;
    private static RegieClient admin;

    @BeforeAll
    static void start() throws Exception {
        // Faster than life, so that there is soon something to see.
        camera = RtspPeer.of(new RtspPeer.Play(ElementaryTrack.read(
                        Clips.clip().keyFrameEvery(25).seconds(8).writeIn(folder, "camera")))
                .loop(8, 0, 1_000_000)
                .speed(4));
        studio = StudioBrowser.start();
        admin = studio.admin();
        Page page = studio.signedIn("/studio/live");
        page.locator("#allowed").fill("127.0.0.1:" + camera.port());
        page.locator("form[action='/studio/live/allowed'] button").click();
        eventually(page.locator("#allowed")).hasValue("127.0.0.1:" + camera.port());
        eventually(page.getByText("The allowed hosts and networks were saved.")).isVisible();
    }

    @AfterAll
    static void stop() throws Exception {
        studio.close();
        camera.close();
    }

    @AfterEach
    void quiet() {
        assertThat(studio.complaints()).isEmpty();
    }

    @Test
    void recordsACameraThatIsWatchedMeanwhile() throws Exception {
        Page page = studio.signedIn("/studio/live");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add a live stream"))
                .click();
        page.locator("#name").fill("The harbour");
        page.locator("#url").fill("rtsp://127.0.0.1:" + camera.port() + "/" + KEY);
        page.locator("#username").fill("camera");
        page.locator("#password").fill(SECRET);
        page.locator("form[action='/studio/live/new'] button").click();
        eventually(page.locator("h1")).hasText("The harbour");
        String stream = lastPart(page.url().replaceFirst("\\?.*", ""));
        hidesWhatOpensIt(page);

        eventually(page.locator("#verdict")).hasText("Ready to record.");
        eventually(page.locator("#snapshot")).isVisible();
        page.waitForFunction("() => document.querySelector('#snapshot').naturalWidth === 320");
        eventually(page.locator("#live-now")).containsText("h264");

        page.locator("#record").click();
        eventually(page.locator("#live-now")).hasAttribute("data-state", "recording");
        String job = recording(stream).get("job").asText();
        String article = recording(stream).get("article").asText();
        hidesWhatOpensIt(page);

        page.locator("#watch").click();
        eventually(page.locator("regie-player[ready]")).isVisible();
        hidesWhatOpensIt(page);
        play(page);
        assertThat(recording(stream)).as("still being recorded").isNotNull();
        eventually(page.locator("#work")).containsText("Being recorded");

        page.navigate(studio.address("/studio/live/" + stream));
        eventually(page.locator("#live-now")).containsText("Mbit/s");
        page.locator("#stop").click();
        eventually(page.locator("#confirm")).isVisible();
        // The part of the page with the button is renewed each second, also while somebody reads the question.
        page.evaluate("() => { const now = document.getElementById('live-now'); now.outerHTML = now.outerHTML; }");
        // The next page begins to listen only when all is over, which it then was never told.
        List<Route> listening = new ArrayList<>();
        page.route("**/api/v1/events?*", listening::add);
        page.locator("#confirm")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop"))
                .click();
        page.waitForCondition(() -> !listening.isEmpty() && stopped(stream));
        page.unroute("**/api/v1/events?*");
        listening.forEach(Route::resume);
        eventually(page.locator("#live-now")).hasAttribute("data-state", "idle");

        JsonNode kept = admin.await(
                article,
                Duration.ofMinutes(1),
                found -> found.get("playable").asBoolean()
                        && found.get("original").get("bytes").asLong() > 0);
        assertThat(kept.get("title").asText()).startsWith("The harbour ");
        page.navigate(studio.address("/studio/media/" + article));
        eventually(page.locator("regie-player[ready]")).isVisible();
        play(page);
        eventually(page.locator("#work")).containsText("recording.mp4");
        hidesWhatOpensIt(page);

        page.navigate(studio.address("/studio/jobs/" + job));
        eventually(page.locator("[data-state=stopped]")).isVisible();
        eventually(page.locator("#retry-" + job)).hasCount(0);
        hidesWhatOpensIt(page);
        page.navigate(studio.address("/studio/live/" + stream));
        eventually(page.locator("[data-recording]")).hasCount(1);
        eventually(page.locator("[data-recording] .row-text")).containsText("0:00:");
        hidesWhatOpensIt(page);
        liesNowhere(stream, job);
    }

    @Test
    void recordsByItselfWhenPlanned() throws Exception {
        ObjectNode draft = JSON.createObjectNode()
                .put("name", "The square")
                .put("url", "rtsp://camera:" + SECRET + "@127.0.0.1:" + camera.port() + "/" + KEY);
        String stream = JSON.readTree(
                        admin.send("POST", "/api/v1/live-streams", draft).body())
                .get("id")
                .asText();
        ZoneId zone = ZoneId.systemDefault();
        Page page = studio.signedIn("/studio/live/" + stream);
        page.getByLabel("Once").check();
        page.locator("#start").fill(LocalDate.now(zone).plusDays(2) + "T20:00");
        page.locator("#minutes").fill("30");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .click();
        eventually(page.locator("#live-now")).hasAttribute("data-state", "planned");
        eventually(page.locator("#live-now")).containsText("Next recording:");

        // The form knows no seconds.
        LocalDateTime soon = LocalDateTime.ofInstant(Instant.now().plusSeconds(4), zone);
        ObjectNode change = JSON.createObjectNode();
        change.putArray("schedules")
                .addObject()
                .put("kind", "once")
                .put("start", soon.toString())
                .put("minutes", 30);
        assertThat(admin.send("PATCH", "/api/v1/live-streams/" + stream, change).statusCode())
                .isEqualTo(200);
        eventually(page.locator("#live-now")).hasAttribute("data-state", "recording");
        Instant begun = Instant.parse(recording(stream).get("begun").asText());
        assertThat(begun).isAfterOrEqualTo(soon.atZone(zone).toInstant());
        assertThat(recording(stream).get("until").asText()).isNotEmpty();
        eventually(page.locator("#live-now")).containsText("Duration");
        hidesWhatOpensIt(page);

        String job = recording(stream).get("job").asText();
        admin.send("POST", "/api/v1/jobs/" + job + "/stop", null);
        eventually(page.locator("#live-now")).hasAttribute("data-state", "idle");
    }

    private static boolean stopped(String stream) {
        try {
            return recording(stream) == null;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode recording(String stream) throws Exception {
        JsonNode recording = JSON.readTree(
                        admin.get("/api/v1/live-streams/" + stream).body())
                .get("recording");
        return recording == null || recording.isNull() ? null : recording;
    }

    private static void play(Page page) {
        page.locator("regie-player")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play"))
                .first()
                .click();
        page.waitForFunction("() => document.querySelector('video').currentTime > 1");
        Object at = page.evaluate("() => document.querySelector('video').currentTime");
        page.waitForFunction("before => document.querySelector('video').currentTime > before", at);
    }

    private static void hidesWhatOpensIt(Page page) {
        assertThat(page.content()).doesNotContain(SECRET).doesNotContain(KEY);
    }

    /** Neither in what is answered, nor in a log, nor in any file, the database's included. */
    private static void liesNowhere(String stream, String job) throws Exception {
        for (String path : List.of(
                "/api/v1/live-streams",
                "/api/v1/live-streams/" + stream,
                "/api/v1/live-streams/" + stream + "/recordings",
                "/api/v1/jobs",
                "/api/v1/jobs/" + job)) {
            assertThat(admin.get(path).body()).as(path).doesNotContain(SECRET).doesNotContain(KEY);
        }
        assertThat(studio.server().log()).doesNotContain(SECRET).doesNotContain(KEY);
        Process grep = new ProcessBuilder(
                        "grep",
                        "-rlaF",
                        "-e",
                        SECRET,
                        "-e",
                        KEY,
                        studio.server().data().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String found = new String(grep.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(found).as("files with what opens the stream").isEmpty();
    }

    private static String lastPart(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
