package io.regie.core.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write about media, and when others see it. */
@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class AuthoringTest {

    private static final String TEXT = "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":["
            + "{\"type\":\"text\",\"text\":\"<b>Bold\",\"marks\":[{\"type\":\"bold\"}]}]}]}";

    @Inject
    ArticleRows articles;

    @Inject
    TestClock clock;

    private User author;
    private String token;
    private UUID id;

    @BeforeEach
    void add() {
        author = TestAccounts.create(Role.AUTHOR);
        token = author.token();
        id = articles.add(author.id(), "Film", "PUBLIC", "READY", true);
    }

    @Test
    void keepsWhatWasWritten() {
        Response edited = patch("{\"title\":\"Film\",\"description\":" + TEXT
                + ",\"language\":\"pt-br\",\"licence\":\"CC-BY-SA-4.0\"}");
        edited.then()
                .statusCode(200)
                .body("description.content[0].content[0].text", equalTo("<b>Bold"))
                .body("language", equalTo("pt-BR"))
                .body("licence", equalTo("CC-BY-SA-4.0"));
        assertThat(page("/watch/slug-" + id))
                .contains("<div class=\"prose\" lang=\"pt-BR\"><p><strong>&lt;b&gt;Bold</strong></p></div>")
                .contains("rel=\"license noopener noreferrer\">Creative Commons Attribution-ShareAlike 4.0</a>");
        patch("{\"description\":null,\"licence\":null}")
                .then()
                .statusCode(200)
                .body("description", nullValue())
                .body("licence", nullValue());
        assertThat(page("/watch/slug-" + id)).doesNotContain("class=\"prose\"");
    }

    @Test
    void namesWhoMadeIt() {
        patch("{\"credits\":[{\"role\":\"Director:\",\"name\":\"<b>Ann</b>\"},{\"name\":\" Bob\\u0000 \"}]}")
                .then()
                .statusCode(200)
                .body("credits[0].role", equalTo("Director"))
                .body("credits[1].role", equalTo(""))
                .body("credits[1].name", equalTo("Bob"));
        assertThat(page("/watch/slug-" + id))
                .contains("<span class=\"muted\">Director</span> &lt;b&gt;Ann&lt;/b&gt;</li>", "<li>Bob</li>");
        patch("{\"credits\":[]}").then().statusCode(200);
        assertThat(page("/watch/slug-" + id)).doesNotContain("Bob");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"owner\":\"x\"}|400",
                "{\"state\":\"ready\"}|400",
                "{\"title\":\"a\",\"title\":\"b\"}|400",
                "{\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"image\"}]}}|400",
                "{\"description\":\"<b>\"}|400",
                "{\"language\":\"klingon\"}|400",
                "{\"language\":\"en_US; drop\"}|400",
                "{\"licence\":\"mine\"}|400",
                "{\"publishedAt\":\"soon\"}|400",
                "{\"publishedAt\":\"9999-01-01T00:00:00Z\"}|400",
                "{\"slug\":\"Not A Slug\"}|400",
                "{\"slug\":\"../x\"}|400",
                "{\"slug\":\"11111111-1111-4111-8111-111111111111\"}|400",
                "{\"slug\":\"\"}|400",
                "{\"credits\":[{\"role\":\"Nobody\"}]}|400",
                "{\"credits\":[{\"name\":\" \"}]}|400",
                "{\"credits\":[null]}|400",
                "{\"visibility\":\"everybody\"}|400"
            })
    void refusesWhatItDoesNotUnderstand(String body, int status) {
        patch(body).then().statusCode(status).contentType("application/problem+json");
        assertThat(asked().get("/api/v1/media/" + id).path("title").toString()).isEqualTo("Film");
    }

    @Test
    void conflictNamesItselfAndChangesNothing() {
        String tag = asked().get("/api/v1/media/" + id).header("ETag");
        patch("{\"title\":\"First\"}", tag).then().statusCode(200);
        patch("{\"title\":\"Second\"}", tag)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:regie:problem:precondition-failed"));
        asked().get("/api/v1/media/" + id).then().body("title", equalTo("First"));
    }

    @Test
    void draftIsPrivateToItsMakersForEveryByteAndList() {
        String mark = "draft" + UUID.randomUUID().toString().replace("-", "");
        patch("{\"title\":\"" + mark + "\",\"publishedAt\":null}")
                .then()
                .statusCode(200)
                .body("publication", equalTo("draft"))
                .body("watchUrl", equalTo("/watch/" + id));
        User other = TestAccounts.create(Role.AUTHOR);
        for (String path : List.of(
                "/api/v1/media/" + id,
                "/watch/" + id,
                "/watch/slug-" + id,
                "/media/" + id + "/master.m3u8",
                "/media/" + id + "/original.mp4")) {
            given().get(path).then().statusCode(404);
            other.asked().get(path).then().statusCode(404);
            assertThat(given().head(path).statusCode()).isEqualTo(404);
        }
        given().get("/api/v1/media?q=" + mark).then().body("items.id", not(hasItem(id.toString())));
        other.asked().get("/api/v1/media?q=" + mark).then().body("items.id", not(hasItem(id.toString())));
        asked().get("/api/v1/media?q=" + mark).then().body("items.id", hasItem(id.toString()));
        assertThat(page("/?q=" + mark)).doesNotContain("/watch/" + id);
        patch("{\"publishedAt\":\"now\"}")
                .then()
                .body("publication", equalTo("published"))
                .body("watchUrl", equalTo("/watch/slug-" + id));
        given().get("/watch/slug-" + id).then().statusCode(200);
        given().get("/api/v1/media?q=" + mark).then().body("items.id", hasItem(id.toString()));
    }

    @Test
    void scheduledArticleAppearsByItself() {
        String mark = "later" + UUID.randomUUID().toString().replace("-", "");
        Instant due = clock.instant().plus(Duration.ofMinutes(10));
        patch("{\"title\":\"" + mark + "\",\"publishedAt\":\"" + due + "\"}")
                .then()
                .body("publication", equalTo("scheduled"));
        given().get("/watch/slug-" + id).then().statusCode(404);
        assertThat(page("/")).doesNotContain(mark);
        clock.advance(Duration.ofMinutes(11));
        given().get("/watch/slug-" + id).then().statusCode(200);
        await().untilAsserted(() -> assertThat(page("/")).contains(mark));
        asked().get("/api/v1/media/" + id).then().body("publication", equalTo("published"));
    }

    @Test
    void formerSlugsLeadToTheArticleForWhoeverMayReadIt() {
        String first = "slug-" + id;
        String second = "second-" + id;
        patch("{\"slug\":\"" + second + "\"}").then().statusCode(200).body("slug", equalTo(second));
        redirected("/watch/" + first, "/watch/" + second);
        patch("{\"slug\":\"third-" + id + "\"}").then().statusCode(200);
        redirected("/watch/" + first, "/watch/third-" + id);
        patch("{\"visibility\":\"private\"}").then().statusCode(200);
        visitor("/watch/" + first).then().statusCode(404);
        patch("{\"visibility\":\"unlisted\"}").then().statusCode(200);
        visitor("/watch/" + first).then().statusCode(404);
        patch("{\"visibility\":\"public\",\"slug\":\"" + first + "\"}").then().statusCode(200);
        visitor("/watch/" + first).then().statusCode(200);
        redirected("/watch/" + second, "/watch/" + first);
    }

    @Test
    void nobodyTakesASlugThatAnotherHasOrHad() {
        UUID other = articles.add(author.id(), "Other", "PUBLIC", "READY", true);
        patch("{\"slug\":\"slug-" + other + "\"}").then().statusCode(400).body("fields[0].field", equalTo("slug"));
        patch("{\"slug\":\"moved-" + id + "\"}").then().statusCode(200);
        asked().contentType("application/json")
                .body("{\"slug\":\"slug-" + id + "\"}")
                .patch("/api/v1/media/" + other)
                .then()
                .statusCode(400);
    }

    @Test
    void oneOfManyGetsASlugThatAllReachFor() throws Exception {
        String wanted = "wanted-" + id;
        List<UUID> rivals = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rivals.add(articles.add(author.id(), "Rival", "PUBLIC", "READY", true));
        }
        ExecutorService together = Executors.newFixedThreadPool(rivals.size());
        try {
            List<Callable<Integer>> tries = rivals.stream()
                    .<Callable<Integer>>map(rival -> () -> asked().contentType("application/json")
                            .body(Map.of("slug", wanted))
                            .patch("/api/v1/media/" + rival)
                            .statusCode())
                    .toList();
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : together.invokeAll(tries)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnlyOnce(200);
            assertThat(answers).filteredOn(status -> status != 200).containsOnly(400);
        } finally {
            together.shutdownNow();
        }
    }

    @Test
    void onlyMakersEdit() {
        TestAccounts.create(Role.AUTHOR)
                .asked()
                .contentType("application/json")
                .body("{\"slug\":\"mine\"}")
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(403);
    }

    private Response patch(String body) {
        return asked().contentType("application/json").body(body).patch("/api/v1/media/" + id);
    }

    private Response patch(String body, String ifMatch) {
        return asked().contentType("application/json")
                .header("If-Match", ifMatch)
                .body(body)
                .patch("/api/v1/media/" + id);
    }

    private RequestSpecification asked() {
        return given().header("Authorization", "Bearer " + token);
    }

    private static Response visitor(String path) {
        return given().redirects().follow(false).get(path);
    }

    private static void redirected(String from, String to) {
        Response answer = visitor(from);
        answer.then().statusCode(308);
        assertThat(answer.header("Location")).endsWith(to);
    }

    private static String page(String path) {
        return given().accept("text/html")
                .header("Accept-Language", "en")
                .get(path)
                .asString();
    }
}
