package io.regie.core.news;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.testkit.Images;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class NewsTest {

    private static final String API = "/api/v1/news";

    @Inject
    TestClock clock;

    @TempDir
    Path folder;

    private final List<String> written = new ArrayList<>();
    private Browser editor;

    @BeforeEach
    void signIn() {
        editor = TestAccounts.create(Role.EDITOR).signIn();
    }

    /** Other tests look at the home page too. */
    @AfterEach
    void delete() {
        written.forEach(id -> editor.asked().delete(API + "/" + id));
    }

    @Test
    void futureDateHidesAPostUntilThen() throws IOException {
        String title = "Opening " + UUID.randomUUID();
        Instant opening = clock.instant().plus(Duration.ofMinutes(20));
        Response made = write(Map.of("title", title, "publishedAt", opening.toString()));
        made.then().body("publication", equalTo("scheduled"));
        String post = API + "/" + made.path("id");
        String page = made.path("url");
        String picture = illustrate(made.path("id"), Images.png(folder.resolve("a.png"), 64, 36))
                .path("pictures[0].url");

        given().get(post).then().statusCode(404);
        given().get(API + "?limit=100").then().body("items.title", not(hasItem(title)));
        asked().get(page).then().statusCode(404);
        given().get(picture).then().statusCode(404);
        assertThat(home()).doesNotContain(title);
        TestAccounts.create(Role.AUTHOR).asked().get(post).then().statusCode(404);
        editor.asked().get(post).then().statusCode(200);
        Response preview = editor.askedWithoutToken().get(page);
        assertThat(preview.header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(preview.asString()).contains("noindex").contains("Scheduled");
        assertThat(editor.askedWithoutToken().get(picture).header("Cache-Control"))
                .startsWith("private");

        clock.advance(Duration.ofMinutes(21));

        given().get(post).then().statusCode(200).body("publication", equalTo("published"));
        given().get(API + "?limit=100").then().body("items.title", hasItem(title));
        assertThat(asked().get(page).asString()).contains(title).contains("rel=\"canonical\"");
        assertThat(given().get(picture).header("Cache-Control")).contains("immutable");
        assertThat(home()).contains(title);
    }

    @Test
    void homeShowsEditorialsAboveNewsAndBothBelowTheMedia() {
        String mark = UUID.randomUUID().toString();
        write(Map.of("title", "News " + mark, "publishedAt", "now"));
        write(Map.of("title", "Editorial " + mark, "publishedAt", "now", "kind", "editorial"));
        write(Map.of("title", "Draft " + mark));
        String home = home();
        assertThat(home).doesNotContain("Draft " + mark);
        assertThat(home.indexOf("<h1")).isLessThan(home.indexOf("Editorial " + mark));
        assertThat(home.indexOf("Editorial " + mark)).isPositive().isLessThan(home.indexOf("News " + mark));
        assertThat(home.indexOf("News " + mark)).isLessThan(home.indexOf("<footer"));
        assertThat(asked().get("/news").asString()).contains("News " + mark).contains("Editorial " + mark);
    }

    @Test
    void onlyEditorsWrite() {
        Response made = write(Map.of("title", "Ours " + UUID.randomUUID(), "publishedAt", "now"));
        String post = API + "/" + made.path("id");
        given().contentType(ContentType.JSON)
                .body(Map.of("title", "x"))
                .post(API)
                .then()
                .statusCode(401);
        for (Role role : List.of(Role.CONTRIBUTOR, Role.AUTHOR)) {
            Browser other = TestAccounts.create(role).signIn();
            RequestSpecification json = other.asked().contentType(ContentType.JSON);
            json.body(Map.of("title", "x"))
                    .post(API)
                    .then()
                    .statusCode(403)
                    .body("reason", equalTo("news-not-allowed"));
            json.body(Map.of("title", "x")).patch(post).then().statusCode(403);
            other.asked().delete(post).then().statusCode(403);
            other.asked()
                    .contentType("image/png")
                    .body(new byte[] {1})
                    .put(post + "/picture")
                    .then()
                    .statusCode(403);
            other.askedWithoutToken().get("/studio/news").then().statusCode(404);
            other.askedWithoutToken().get("/studio/news/new").then().statusCode(404);
            assertThat(other.askedWithoutToken().get("/studio").asString()).doesNotContain("/studio/news");
        }
        given().get(post).then().body("title", equalTo(made.path("title")));
    }

    @Test
    void hostileTextsStayText() {
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        String hostile = mark + "\"><svg onload=alert(1)></title><script>x</script>{site.name}";
        Map<String, Object> text = Map.of(
                "type",
                "doc",
                "content",
                List.of(Map.of("type", "paragraph", "content", List.of(Map.of("type", "text", "text", hostile)))));
        Response made = write(Map.of("title", hostile, "text", text, "publishedAt", "now"));
        assertThat(home()).contains(mark);
        for (String page : List.of("/", "/news", made.<String>path("url"))) {
            assertThat(asked().get(page).then().statusCode(200).extract().asString())
                    .contains("&lt;svg onload=alert(1)&gt;")
                    .contains("{site.name}")
                    .doesNotContain("<svg onload")
                    .doesNotContain("<script>x");
        }
        for (String page : List.of("/studio/news", "/studio/news/" + made.path("id"))) {
            assertThat(editor.askedWithoutToken().get(page).asString())
                    .contains(mark)
                    .doesNotContain("<svg onload")
                    .doesNotContain("<script>x");
        }
        Map<String, Object> link = Map.of(
                "type",
                "doc",
                "content",
                List.of(Map.of(
                        "type",
                        "paragraph",
                        "content",
                        List.of(Map.of(
                                "type",
                                "text",
                                "text",
                                "x",
                                "marks",
                                List.of(Map.of("type", "link", "attrs", Map.of("href", "javascript:1"))))))));
        send(Map.of("title", "x", "text", link)).then().statusCode(400).body("reason", equalTo("richtext.link"));
    }

    @Test
    void refusesWhatSomebodyElseChangedMeanwhile() {
        Response made = write(Map.of("title", "First " + UUID.randomUUID()));
        String post = API + "/" + made.path("id");
        RequestSpecification json = editor.asked().contentType(ContentType.JSON);
        json.header("If-Match", made.header("ETag"))
                .body(Map.of("title", "Second"))
                .patch(post)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        editor.asked()
                .contentType(ContentType.JSON)
                .header("If-Match", made.header("ETag"))
                .body(Map.of("title", "Third"))
                .patch(post)
                .then()
                .statusCode(412);
        editor.asked()
                .header("If-Match", made.header("ETag"))
                .delete(post)
                .then()
                .statusCode(412);
        editor.asked().get(post).then().body("title", equalTo("Second"));
    }

    @Test
    void addressIsMadeOfTheTitleAndFormerOnesLeadOn() {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Response made = write(Map.of("title", "L’été à Noël " + mark, "publishedAt", "now"));
        made.then().body("slug", equalTo("l-ete-a-noel-" + mark));
        Response twin = write(Map.of("title", "L’été à Noël " + mark));
        assertThat(twin.<String>path("slug")).startsWith("l-ete-a-noel-" + mark + "-");
        RequestSpecification json = editor.asked().contentType(ContentType.JSON);
        json.body(Map.of("slug", "summer-" + mark))
                .patch(API + "/" + made.path("id"))
                .then()
                .statusCode(200);
        asked().redirects()
                .follow(false)
                .get(made.<String>path("url"))
                .then()
                .statusCode(308)
                .header("Location", org.hamcrest.Matchers.endsWith("/news/summer-" + mark));
        json.body(Map.of("slug", made.<String>path("slug")))
                .patch(API + "/" + twin.path("id"))
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("slug"));
        json.body(Map.of("slug", "../up"))
                .patch(API + "/" + twin.path("id"))
                .then()
                .statusCode(400);
        json.body(Map.of("publishedAt", "yesterday"))
                .patch(API + "/" + twin.path("id"))
                .then()
                .statusCode(400);
        send(Map.of("title", " \u202e ")).then().statusCode(400);
        send(Map.of("kind", "editorial")).then().statusCode(400);
        send(Map.of("title", "x", "kind", "rumour")).then().statusCode(400);
    }

    @Test
    void illustrationIsDrawnAgainInSizes() throws IOException {
        Path gif = Images.gif(folder.resolve("a.gif"), 1000, 500);
        Files.writeString(gif, "/*<script>alert(1)</script>*/", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        Response made = write(Map.of("title", "Picture " + UUID.randomUUID(), "publishedAt", "now"));
        List<String> urls = illustrate(made.path("id"), gif)
                .then()
                .statusCode(200)
                .body("pictures.width", equalTo(List.of(1000, 800, 400)))
                .extract()
                .path("pictures.url");
        for (String url : urls) {
            Response picture = given().get(url);
            assertThat(picture.contentType()).isEqualTo("image/webp");
            assertThat(new String(picture.asByteArray(), StandardCharsets.ISO_8859_1))
                    .startsWith("RIFF")
                    .doesNotContain("script");
        }
        String page = asked().get(made.<String>path("url")).asString();
        assertThat(page).contains(urls.get(2) + " 400w").contains("width=\"1000\" height=\"500\"");
        for (String wrong : List.of("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "%PDF-1.7", "")) {
            Files.writeString(gif, wrong);
            illustrate(made.path("id"), gif).then().statusCode(415);
        }
        editor.asked()
                .delete(API + "/" + made.path("id") + "/picture")
                .then()
                .statusCode(200)
                .body("pictures", hasSize(0));
        given().get(urls.get(0)).then().statusCode(404);
    }

    @Test
    void listsInParts() {
        for (int i = 0; i < 3; i++) {
            write(Map.of("title", "Part " + i + " " + UUID.randomUUID(), "publishedAt", "now"));
        }
        write(Map.of("title", "Draft " + UUID.randomUUID()));
        List<String> all = editor.asked().get(API + "?limit=100").path("items.id");
        List<String> parts = new ArrayList<>();
        String cursor = null;
        do {
            Response part = editor.asked().get(API + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            parts.addAll(part.path("items.id"));
            cursor = part.path("nextCursor");
        } while (cursor != null);
        assertThat(parts).isEqualTo(all).hasSizeGreaterThanOrEqualTo(4);
        given().get(API + "?cursor=nonsense").then().statusCode(400);
    }

    @Test
    void formWorksWithoutScript() throws IOException {
        String title = "By hand " + UUID.randomUUID();
        Response saved = post("/studio/news/new", form(title, "now", ""));
        saved.then().statusCode(303);
        String address =
                saved.header("Location").replaceFirst("^https?://[^/]+", "").replaceFirst("\\?.*", "");
        written.add(address.substring(address.lastIndexOf('/') + 1));
        assertThat(editor.askedWithoutToken().get(address).asString())
                .contains("value=\"" + title + "\"")
                .contains("href=\"/studio/news\" aria-current=\"page\"");
        assertThat(asked().get("/news").asString()).contains(title);

        Map<String, String> refused = form(title, "at", "tomorrow");
        refused.put("revision", "1");
        Response page = post(address, refused);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.asString()).contains("id=\"date-error\"").contains("First paragraph.");

        Map<String, String> late = form(title + " again", "draft", "");
        late.put("revision", "0");
        Response conflict = post(address, late);
        assertThat(conflict.statusCode()).isEqualTo(412);
        assertThat(conflict.asString())
                .contains(title + " again")
                .contains("Saved by somebody else meanwhile")
                .contains("name=\"revision\" value=\"1\"");

        String id = address.substring(address.lastIndexOf('/') + 1);
        editor.askedWithoutToken()
                .redirects()
                .follow(false)
                .formParam("csrf", editor.csrf())
                .multiPart("file", Images.png(folder.resolve("p.png"), 600, 300).toFile(), "image/png")
                .post(address + "/picture")
                .then()
                .statusCode(303);
        given().get(API + "/" + id).then().body("pictures", not(hasSize(0)));
        post(address + "/picture/remove", Map.of("csrf", editor.csrf())).then().statusCode(303);
        given().get(API + "/" + id).then().body("pictures", hasSize(0));

        post(address + "/delete", Map.of("csrf", editor.csrf())).then().statusCode(303);
        editor.asked()
                .get(API + address.substring(address.lastIndexOf('/')))
                .then()
                .statusCode(404);
    }

    private Map<String, String> form(String title, String publication, String publishedAt) {
        return new HashMap<>(Map.of(
                "csrf",
                editor.csrf(),
                "kind",
                "news-post",
                "title",
                title,
                "text",
                "First paragraph.\n\nSecond one.",
                "publication",
                publication,
                "publishedAt",
                publishedAt));
    }

    private Response post(String address, Map<String, String> fields) {
        return editor.askedWithoutToken()
                .redirects()
                .follow(false)
                .header("Accept-Language", "en")
                .accept("text/html")
                .contentType(ContentType.URLENC)
                .formParams(fields)
                .post(address);
    }

    private Response send(Map<String, ?> draft) {
        return editor.asked().contentType(ContentType.JSON).body(draft).post(API);
    }

    private Response write(Map<String, ?> draft) {
        Response made = send(draft);
        made.then().statusCode(201).header("ETag", equalTo("\"1\"")).body("id", notNullValue());
        written.add(made.path("id"));
        return made;
    }

    private Response illustrate(String id, Path image) throws IOException {
        return editor.asked()
                .contentType("image/png")
                .body(Files.readAllBytes(image))
                .put(API + "/" + id + "/picture");
    }

    /** As it is once what was kept for a second is old. */
    private String home() {
        clock.advance(Duration.ofSeconds(2));
        return asked().get("/").then().statusCode(200).extract().asString();
    }

    private static RequestSpecification asked() {
        return given().accept("text/html").header("Accept-Language", "en");
    }
}
