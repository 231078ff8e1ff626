package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An uploaded file becomes a playing article, through the packaged application and its shipped plugins. */
class MainJobIT {

    private static RegieServer server;
    private static RegieClient admin;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = RegieServer.start();
        admin = RegieClient.admin(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void makesAVideoPlayableEverywhere() throws Exception {
        Path clip = Clips.clip()
                .size(960, 540)
                .seconds(14)
                .keyFrameEvery(50)
                .title("A film")
                .writeIn(folder, "film");
        JsonNode media = admin.awaitReady(admin.upload(clip, "public"));
        assertThat(media.get("title").asText()).isEqualTo("A film");
        assertThat(media.get("kind").asText()).isEqualTo("video");
        assertThat(media.get("playable").asBoolean()).isTrue();
        assertThat(media.get("failure").isNull()).isTrue();
        assertThat(media.get("durationSeconds").asDouble()).isBetween(13.9, 14.2);
        assertThat(StreamSupport.stream(media.get("renditions").spliterator(), false)
                        .filter(rendition -> rendition.get("kind").asText().equals("video"))
                        .map(rendition -> rendition.get("height").asInt()))
                .as("copied top, and nothing closer than 15 % below it")
                .containsExactly(540, 360, 240, 144);
        for (String field :
                Set.of("hlsUrl", "dashUrl", "downloadUrl", "posterUrl", "thumbnailUrl", "storyboardUrl", "watchUrl")) {
            assertThat(RegieClient.visitor(server)
                            .get(media.get(field).asText())
                            .statusCode())
                    .as(field)
                    .isEqualTo(200);
        }
        for (String address : admin.everyAddress(media)) {
            assertThat(RegieClient.visitor(server).bytes(address).statusCode())
                    .as(address)
                    .isEqualTo(address.contains("/original.") ? 404 : 200);
        }
    }

    /** Asked without a pause while segments and files move to their last place. */
    @Test
    void answersEarlyAddressesWithoutAGap() throws Exception {
        Path clip = Clips.clip().size(640, 360).seconds(60).keyFrameEvery(50).writeIn(folder, "early");
        String id = admin.upload(clip, "public");
        Set<String> early = new TreeSet<>();
        JsonNode media = admin.media(id);
        while (!media.get("state").asText().equals("ready")) {
            if (media.get("playable").asBoolean()) {
                admin.everyAddress(media).stream()
                        .filter(address -> address.contains("/early/"))
                        .forEach(early::add);
            }
            for (String address : early) {
                assertThat(admin.bytes(address).statusCode()).as(address).isEqualTo(200);
            }
            media = admin.media(id);
            assertThat(media.get("failure").isNull()).isTrue();
        }
        assertThat(early).isNotEmpty();
        for (String address : early) {
            assertThat(admin.bytes(address).statusCode()).as(address).isEqualTo(200);
        }
    }

    @Test
    void listsSegmentsThatCoverTheFileWithoutHoles() throws Exception {
        Path clip = Clips.clip().seconds(10).writeIn(folder, "segments");
        JsonNode media = admin.awaitReady(admin.upload(clip, "public"));
        for (String address : admin.everyAddress(media)) {
            if (!address.matches(".*/renditions/.*m3u8")) {
                continue;
            }
            String playlist = admin.get(address).body();
            assertThat(playlist).contains("#EXT-X-ENDLIST");
            long expected = -1;
            String file = null;
            for (String line : playlist.split("\n")) {
                if (line.startsWith("#EXT-X-MAP")) {
                    String[] range = line.replaceAll(".*BYTERANGE=\"|\".*", "").split("@");
                    expected = Long.parseLong(range[0]) + Long.parseLong(range[1]);
                } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
                    String[] range = line.substring(17).split("@");
                    assertThat(Long.parseLong(range[1])).as(address).isEqualTo(expected);
                    expected += Long.parseLong(range[0]);
                } else if (line.endsWith(".mp4")) {
                    file = line;
                }
            }
            HttpResponse<byte[]> last = admin.bytes(file, "Range", "bytes=" + (expected - 1) + "-");
            assertThat(last.statusCode()).isEqualTo(206);
        }
    }

    @Test
    void makesASoundFilePlayable() throws Exception {
        Path tone = Clips.audioOnly(folder, Container.MP3);
        JsonNode media = admin.awaitReady(admin.upload(tone, "public"));
        assertThat(media.get("kind").asText()).isEqualTo("audio");
        assertThat(media.get("title").asText()).isEqualTo("A tone");
        assertThat(media.get("posterUrl").isNull()).isFalse();
        assertThat(media.get("downloadUrl").asText()).endsWith(".m4a");
        assertThat(admin.get(media.get("hlsUrl").asText()).body()).contains("mp4a.40.2");
    }

