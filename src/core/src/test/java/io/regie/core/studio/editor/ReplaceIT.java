package io.regie.core.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.VideoCodec;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An article gets another file and stays the article that people know. */
class ReplaceIT {

    private static final ObjectMapper JSON = new ObjectMapper();

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
    void newFileTakesThePlaceOfTheOldOneOnceItPlays() throws Exception {
        String id = upload("first", 4);
        admin.send("PATCH", "/api/v1/media/" + id, JSON.createObjectNode().put("title", "Our film"));
        JsonNode before = admin.await(id, Duration.ofMinutes(2), article -> article.hasNonNull("downloadUrl"));
        String annex = admin.annex(id, Files.writeString(folder.resolve("score.txt"), "Adagio"));
        Path second = Clips.clip().size(320, 180).seconds(8).writeIn(folder, "second");

        Page page = studio.signedIn("/studio/media/" + id);
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        page.locator("regie-replace input[type=file]").setInputFiles(second);
        StudioBrowser.eventually(page.locator("regie-replace [role=status]")).containsText("arrived");
        StudioBrowser.eventually(page.locator("#work")).containsText("second");

        JsonNode after = admin.await(
                id,
                Duration.ofMinutes(2),
                article -> article.get("durationSeconds").asDouble() > 7);
        assertThat(after.get("state").asText()).isEqualTo("ready");
        assertThat(after.get("playable").asBoolean()).isTrue();
        assertThat(after.get("title").asText()).isEqualTo("Our film");
        assertThat(after.get("slug")).isEqualTo(before.get("slug"));
        assertThat(after.at("/annexes/0/id").asText()).isEqualTo(annex);
        assertThat(after.get("original").get("filename").asText()).startsWith("second");
        assertThat(renditions(after)).doesNotContainAnyElementsOf(renditions(before));
        // Whoever watches the old film goes on with it for a while.
        for (String old : renditions(before)) {
            assertThat(admin.bytes("/media/" + id + "/renditions/" + old + ".mp4")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(admin.bytes(before.get("original").get("url").asText()).statusCode())
                .isEqualTo(200);
        // What only adds follows.
        JsonNode whole = admin.await(
                id,
                Duration.ofMinutes(2),
                article -> article.hasNonNull("downloadUrl")
                        && article.hasNonNull("storyboardUrl")
                        && article.hasNonNull("posterUrl"));
        assertThat(whole.get("downloadUrl")).isNotEqualTo(before.get("downloadUrl"));
        assertThat(admin.get("/api/v1/media/" + id + "/replacement").statusCode())
                .isEqualTo(404);
        assertThat(titles()).doesNotContain("second");
    }

    @Test
    void fileOfAnotherKindIsRefusedAndTheOldOneStays() throws Exception {
        String id = upload("kept", 2);
        JsonNode before = admin.media(id);
        Page page = studio.signedIn("/studio/media/" + id);
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        page.locator("regie-replace input[type=file]")
                .setInputFiles(Clips.clip()
                        .container(Container.M4A)
                        .video(VideoCodec.NONE)
                        .seconds(2)
                        .writeIn(folder, "song"));
        Locator told = page.locator("#replacement");
        StudioBrowser.eventually(told).hasAttribute("data-state", "failed");
        StudioBrowser.eventually(told).containsText("A video can only be replaced by a video");
        assertThat(admin.media(id).get("renditions")).isEqualTo(before.get("renditions"));
        told.locator("button").click();
        StudioBrowser.eventually(told).hasCount(0);
        assertThat(admin.media(id).get("state").asText()).isEqualTo("ready");
    }

    @Test
    void onlyMakersReplaceAndOneAtATime() throws Exception {
        String id = upload("mine", 2);
        RegieClient other = admin.newAccount("replacer@example.org", "author");
        assertThat(other.beginReplacing(id, 10, "x.mp4").statusCode()).isEqualTo(403);
        admin.send("PATCH", "/api/v1/media/" + id, JSON.createObjectNode().put("visibility", "private"));
        assertThat(other.beginReplacing(id, 10, "x.mp4").statusCode()).isEqualTo(404);
        assertThat(admin.beginReplacing("not-an-id", 10, "x.mp4").statusCode()).isEqualTo(400);

        // Two may begin; the second to arrive is told.
        Path clip = Clips.clip().size(320, 180).seconds(8).writeIn(folder, "both");
        byte[] bytes = Files.readAllBytes(clip);
        URI one = location(admin.beginReplacing(id, bytes.length, "one.mp4"));
        URI two = location(admin.beginReplacing(id, bytes.length, "two.mp4"));
        assertThat(admin.patch(one, 0, bytes).statusCode()).isEqualTo(204);
        int second = admin.patch(two, 0, bytes).statusCode();
        // By then the first may play already.
        assertThat(second).isIn(204, 409);
        admin.await(
                id,
                Duration.ofMinutes(2),
                article -> article.get("durationSeconds").asDouble() > 7);
    }

    /** Nothing of a file is left that was to replace one of an article that is gone. */
    @Test
    void goesWithItsArticle() throws Exception {
        String id = upload("gone", 2);
        Path clip = Clips.clip().size(640, 360).seconds(20).writeIn(folder, "long");
        byte[] bytes = Files.readAllBytes(clip);
        URI upload = location(admin.beginReplacing(id, bytes.length, "long.mp4"));
        HttpResponse<String> sent = admin.patch(upload, 0, bytes);
        assertThat(sent.headers().firstValue("Regie-Article")).hasValue(id);
        admin.send("DELETE", "/api/v1/media/" + id, null);
        assertThat(admin.get("/api/v1/media/" + id).statusCode()).isEqualTo(404);
        assertThat(titles()).doesNotContain("gone");
    }

    private static URI location(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return studio.server()
                .uri("/")
                .resolve(created.headers().firstValue("Location").orElseThrow());
    }

    private static String upload(String name, int seconds) throws Exception {
        String id = admin.upload(Clips.clip().size(320, 180).seconds(seconds).writeIn(folder, name), "public");
        admin.awaitReady(id);
        return id;
    }

    private static Set<String> renditions(JsonNode article) {
        Set<String> ids = new TreeSet<>();
        article.get("renditions")
                .forEach(rendition -> ids.add(rendition.get("id").asText()));
        return ids;
    }

    private static Set<String> titles() throws Exception {
        Set<String> titles = new TreeSet<>();
        JSON.readTree(admin.get("/api/v1/media?limit=100").body())
                .get("items")
                .forEach(article -> titles.add(article.get("title").asText()));
        return titles;
    }
}
