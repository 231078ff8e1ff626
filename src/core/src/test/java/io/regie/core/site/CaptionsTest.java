package io.regie.core.site;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.database.Sql;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Captions and chapters of articles, as whoever writes and whoever reads meets them. */
@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class CaptionsTest {

    private static final String SRT = "1\n00:00:01,000 --> 00:00:02,000\n<font color=red><script>Hi</script></font>\n\n"
            + "2\n00:00:03,000 --> 00:00:04,000\nAT&T\n";

    @Inject
    ArticleRows articles;

    @Inject
    Sql sql;

    private User author;
    private String path;
    private UUID id;

    @BeforeEach
    void add() {
        author = TestAccounts.create(Role.AUTHOR);
        id = articles.add(author.id(), "Film", "PUBLIC", "READY", true);
        path = "/api/v1/media/" + id;
    }

    @Test
    void writesWhatWasUploadedAnew() {
        Response made = upload("?language=fr-CA&kind=captions&default=true", SRT);
        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("track.language", equalTo("fr-CA"))
                .body("track.label", equalTo("Français (Canada)"))
                .body("track.default", equalTo(true))
                .body("track.cues", equalTo(2))
                .body("cues.text", contains("Hi", "AT&T"))
                .body("cues[0].start", equalTo(1.0f));

        String url = made.path("track.url");
        given().get(url)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/vtt"))
                .header("Cache-Control", "public, no-cache")
                .header("Content-Security-Policy", startsWith("sandbox"))
                .body(equalTo("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHi\n\n"
                        + "00:00:03.000 --> 00:00:04.000\nAT&amp;T\n"));
        given().get(path)
                .then()
                .body("captions", hasSize(1))
                .body("captions[0].url", equalTo(url))
                .body("captions[0].kind", equalTo("captions"));
        given().get("/api/v1/media?owner=" + author.id()).then().statusCode(200);
    }

    @Test
    void servesSegmentsForPlayersOfHls() {
        upload("", "00:00:59.000 --> 00:01:01.000\nAcross").then().statusCode(201);
        String track = given().get(path + "/captions").path("items[0].id");
        String base = "/media/" + id + "/captions/" + track;
        given().get(base + ".m3u8")
                .then()
                .statusCode(200)
                .contentType("application/vnd.apple.mpegurl")
                .body(containsString(base + "/1.vtt"));
        for (String segment : List.of("/0.vtt", "/1.vtt")) {
            given().get(base + segment)
                    .then()
                    .statusCode(200)
                    .body(startsWith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00:59.000"));
        }
        given().get(base + "/2.vtt").then().statusCode(404);
        given().get(base + "/00.vtt").then().statusCode(404);
        given().get(base + ".srt").then().statusCode(404);
    }

    @Test
    void playersOfDashFindWholeFiles() throws Exception {
        addRendition(id);
        String label = "\u0007<Sous-titres> & \"VF\"";
        String track = upload("?language=fr-CA&kind=captions&default=true", SRT).path("track.id");
        json(author)
                .body(Map.of("label", label))
                .patch(path + "/captions/" + track)
                .then()
                .statusCode(200);
        upload("?language=de&kind=subtitles", SRT).then().statusCode(201);
        upload("?language=en", "").then().statusCode(201);
        String mpd = given().get("/media/" + id + "/manifest.mpd")
                .then()
                .statusCode(200)
                .contentType(startsWith("application/dash+xml"))
                .extract()
                .asString();
        NodeList sets = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(mpd.getBytes(UTF_8)))
                .getElementsByTagName("AdaptationSet");
        List<Element> texts = IntStream.range(0, sets.getLength())
                .mapToObj(i -> (Element) sets.item(i))
                .filter(set -> set.getAttribute("contentType").equals("text"))
                .toList();
        assertThat(texts).extracting(set -> set.getAttribute("lang")).containsExactly("fr-CA", "de");
        assertThat(texts).extracting(set -> set.getAttribute("mimeType")).containsOnly("text/vtt");
        assertThat(texts.get(0).getElementsByTagName("Label").item(0).getTextContent())
                .isEqualTo("<Sous-titres> & \"VF\"");
        assertThat(roles(texts.get(0))).containsExactly("main", "caption");
        assertThat(roles(texts.get(1))).containsExactly("subtitle");
        for (Element set : texts) {
            Element representation =
                    (Element) set.getElementsByTagName("Representation").item(0);
            assertThat(Long.parseLong(representation.getAttribute("bandwidth"))).isPositive();
            given().get(set.getElementsByTagName("BaseURL").item(0).getTextContent())
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("text/vtt"))
                    .body(startsWith("WEBVTT"), containsString("AT&amp;T"));
        }
    }

    /** As RFC 8216 says, read without our writer. */
    @Test
    void playersOfHlsFindEveryGroupThatAVariantNames() {
        addRendition(id);
        upload("?language=fr&default=true", "00:00:59.000 --> 00:01:01.000\nAcross")
                .then()
                .statusCode(201);
        upload("?language=fr", SRT).then().statusCode(201);
        List<String> master =
                given().get("/media/" + id + "/master.m3u8").asString().lines().toList();
        assertThat(master.get(0)).isEqualTo("#EXTM3U");
        List<Map<String, String>> tracks = tags(master, "#EXT-X-MEDIA:").stream()
                .filter(tag -> tag.get("TYPE").equals("SUBTITLES"))
                .toList();
        assertThat(tracks).hasSize(2).extracting(tag -> tag.get("NAME")).doesNotHaveDuplicates();
        assertThat(tracks).extracting(tag -> tag.get("LANGUAGE")).containsOnly("fr");
        assertThat(tracks).extracting(tag -> tag.get("DEFAULT")).containsExactly("YES", "NO");
        List<Map<String, String>> variants = tags(master, "#EXT-X-STREAM-INF:");
        assertThat(variants)
                .isNotEmpty()
                .extracting(tag -> tag.get("SUBTITLES"))
                .allMatch(group ->
                        tracks.stream().allMatch(tag -> tag.get("GROUP-ID").equals(group)));
        for (Map<String, String> track : tracks) {
            List<String> list = given().get(track.get("URI")).asString().lines().toList();
            assertThat(list).startsWith("#EXTM3U").endsWith("#EXT-X-ENDLIST");
            double target = Double.parseDouble(value(list, "#EXT-X-TARGETDURATION:"));
            assertThat(list.stream().filter(line -> line.startsWith("#EXTINF:")))
                    .isNotEmpty()
                    .allMatch(line ->
                            Math.round(Double.parseDouble(line.substring(8).replace(",", ""))) <= target);
            for (String segment :
                    list.stream().filter(line -> !line.startsWith("#")).toList()) {
                given().get(segment)
                        .then()
                        .statusCode(200)
                        .contentType(startsWith("text/vtt"))
                        .body(startsWith("WEBVTT\nX-TIMESTAMP-MAP="));
            }
        }
    }

    @Test
    void editsOnTheRevisionThatOneSaw() {
        String track = upload("?default=true", SRT).path("track.id");
        String address = path + "/captions/" + track;
        Map<String, Object> cue = Map.of("start", 5, "end", 6.5, "text", "<b>New</b><img src=x>", "settings", "line:0");
        Map<String, Object> earlier = Map.of("start", 1, "end", 2, "text", "Earlier");
        json(author)
                .header("If-Match", "\"1\"")
                .body(Map.of("cues", List.of(cue, earlier)))
                .put(address + "/cues")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("cues.text", contains("Earlier", "<b>New</b>"))
                .body("cues.settings", contains("", "line:0"));
        json(author)
                .header("If-Match", "\"1\"")
                .body(Map.of("label", "Lost"))
                .patch(address)
                .then()
                .statusCode(412)
                .body("reason", equalTo("captions-changed-meanwhile"));
        json(author)
                .body(Map.of("label", " Director’s\u0000 words ", "language", "de"))
                .patch(address)
                .then()
                .statusCode(200)
                .body("track.label", equalTo("Director’s words"))
                .body("track.language", equalTo("de"));
        String second = upload("?language=fr&default=true", SRT).path("track.id");
        given().get(path + "/captions").then().body("items.default", contains(false, true));

        asked(author)
                .header("If-Match", "\"7\"")
                .delete(path + "/captions/" + second)
                .then()
                .statusCode(412);
        asked(author).delete(path + "/captions/" + second).then().statusCode(204);
        given().get(path + "/captions/" + second).then().statusCode(404);
        given().get("/media/" + id + "/captions/" + second + ".vtt").then().statusCode(404);
    }

    @Test
    void aFormWithoutScriptAddsATrack() {
        Browser browser = author.signIn();
        String next = form(browser, browser.csrf(), id, SRT.getBytes(UTF_8))
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        assertThat(next).contains("/studio/media/" + id + "/texts/captions/");
        given().get(path + "/captions")
                .then()
                .body("items", hasSize(1))
                .body("items[0].language", equalTo("fr"))
                .body("items[0].kind", equalTo("captions"))
                .body("items[0].default", equalTo(true))
                .body("items[0].cues", equalTo(2));
        form(browser, "forged", id, SRT.getBytes(UTF_8)).then().statusCode(403);
        form(browser, browser.csrf(), id, "Nothing".getBytes(UTF_8)).then().statusCode(422);
        form(browser, browser.csrf(), id, new byte[(1 << 20) + 1]).then().statusCode(413);
        UUID secret = articles.add(TestAccounts.create(Role.AUTHOR).id(), "Secret", "PRIVATE", "READY", true);
        form(browser, browser.csrf(), secret, SRT.getBytes(UTF_8)).then().statusCode(404);
        given().get(path + "/captions").then().body("items", hasSize(1));
    }

    private static Response form(Browser browser, String csrf, UUID article, byte[] file) {
        return browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .formParam("csrf", csrf)
                .multiPart("file", "film.srt", file, "application/x-subrip")
                .formParam("language", "fr")
                .formParam("kind", "captions")
                .formParam("default", "yes")
                .post("/studio/media/" + article + "/texts");
    }

    @Test
    void saysWhatIsWrong() {
        upload("", "[Script Info]\nTitle: x\n").then().statusCode(422).body("reason", equalTo("captions-substation"));
        upload("", "Nothing").then().statusCode(422).body("reason", equalTo("captions-unreadable"));
        upload("", "00:01.000 --> 00:02.000\n" + "x".repeat(10 << 20)).then().statusCode(413);
        upload("?language=xx-not-one", SRT).then().statusCode(400);
        upload("?kind=chapters", SRT).then().statusCode(400);
        String track = upload("", "")
                .then()
                .statusCode(201)
                .body("cues", hasSize(0))
                .extract()
                .path("track.id");
        List<Map<String, Object>> wrong = List.of(
                Map.of("start", 2, "end", 1, "text", "x"),
                Map.of("start", -1, "end", 1, "text", "x"),
                Map.of("start", 0, "end", 1e9, "text", "x"),
                Map.of("start", 0, "end", 1, "text", "<b> </b>"),
                Map.of("start", 0, "end", 1, "text", "x".repeat(2001)),
                Map.of("start", 0, "end", 1));
        for (Map<String, Object> cue : wrong) {
            json(author)
                    .body(Map.of("cues", List.of(cue)))
                    .put(path + "/captions/" + track + "/cues")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void emptyTracksAreNotOffered() {
        upload("?language=en", "").then().statusCode(201);
        upload("?language=fr", SRT).then().statusCode(201);
        given().header("Accept-Language", "en")
                .get("/watch/slug-" + id)
                .then()
                .statusCode(200)
                .body(containsString("srclang=\"fr\""))
                .body(not(containsString("srclang=\"en\"")));
    }

    @Test
    void keepsChaptersInTheirOrder() {
        given().get(path + "/chapters")
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("items", hasSize(0));
        given().get("/media/" + id + "/chapters/chapters.vtt").then().statusCode(404);
        chapters(author, "\"0\"", Map.of("start", 60, "title", "<b>Two</b>\n"), Map.of("start", 0, "title", "One"))
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("items.title", contains("One", "<b>Two</b>"));
        chapters(author, "\"0\"").then().statusCode(412);
        given().get("/media/" + id + "/chapters/chapters.vtt")
                .then()
                .contentType(startsWith("text/vtt"))
                .body(equalTo("WEBVTT\n\n00:00:00.000 --> 00:01:00.000\nOne\n\n"
                        + "00:01:00.000 --> 00:01:01.000\n&lt;b&gt;Two&lt;/b&gt;\n"));
        given().get("/media/" + id + "/chapters/chapters.json")
                .then()
                .contentType(startsWith("application/json"))
                .body("[1].'start-time'", equalTo(60.0f))
                .body("[1].titles[0].title", equalTo("<b>Two</b>"));
        given().get(path).then().body("chapters.start", contains(0.0f, 60.0f));
        chapters(author, null, Map.of("start", 1, "title", "A"), Map.of("start", 1.0004, "title", "B"))
                .then()
                .statusCode(400);
        chapters(author, null, Map.of("start", -1, "title", "A")).then().statusCode(400);
        chapters(author, null, Map.of("start", 1, "title", " ")).then().statusCode(400);
        chapters(author, null, Map.of("start", 1, "title", "x".repeat(101)))
                .then()
                .statusCode(400);
    }

    @Test
    void hidesWhatBelongsToAHiddenArticle() {
        UUID secret = articles.add(author.id(), "Secret", "PRIVATE", "READY", true);
        addRendition(secret);
        String address = "/api/v1/media/" + secret;
        String track = asked(author)
                .contentType("text/vtt")
                .body(SRT.getBytes(UTF_8))
                .post(address + "/captions")
                .path("track.id");
        json(author)
                .body(Map.of("items", List.of(Map.of("start", 0, "title", "Secret"))))
                .put(address + "/chapters")
                .then()
                .statusCode(200);
        User other = TestAccounts.create(Role.AUTHOR);
        String files = "/media/" + secret;
        for (String hidden : List.of(
                address + "/captions",
                address + "/captions/" + track,
                address + "/chapters",
                files + "/manifest.mpd",
                files + "/master.m3u8",
                files + "/captions/" + track + ".vtt",
                files + "/captions/" + track + ".m3u8",
                files + "/captions/" + track + "/0.vtt",
                files + "/chapters/chapters.vtt",
                files + "/chapters/chapters.json")) {
            given().get(hidden).then().statusCode(404);
            asked(other).get(hidden).then().statusCode(404);
            asked(author).get(hidden).then().statusCode(200);
        }
        asked(author).get(files + "/captions/" + track + ".vtt").then().header("Cache-Control", startsWith("private"));
        // Nor does another article lend its address.
        given().get("/media/" + id + "/captions/" + track + ".vtt").then().statusCode(404);
        given().get(path + "/captions/" + track).then().statusCode(404);
        asked(other).delete(path + "/captions/" + track).then().statusCode(403);
        asked(author).delete(path + "/captions/" + track).then().statusCode(404);
        assertThat(asked(author).get(address + "/captions").<List<?>>path("items"))
                .hasSize(1);
    }

    private void addRendition(UUID article) {
        sql.update(
                """
                insert into rendition (id, article, job, job_type, attempt, name, state, track, codecs, width, height,
                        frame_rate, channels, sample_rate, peak_bandwidth, average_bandwidth, init_offset, init_length,
                        storage_key, sha256, bytes, finished_at)
                values (?, ?, ?, 'test.ladder', 1, 'video-360', 'FINISHED', 'VIDEO', 'avc1.64001e', 640, 360,
                        25, 0, 0, 900000, 800000, 0, 800, 'none.mp4', 'x', 1, now())
                """,
                UUID.randomUUID(),
                article,
                UUID.randomUUID());
    }

    private static List<String> roles(Element set) {
        NodeList roles = set.getElementsByTagName("Role");
        return IntStream.range(0, roles.getLength())
                .mapToObj(i -> ((Element) roles.item(i)).getAttribute("value"))
                .toList();
    }

    private static List<Map<String, String>> tags(List<String> playlist, String tag) {
        Pattern attribute = Pattern.compile("([A-Z0-9-]+)=(?:\"([^\"]*)\"|([^\",]*))(?:,|$)");
        return playlist.stream()
                .filter(line -> line.startsWith(tag))
                .map(line -> attribute
                        .matcher(line.substring(tag.length()))
                        .results()
                        .collect(Collectors.toMap(
                                found -> found.group(1),
                                found -> found.group(2) == null ? found.group(3) : found.group(2))))
                .toList();
    }

    private static String value(List<String> playlist, String tag) {
        return playlist.stream()
                .filter(line -> line.startsWith(tag))
                .map(line -> line.substring(tag.length()))
                .findFirst()
                .orElseThrow();
    }

    private Response upload(String query, String file) {
        return asked(author)
                .contentType("application/x-subrip")
                .body(file.getBytes(UTF_8))
                .post(path + "/captions" + query);
    }

    @SafeVarargs
    private Response chapters(User who, String ifMatch, Map<String, Object>... items) {
        RequestSpecification asked = json(who).body(Map.of("items", List.of(items)));
        return (ifMatch == null ? asked : asked.header("If-Match", ifMatch)).put(path + "/chapters");
    }

    private static RequestSpecification json(User who) {
        return asked(who).contentType("application/json");
    }

    private static RequestSpecification asked(User who) {
        return given().header("Authorization", "Bearer " + who.token());
    }
}