    @Test
    void tellsInASentenceWhyAFileIsRefused() throws Exception {
        byte[] letter = Files.readAllBytes(Clips.notAVideo(folder));
        HttpResponse<String> answer = admin.patch(admin.create(letter.length, "film.mp4", "public"), 0, letter);
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        byte[] broken = Files.readAllBytes(Clips.withoutIndex(folder));
        HttpResponse<String> second = admin.patch(admin.create(broken.length, "film.mp4", "public"), 0, broken);
        assertThat(second.statusCode()).isEqualTo(422);
        try (var stored = Files.walk(server.data().resolve("uploads"))) {
            assertThat(stored.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void showsPrivateThingsToNobodyElse() throws Exception {
        RegieClient owner = admin.newAccount("owner@example.org", "author");
        RegieClient other = admin.newAccount("other@example.org", "author");
        Path clip = Clips.clip().seconds(8).writeIn(folder, "secret");
        JsonNode media = owner.awaitReady(owner.upload(clip, "private"));
        Set<String> addresses = owner.everyAddress(media);
        assertThat(addresses).hasSizeGreaterThan(8);
        for (String address : addresses) {
            assertThat(owner.bytes(address).statusCode()).as("owner " + address).isEqualTo(200);
            for (RegieClient stranger : new RegieClient[] {other, RegieClient.visitor(server)}) {
                assertThat(stranger.bytes(address).statusCode()).as(address).isEqualTo(404);
                assertThat(stranger.bytes(address, "Range", "bytes=0-10").statusCode())
                        .as(address)
                        .isEqualTo(404);
                assertThat(stranger.bytes(address, "If-None-Match", "*").statusCode())
                        .as(address)
                        .isEqualTo(404);
            }
        }
        assertThat(other.get("/api/v1/media").body())
                .doesNotContain(media.get("id").asText());
        assertThat(other.jobs(media.get("id").asText())).isEmpty();
    }

    @Test
    void keepsUnlistedArticlesBehindTheirId() throws Exception {
        Path clip = Clips.clip().audio(AudioCodec.NONE).writeIn(folder, "unlisted");
        JsonNode media = admin.awaitReady(admin.upload(clip, "unlisted"));
        RegieClient visitor = RegieClient.visitor(server);
        assertThat(media.get("watchUrl").asText()).contains(media.get("id").asText());
        assertThat(visitor.get(media.get("watchUrl").asText()).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/watch/" + media.get("slug").asText()).statusCode())
                .isEqualTo(404);
        assertThat(visitor.get("/api/v1/media").body())
                .doesNotContain(media.get("id").asText());
        assertThat(visitor.get("/").body()).doesNotContain(media.get("id").asText());
    }

    @Test
    void givesTheSpaceBackWhenAnArticleIsDeletedWhileItIsTranscoded() throws Exception {
        Path clip = Clips.clip()
                .size(1280, 720)
                .seconds(24)
                .container(Container.MKV)
                .openGroups()
                .writeIn(folder, "long");
        String id = admin.upload(clip, "public");
        admin.await(id, Duration.ofMinutes(1), media -> media.get("renditions").size() > 0);
        long started = System.nanoTime();
        assertThat(admin.send("DELETE", "/api/v1/media/" + id, null).statusCode())
                .isEqualTo(204);
        while (workers() > 0) {
            assertThat(System.nanoTime() - started)
                    .isLessThan(Duration.ofSeconds(4).toNanos());
            Thread.onSpinWait();
        }
        assertThat(admin.get("/api/v1/media/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void makesOneRungAgain() throws Exception {
        Path clip = Clips.clip().size(640, 480).seconds(6).writeIn(folder, "again");
        JsonNode media = admin.awaitReady(admin.upload(clip, "public"));
        String id = media.get("id").asText();
        String before = rendition(media, 240);
        JsonNode parameters = JsonNodeFactory.instance.objectNode().put("height", 240);
        HttpResponse<String> answer =
                admin.send("POST", "/api/v1/media/" + id + "/actions/transcoding.rung", parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        admin.await(id, Duration.ofMinutes(1), found -> !rendition(found, 240).equals(before));
        assertThat(admin.bytes("/media/" + id + "/renditions/" + before + ".mp4")
                        .statusCode())
                .as("whoever watches the old one goes on")
                .isEqualTo(200);
    }

    private static String rendition(JsonNode media, int height) {
        return StreamSupport.stream(media.get("renditions").spliterator(), false)
                .filter(rendition -> rendition.get("height").asInt() == height)
                .map(rendition -> rendition.get("id").asText())
                .findFirst()
                .orElse("");
    }

    private static long workers() {
        return server.process()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(child -> child.info().commandLine().orElse("").contains("io.regie.worker"))
                .count();
    }
}
