package io.regie.core.media;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.access.Visibility;
import io.regie.core.database.Sql;
import io.regie.core.plugins.TestPlugins;
import io.regie.core.storage.Storage;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people have done with articles: which jobs that starts, on what, and what is linked to what afterwards. */
@QuarkusTest
class MediaActionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    TestPlugins plugins;

    @Inject
    LibraryRows rows;

    @Inject
    MediaArticles articles;

    @Inject
    Storage storage;

    @Inject
    Sql sql;

    @TempDir
    Path folder;

    private User author;
    private RequestSpecification asked;

    @BeforeEach
    void prepare() {
        plugins.installActing();
        author = TestAccounts.create(Role.AUTHOR);
        asked = given().header("Authorization", "Bearer " + author.token("media:read", "media:write"))
                .contentType(ContentType.JSON);
    }

    @Test
    void refusesRangePastTheEndBeforeThereIsJob() throws IOException {
        UUID film = film(Duration.ofMillis(62_040));
        for (String path : List.of("", "/estimate")) {
            act(film, "acting.cut" + path, Map.of("range", range(60, 62.2)))
                    .statusCode(422)
                    .body("detail", equalTo("The range ends at 0:01:02.200, but this ends at 0:01:02.040."));
        }
        given(asked)
                .header("Accept-Language", "fr")
                .body(Map.of("range", range(60, 62.2)))
                .post("/api/v1/media/" + film + "/actions/acting.cut")
                .then()
                .statusCode(422)
                .body("detail", containsString("la fin est à 0:01:02.040"));
        assertThat(jobs(film)).isZero();
        act(film, "acting.cut", Map.of("range", range(60, 62.04))).statusCode(202);
        assertThat(jobs(film)).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithRange() throws IOException {
        UUID film = film(Duration.ofMinutes(5));
        act(film, "acting.cut", Map.of("range", range(3, 3)))
                .statusCode(422)
                .body("detail", containsString("must begin at 0 or later and end after it begins"));
        act(film, "acting.cut", Map.of("range", range(4, 3))).statusCode(422);
        act(film, "acting.cut", Map.of("range", range(-1, 3))).statusCode(422);
        act(film, "acting.cut", Map.of("range", range(1, 61.5)))
                .statusCode(422)
                .body("detail", equalTo("The range range may last at most 60 seconds."));
        act(film, "acting.cut", Map.of()).statusCode(400);
        assertThat(jobs(film)).isZero();
    }

    @Test
    void estimatesWithoutStartingAnything() throws IOException {
        UUID film = film(Duration.ofMinutes(5));
        act(film, "acting.cut/estimate", Map.of("range", range(1, 3)))
                .statusCode(200)
                .body("bytes", equalTo(1000))
                .body("seconds", equalTo(1.5f));
        UUID other = image(author.id(), "Other", article -> {});
        act(image(author.id(), "One", article -> {}), "acting.slides/estimate", slides(List.of(other, other), 0, 1))
                .statusCode(200)
                .body("bytes", equalTo(2000));
        assertThat(jobs(film)).isZero();
    }

    @Test
    void saysThatNobodyKnowsWhereThePluginGivesNoAnswer() throws IOException {
        act(film(Duration.ofMinutes(5)), "acting.cut/estimate", Map.of("act", "halt", "range", range(1, 3)))
                .statusCode(200)
                .body("bytes", nullValue())
                .body("seconds", nullValue());
    }

    @Test
    void worksOnSeveralArticlesInTheirOrderAndLinksThemBothWays() throws IOException {
        UUID first = image(author.id(), "First", article -> {});
        UUID second = image(author.id(), "Second", article -> article.visibility = Visibility.PRIVATE);
        UUID third = image(author.id(), "Third", article -> {});
        act(first, "acting.slides", slides(List.of(third, first, second), 2, 0, 1))
                .statusCode(202);
        await().atMost(PATIENCE).until(() -> made(first) != null);
        UUID made = made(first);
        assertThat(Files.readString(storage.localFile(article(made).originalKey)))
                .isEqualTo("ThirdFirstSecond");

        given(asked)
                .get("/api/v1/media/" + made + "/related")
                .then()
                .statusCode(200)
                .body("madeFrom.title", contains("First", "Third", "Second"))
                .body("made.size()", equalTo(0));
        for (UUID source : List.of(first, second, third)) {
            given(asked)
                    .get("/api/v1/media/" + source + "/related")
                    .then()
                    .statusCode(200)
                    .body("made.id", contains(made.toString()));
        }
        given().get("/api/v1/media/" + made + "/related")
                .then()
                .statusCode(200)
                .body("madeFrom.title", contains("First", "Third"));
        String session = author.signIn().session();
        given().cookie("__Host-regie", session)
                .get("/studio/media/" + made)
                .then()
                .statusCode(200)
                .body(containsString("Made from"))
                .body(containsString("/studio/media/" + third));
        given().cookie("__Host-regie", session)
                .get("/studio/media/" + third)
                .then()
                .statusCode(200)
                .body(containsString("Made from this"))
                .body(containsString("/studio/media/" + made));

        given(asked).delete("/api/v1/media/" + first).then().statusCode(204);
        given(asked)
                .get("/api/v1/media/" + made + "/related")
                .then()
                .body("madeFrom.title", contains("Third", "Second"));
    }

    @Test
    void doesNotTellOfInputsThatTheCallerMayNotUse() throws IOException {
        UUID own = image(author.id(), "Own", article -> {});
        UUID foreign = image(UUID.randomUUID(), "Foreign", article -> article.visibility = Visibility.PRIVATE);
        UUID open = image(UUID.randomUUID(), "Open", article -> {});
        UUID trashed = image(author.id(), "Trashed", article -> article.trashedAt = article.createdAt);
        for (UUID input : List.of(foreign, UUID.randomUUID(), open, trashed)) {
            act(own, "acting.slides", slides(List.of(own, input), 0, 1))
                    .statusCode(422)
                    .body("detail", equalTo("Article 2 of the list does not exist, or you may not use it."))
                    .body(not(containsString("Foreign")));
        }
        assertThat(jobs(own)).isZero();
    }

    @Test
    void refusesInputsThatDoNotFit() throws IOException {
        UUID own = image(author.id(), "Own", article -> {});
        UUID film = film(Duration.ofSeconds(5));
        act(own, "acting.slides", slides(List.of(own, film), 0, 1))
                .statusCode(422)
                .body("detail", containsString("Article 2 of the list, \"Film\""));
        act(own, "acting.slides", slides(List.of(), 0, 1))
                .statusCode(422)
                .body("detail", equalTo("Image 2 is of an article that is not in the list, which has 1."));
        act(own, "acting.slides", Map.of("inputs", "all", "images", List.of())).statusCode(400);
        act(own, "acting.slides", Map.of("inputs", List.of("none"), "images", List.of()))
                .statusCode(400);
        act(film, "acting.cut", Map.of("inputs", List.of(own.toString()), "range", range(0, 1)))
                .statusCode(422)
                .body("detail", equalTo("This works on one article only."));
        assertThat(jobs(own)).isZero();
        assertThat(jobs(film)).isZero();
    }

    private ValidatableResponse act(UUID article, String action, Map<String, ?> body) {
        return given(asked)
                .body(body)
                .post("/api/v1/media/" + article + "/actions/" + action)
                .then();
    }

    private static Map<String, Double> range(double start, double end) {
        return Map.of("start", start, "end", end);
    }

    private static Map<String, Object> slides(List<UUID> inputs, int... images) {
        return Map.of(
                "inputs",
                inputs.stream().map(UUID::toString).toList(),
                "images",
                java.util.Arrays.stream(images)
                        .mapToObj(input -> Map.of("input", input, "seconds", 1))
                        .toList());
    }

    private UUID film(Duration duration) throws IOException {
        return add(author.id(), "Film", MediaKind.VIDEO, duration, article -> {});
    }

    private UUID image(UUID owner, String title, Consumer<MediaArticle> otherwise) throws IOException {
        return add(owner, title, MediaKind.IMAGE, null, otherwise);
    }

    /** @return an article whose original says its title */
    private UUID add(
            UUID owner, String title, MediaKind kind, @Nullable Duration duration, Consumer<MediaArticle> otherwise)
            throws IOException {
        String key = storage.copy(Files.writeString(folder.resolve(title), title), "bin")
                .key();
        return rows.add(owner, title, article -> {
            article.kind = kind;
            article.originalKey = key;
            article.originalInfo =
                    new MediaInfo(kind, "test", "application/x-test", 3, duration, 0, List.of(), Map.of());
            otherwise.accept(article);
        });
    }

    private long jobs(UUID article) {
        return sql.list("select count(*) from job where subject = ?", row -> row.getLong(1), article)
                .get(0);
    }

    private @Nullable UUID made(UUID from) {
        return QuarkusTransaction.requiringNew().call(() -> articles.find("madeFrom", from)
                .firstResultOptional()
                .map(article -> article.id)
                .orElse(null));
    }

    private MediaArticle article(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> articles.findById(id));
    }
}
