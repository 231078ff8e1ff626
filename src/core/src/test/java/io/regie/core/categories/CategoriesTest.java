package io.regie.core.categories;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.pictures.Picture;
import io.regie.core.site.ArticleRows;
import io.regie.core.storage.Storage;
import io.regie.testkit.Images;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class CategoriesTest {

    private static final String API = "/api/v1/categories";
    private static final String MEDIA = "/api/v1/media";

    @Inject
    TestClock clock;

    @Inject
    Categories categories;

    @Inject
    Storage storage;

    @Inject
    ArticleRows articles;

    @TempDir
    Path folder;

    private final List<String> made = new ArrayList<>();
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private User author;
    private Browser editor;

    @BeforeEach
    void signIn() {
        author = TestAccounts.create(Role.AUTHOR);
        editor = TestAccounts.create(Role.EDITOR).signIn();
    }

    /** Other tests look at the site too. */
    @AfterEach
    void delete() {
        made.forEach(id -> editor.asked().delete(API + "/" + id));
    }

    @Test
    void standInEachOtherInTheirOrder() {
        String coast = add("Coast", null);
        String harbour = add("Harbour", coast);
        String beach = add("Beach", coast);
        String pier = add("Pier", harbour);
        assertThat(inOrder()).containsExactly(coast, harbour, pier, beach);
        editor.asked().get(API + "/" + pier).then().body("level", equalTo(3)).body("parent", equalTo(harbour));

        move(beach, Map.of("parent", coast, "position", 0)).then().statusCode(200);
        assertThat(inOrder()).containsExactly(coast, beach, harbour, pier);
        move(harbour, Map.of()).then().statusCode(200).body("parent", nullValue());
        assertThat(inOrder()).containsExactly(coast, beach, harbour, pier);
        shift(harbour, "up").then().statusCode(303);
        assertThat(inOrder()).containsExactly(harbour, pier, coast, beach);
    }

    @Test
    void nothingGoesBelowItselfOrTooDeep() {
        String top = add("Top", null);
        String middle = add("Middle", top);
        String bottom = add("Bottom", middle);
        for (String parent : List.of(top, middle, bottom)) {
            move(top, Map.of("parent", parent))
                    .then()
                    .statusCode(400)
                    .body("fields[0].field", equalTo("parent"))
                    .body("fields[0].detail", containsString("cannot be the category itself or one below it"));
        }
        move(top, Map.of("parent", UUID.randomUUID().toString())).then().statusCode(400);
        move(top, Map.of("parent", "up")).then().statusCode(400);
        String deep = bottom;
        for (int level = 4; level <= CategoryService.DEEPEST; level++) {
            deep = add("Level " + level, deep);
        }
        send(Map.of("name", "Too deep", "parent", deep)).then().statusCode(400);
        String pair = add("Pair", null);
        add("Below", pair);
        String seventh = editor.asked().get(API + "/" + deep).path("parent");
        move(pair, Map.of("parent", seventh)).then().statusCode(400);
        editor.asked().get(API + "/" + pair).then().body("parent", nullValue());
    }

    @Test
    void twoWhoMoveAtOnceCloseNoCircle() {
        for (int round = 0; round < 4; round++) {
            String one = add("One " + round, null);
            String other = add("Other " + round, null);
            CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> move(one, Map.of("parent", other)));
            CompletableFuture<Response> second =
                    CompletableFuture.supplyAsync(() -> move(other, Map.of("parent", one)));
            assertThat(List.of(first.join().statusCode(), second.join().statusCode()))
                    .containsExactlyInAnyOrder(200, 400);
            assertThat(inOrder()).contains(one, other);
        }
    }

    @Test
    void deletingMovesWhatIsBelowUpAndKeepsTheMedia() throws IOException {
        String coast = add("Coast", null);
        String harbour = add("Harbour", coast);
        String beach = add("Beach", coast);
        String pier = add("Pier", harbour);
        String quay = add("Quay", harbour);
        UUID film = article("Film", "PUBLIC");
        put(film, harbour, beach).then().statusCode(200);
        logo(harbour).then().statusCode(200).body("pictures.width", equalTo(List.of(640, 400, 160)));
        List<Picture> pictures =
                categories.find(UUID.fromString(harbour)).orElseThrow().pictures();
        assertThat(pictures).hasSize(3).allMatch(picture -> storage.exists(picture.key()));
        String url = editor.asked().get(API + "/" + harbour).path("pictures[0].url");
        assertThat(given().get(url).header("Cache-Control")).contains("immutable");

        editor.asked().delete(API + "/" + harbour).then().statusCode(204);

        assertThat(inOrder()).containsExactly(coast, pier, quay, beach);
        assertThat(pictures).noneMatch(picture -> storage.exists(picture.key()));
        given().get(url).then().statusCode(404);
        given().get(MEDIA + "/" + film).then().statusCode(200).body("categories.id", contains(beach));
    }

    @Test
    void countsAndListsOnlyWhatTheAskingPersonMaySee() {
        String coast = add("Coast", null);
        String harbour = add("Harbour", coast);
        UUID shown = article("Shown", "PUBLIC");
        UUID both = article("Both", "PUBLIC");
        UUID hidden = article("Hidden", "PRIVATE");
        UUID draft = article("Draft", "PUBLIC");
        author.asked()
                .contentType(ContentType.JSON)
                .body("{\"publishedAt\":null}")
                .patch(MEDIA + "/" + draft)
                .then()
                .statusCode(200);
        put(shown, harbour).then().statusCode(200);
        put(both, harbour, coast).then().statusCode(200);
        put(hidden, harbour).then().statusCode(200);
        put(draft, coast).then().statusCode(200);

        assertThat(counted(given(), coast)).isEqualTo(2);
        assertThat(counted(given(), harbour)).isEqualTo(2);
        assertThat(counted(TestAccounts.create(Role.AUTHOR).asked(), coast)).isEqualTo(2);
        assertThat(counted(author.asked(), coast)).isEqualTo(4);
        assertThat(counted(editor.asked(), harbour)).isEqualTo(3);
        given().get(MEDIA + "?category=" + coast)
                .then()
                .body("items.id", containsInAnyOrder(shown.toString(), both.toString()));
        given().get(MEDIA + "?category=" + harbour + "&total=true").then().body("total.count", equalTo(2));
        editor.asked().get(MEDIA + "?category=" + coast).then().body("items", hasSize(4));
        given().get(MEDIA + "?category=" + UUID.randomUUID()).then().body("items", hasSize(0));
        given().get(MEDIA + "?category=coast").then().statusCode(400);
        String library = editor.askedWithoutToken()
                .header("Accept-Language", "en")
                .get("/studio/library?category=" + harbour)
                .asString();
        assertThat(library).contains("Hidden " + mark).doesNotContain("Draft " + mark);

        clock.advance(Duration.ofSeconds(2));
        String tree = page("/categories");
        assertThat(tree).contains("Coast " + mark).contains("Harbour " + mark).contains("2 items");
        for (RequestSpecification who :
                List.of(asked(), editor.askedWithoutToken().header("Accept-Language", "en"))) {
            String page = who.get("/category/coast-" + mark).asString();
            assertThat(page)
                    .contains("Shown " + mark)
                    .contains("Both " + mark)
                    .contains("/category/harbour-" + mark)
                    .doesNotContain("Hidden " + mark)
                    .doesNotContain("Draft " + mark);
        }
        assertThat(page("/")).contains("href=\"/categories\"");
        assertThat(page("/category/harbour-" + mark)).contains("<a href=\"/category/coast-" + mark + "\">");
        assertThat(page(given().get(MEDIA + "/" + shown).path("watchUrl")))
                .contains("<a href=\"/category/coast-" + mark + "\">Coast " + mark + "</a>")
                .contains("<a href=\"/category/harbour-" + mark + "\">Harbour " + mark + "</a>");
    }

    @Test
    void articlesAreInSeveralOrNone() {
        String coast = add("Coast", null);
        String inland = add("Inland", null);
        UUID film = article("Film", "PUBLIC");
        put(film, inland, coast).then().statusCode(200).body("categories.id", contains(coast, inland));
        given().get(MEDIA + "?q=" + mark).then().body("items[0].categories.name", hasItem("Inland " + mark));
        put(film, UUID.randomUUID().toString()).then().statusCode(400).body("fields[0].field", equalTo("categories"));
        given().get(MEDIA + "/" + film).then().body("categories.id", contains(coast, inland));
        put(film).then().statusCode(200).body("categories", hasSize(0));

        bulk(film, "addCategories", coast).then().body("done", equalTo(1));
        bulk(film, "addCategories", inland).then().body("done", equalTo(1));
        given().get(MEDIA + "/" + film).then().body("categories.id", contains(coast, inland));
        bulk(film, "removeCategories", coast).then().body("done", equalTo(1));
        bulk(film, "addCategories", UUID.randomUUID().toString()).then().body("done", equalTo(0));
        given().get(MEDIA + "/" + film).then().body("categories.id", contains(inland));
        put(film).then().statusCode(200);

        // As a browser that runs no script sends the editor's form.
        Browser browser = author.signIn();
        String address = "/studio/media/" + film;
        assertThat(browser.askedWithoutToken().get(address).asString())
                .contains("name=\"categories\" value=\"" + coast + "\"><span>Coast " + mark);
        browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .formParam("title", "Film " + mark)
                .formParam("slug", "film-" + mark)
                .formParam("visibility", "public")
                .formParam("publication", "published")
                .formParam("language", "en")
                .formParam("categories", coast, inland)
                .post(address)
                .then()
                .statusCode(303);
        given().get(MEDIA + "/" + film).then().body("categories.id", contains(coast, inland));
    }

    @Test
    void onlyEditorsChangeThem() throws IOException {
        String coast = add("Coast", null);
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "x"))
                .post(API)
                .then()
                .statusCode(401);
        Browser other = author.signIn();
        other.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "x"))
                .post(API)
                .then()
                .statusCode(403)
                .body("reason", equalTo("category-not-allowed"));
        other.asked().delete(API + "/" + coast).then().statusCode(403);
        other.asked()
                .contentType("image/png")
                .body(new byte[] {1})
                .put(API + "/" + coast + "/logo")
                .then()
                .statusCode(403);
        other.askedWithoutToken().get("/studio/categories").then().statusCode(404);
        assertThat(other.askedWithoutToken().get("/studio").asString()).doesNotContain("/studio/categories");
        logo(coast).then().statusCode(200);
        editor.asked().delete(API + "/" + coast + "/logo").then().body("pictures", hasSize(0));
    }

    @Test
    void hostileTextsStayText() {
        String hostile = mark + "\"><svg onload=alert(1)></title><script>x</script>{site.name}";
        Response category = send(Map.of("name", hostile, "text", paragraph(Map.of("type", "text", "text", hostile))));
        keep(category);
        UUID film = article("Film", "PUBLIC");
        put(film, category.<String>path("id")).then().statusCode(200);
        clock.advance(Duration.ofSeconds(2));
        String watch = given().get(MEDIA + "/" + film).path("watchUrl");
        for (String address : List.of("/categories", category.<String>path("url"), watch)) {
            assertThat(page(address))
                    .contains(mark + "&quot;&gt;&lt;svg onload=alert(1)&gt;")
                    .contains("{site.name}")
                    .doesNotContain("<svg onload")
                    .doesNotContain("<script>x");
        }
        for (String address :
                List.of("/studio/categories", "/studio/categories/" + category.path("id"), "/studio/media/" + film)) {
            assertThat(editor.askedWithoutToken().get(address).asString())
                    .contains(mark)
                    .doesNotContain("<svg onload")
                    .doesNotContain("<script>x");
        }
        Map<String, Object> link = Map.of(
                "type",
                "text",
                "text",
                "x",
                "marks",
                List.of(Map.of("type", "link", "attrs", Map.of("href", "javascript:1"))));
        send(Map.of("name", "x", "text", paragraph(link)))
                .then()
                .statusCode(400)
                .body("reason", equalTo("richtext.link"));
        send(Map.of("name", " \u202e ")).then().statusCode(400);
    }

    @Test
    void addressIsMadeOfTheNameAndFormerOnesLeadOn() {
        Response coast = send(Map.of("name", "L’été à la côte " + mark));
        keep(coast);
        coast.then().body("slug", equalTo("l-ete-a-la-cote-" + mark));
        Response twin = send(Map.of("name", "L’été à la côte " + mark));
        keep(twin);
        edit(coast.path("id"), null, Map.of("slug", "shore-" + mark)).then().statusCode(200);
        asked().redirects()
                .follow(false)
                .get(coast.<String>path("url"))
                .then()
                .statusCode(308)
                .header("Location", endsWith("/category/shore-" + mark));
        edit(twin.path("id"), null, Map.of("slug", coast.path("slug")))
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("slug"));
        edit(twin.path("id"), null, Map.of("slug", "../up")).then().statusCode(400);
        asked().get("/category/nowhere-" + mark).then().statusCode(404);
    }

    @Test
    void refusesWhatSomebodyElseChangedMeanwhile() {
        Response coast = send(Map.of("name", "Coast " + mark));
        keep(coast);
        String id = coast.path("id");
        edit(id, coast.header("ETag"), Map.of("name", "Second"))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        edit(id, coast.header("ETag"), Map.of("name", "Third")).then().statusCode(412);
        editor.asked()
                .header("If-Match", coast.header("ETag"))
                .delete(API + "/" + id)
                .then()
                .statusCode(412);
        Map<String, String> late = form("Late");
        late.put("revision", "1");
        Response conflict = post("/studio/categories/" + id, late);
        assertThat(conflict.statusCode()).isEqualTo(412);
        assertThat(conflict.asString())
                .contains("value=\"Late\"")
                .contains("Saved by somebody else meanwhile")
                .contains("name=\"revision\" value=\"2\"");
        editor.asked().get(API + "/" + id).then().body("name", equalTo("Second"));
    }

    @Test
    void formsWorkWithoutScript() throws IOException {
        Response saved = post("/studio/categories/new", form("By hand " + mark));
        saved.then().statusCode(303);
        String address =
                saved.header("Location").replaceFirst("^https?://[^/]+", "").replaceFirst("\\?.*", "");
        String id = address.substring(address.lastIndexOf('/') + 1);
        made.add(id);
        String below = add("Below", id);
        Map<String, String> circle = form("By hand " + mark);
        circle.put("parent", below);
        Response refused = post(address, circle);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("id=\"parent-error\"").contains("First paragraph.");
        assertThat(editor.askedWithoutToken().get("/studio/categories").asString())
                .contains("id=\"category-" + below + "\" data-level=\"2\"");
        editor.askedWithoutToken()
                .redirects()
                .follow(false)
                .formParam("csrf", editor.csrf())
                .multiPart("file", Images.png(folder.resolve("p.png"), 300, 300).toFile(), "image/png")
                .post(address + "/logo")
                .then()
                .statusCode(303);
        given().get(API + "/" + id).then().body("pictures", not(hasSize(0)));
        post(address + "/logo/remove", Map.of("csrf", editor.csrf())).then().statusCode(303);
        given().get(API + "/" + id).then().body("pictures", hasSize(0));

        post(address + "/delete", Map.of("csrf", editor.csrf())).then().statusCode(303);
        editor.asked().get(API + "/" + id).then().statusCode(404);
        given().get(API).then().body("items.id", not(hasItem(id))).body("items.id", hasItem(below));
    }

    private static Map<String, Object> paragraph(Map<String, Object> text) {
        return Map.of("type", "doc", "content", List.of(Map.of("type", "paragraph", "content", List.of(text))));
    }

    private Map<String, String> form(String name) {
        return new HashMap<>(Map.of(
                "csrf",
                editor.csrf(),
                "name",
                name,
                "text",
                "First paragraph.\n\nSecond one.",
                "parent",
                "",
                "slug",
                ""));
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

    private String add(String name, String parent) {
        Map<String, String> draft = new HashMap<>(Map.of("name", name + " " + mark));
        if (parent != null) {
            draft.put("parent", parent);
        }
        return keep(send(draft));
    }

    private String keep(Response category) {
        category.then().statusCode(201).header("ETag", "\"1\"");
        made.add(category.path("id"));
        return category.path("id");
    }

    private Response edit(String id, String ifMatch, Map<String, ?> draft) {
        RequestSpecification request = editor.asked().contentType(ContentType.JSON);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .body(draft)
                .patch(API + "/" + id);
    }

    private Response move(String id, Map<String, ?> where) {
        return editor.asked().contentType(ContentType.JSON).body(where).post(API + "/" + id + "/move");
    }

    private Response shift(String id, String direction) {
        return post("/studio/categories/" + id + "/shift", Map.of("csrf", editor.csrf(), "direction", direction));
    }

    private Response logo(String id) throws IOException {
        return editor.asked()
                .contentType("image/png")
                .body(Files.readAllBytes(Images.png(folder.resolve("logo.png"), 640, 640)))
                .put(API + "/" + id + "/logo");
    }

    /** Of all the categories those of this test. */
    private List<String> inOrder() {
        List<String> all = new ArrayList<>(given().get(API).<List<String>>path("items.id"));
        all.retainAll(made);
        return Collections.unmodifiableList(all);
    }

    private static int counted(RequestSpecification who, String id) {
        return who.get(API).path("items.find { it.id == '" + id + "' }.media");
    }

    private UUID article(String title, String visibility) {
        return articles.add(author.id(), title + " " + mark, visibility, "READY", true);
    }

    private Response put(UUID article, String... into) {
        return author.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("categories", List.of(into)))
                .patch(MEDIA + "/" + article);
    }

    private Response bulk(UUID article, String what, String category) {
        return author.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("ids", List.of(article), "set", Map.of(what, List.of(category))))
                .post(MEDIA + "/bulk");
    }

    private static String page(String address) {
        return asked().get(address).then().statusCode(200).extract().asString();
    }

    private static RequestSpecification asked() {
        return given().accept("text/html").header("Accept-Language", "en");
    }
}
