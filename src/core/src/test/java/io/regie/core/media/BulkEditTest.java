package io.regie.core.media;

import static io.regie.core.media.LibraryRows.tagged;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.access.Visibility;
import io.regie.core.storage.Storage;
import io.regie.core.storage.Stored;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One change to many articles, and the trash. */
@QuarkusTest
class BulkEditTest {

    private static final String BULK = "/api/v1/media/bulk";
    private static final Duration UNDO = Duration.ofMinutes(10);

    @Inject
    LibraryRows rows;

    @Inject
    MediaArticles articles;

    @Inject
    MediaReferences references;

    @Inject
    DeleteTrashedArticles deleteTrashed;

    @Inject
    Storage storage;

    @Inject
    TestClock clock;

    private User author;
    private RequestSpecification asked;

    @BeforeEach
    void author() {
        author = TestAccounts.create(Role.AUTHOR);
        asked = author.asked();
    }

    @Test
    void changesEachThatTheCallerMayEditAndSaysWhyNotTheOthers() {
        UUID first = rows.add(author.id(), "First", tagged("Old", "kept"));
        UUID second = rows.add(author.id(), "Second");
        User other = TestAccounts.create(Role.AUTHOR);
        UUID foreign = rows.add(other.id(), "Foreign");
        UUID hidden = rows.add(other.id(), "Hidden", article -> article.visibility = Visibility.PRIVATE);
        UUID missing = UUID.randomUUID();

        bulk(
                        List.of(first, second, foreign, hidden, missing, first),
                        "set",
                        Map.of("visibility", "unlisted", "addTags", List.of("New, KEPT"), "removeTags", List.of("OLD")))
                .then()
                .statusCode(200)
                .body("done", equalTo(2))
                .body("results", hasSize(5))
                .body("results.done", equalTo(List.of(true, true, false, false, false)))
                .body(
                        "results.id",
                        equalTo(Stream.of(first, second, foreign, hidden, missing)
                                .map(UUID::toString)
                                .toList()))
                .body("results[2].problem", equalTo("forbidden"))
                .body("results[3].problem", equalTo("not-found"))
                .body("results[4].problem", equalTo("not-found"));

        read(asked, first).then().body("visibility", equalTo("unlisted")).body("tags", equalTo(List.of("kept", "New")));
        read(asked, second).then().body("tags", equalTo(List.of("KEPT", "New")));
        read(other.asked(), foreign)
                .then()
                .body("visibility", equalTo("public"))
                .body("tags", hasSize(0));
        bulk(TestAccounts.create(Role.EDITOR).asked(), List.of(first, hidden), "set", Map.of("visibility", "public"))
                .then()
                .body("done", equalTo(2));
    }

    @Test
    void refusesOneArticleWhollyAndGoesOnWithTheNext() {
        String[] many = Stream.iterate(0, i -> i + 1)
                .limit(Tags.MOST)
                .map(i -> "tag " + i)
                .toArray(String[]::new);
        UUID full = rows.add(author.id(), "Full", tagged(many));
        UUID free = rows.add(author.id(), "Free");
        bulk(List.of(full, free), "set", Map.of("visibility", "private", "addTags", List.of("one more")))
                .then()
                .body("results.done", equalTo(List.of(false, true)))
                .body("results[0].problem", equalTo("bad-request"));
        read(asked, full).then().body("visibility", equalTo("public")).body("tags", hasSize(Tags.MOST));
        read(asked, free).then().body("visibility", equalTo("private"));
    }

    @Test
    void refusesWhatIsNotOneOrderForAFew() {
        List<UUID> one = List.of(rows.add(author.id(), "One"));
        for (Map<String, ?> body : List.of(
                Map.of("ids", one),
                Map.of("ids", one, "delete", true, "restore", true),
                Map.of("ids", one, "delete", true, "set", Map.of("visibility", "private")),
                Map.of("ids", one, "set", Map.of("visibility", "everyone")),
                Map.of("ids", one, "set", Map.of("owner", author.id())),
                Map.of("ids", List.of(), "delete", true),
                Map.of("ids", List.of("nonsense"), "delete", true),
                Map.of("ids", Stream.generate(UUID::randomUUID).limit(501).toList(), "delete", true))) {
            given().spec(asked)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(BULK)
                    .then()
                    .statusCode(400);
        }
        Map<String, Object> nothing = new HashMap<>(Map.of("delete", true));
        nothing.put("ids", Collections.singletonList(null));
        given().spec(asked)
                .contentType(ContentType.JSON)
                .body(nothing)
                .post(BULK)
                .then()
                .statusCode(400);
        read(asked, one.get(0)).then().statusCode(200).body("visibility", equalTo("public"));
        given().contentType(ContentType.JSON)
                .body(Map.of("ids", one, "delete", true))
                .post(BULK)
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + author.token("media:read"))
                .contentType(ContentType.JSON)
                .body(Map.of("ids", one, "delete", true))
                .post(BULK)
                .then()
                .statusCode(403);
    }

    @Test
    void hidesWhatIsInTheTrashFromEverybodyAndGivesItBack(@TempDir Path folder) throws IOException {
        Stored file = stored(folder);
        UUID id = rows.add(author.id(), "Deleted by mistake", article -> {
            article.kind = io.regie.spi.MediaKind.DOCUMENT;
            article.originalKey = file.key();
            article.originalBytes = file.bytes();
            article.originalSha256 = file.sha256();
        });
        RequestSpecification admin = TestAccounts.ADMIN.asked();
        List<String> addresses = List.of(
                "/api/v1/media/" + id,
                "/watch/" + id,
                "/watch/slug-" + id,
                "/media/" + id + "/original" + file.key().substring(file.key().lastIndexOf('.')));
        expect(addresses, admin, 200);
        expect(addresses, given(), 200);

        bulk(List.of(id), "delete", true).then().statusCode(200).body("done", equalTo(1));
        for (RequestSpecification anybody : List.of(given(), asked, admin)) {
            expect(addresses, anybody, 404);
            assertThat(given().spec(anybody)
                            .queryParam("q", "mistake")
                            .get("/api/v1/media")
                            .<List<?>>path("items"))
                    .isEmpty();
        }
        given().spec(asked).delete("/api/v1/media/" + id).then().statusCode(404);
        bulk(List.of(id), "set", Map.of("visibility", "private"))
                .then()
                .body("results[0].problem", equalTo("not-found"));
        bulk(TestAccounts.create(Role.AUTHOR).asked(), List.of(id), "restore", true)
                .then()
                .body("results[0].problem", equalTo("not-found"));
        // Its file must survive the sweeper and the chore until then.
        assertThat(references.referenced(List.of(file.key()))).containsExactly(file.key());
        deleteTrashed.run();

        bulk(List.of(id), "restore", true).then().body("done", equalTo(1));
        bulk(List.of(id), "restore", true).then().body("done", equalTo(1));
        expect(addresses, given(), 200);
    }

    @Test
    void deletesForGoodWhatNobodyRestoredInTime(@TempDir Path folder) throws IOException {
        Stored file = stored(folder);
        UUID id = rows.add(author.id(), "Gone", article -> article.originalKey = file.key());
        UUID restored = rows.add(author.id(), "Restored");
        bulk(List.of(id, restored), "delete", true).then().body("done", equalTo(2));
        bulk(List.of(restored), "restore", true).then().body("done", equalTo(1));
        clock.advance(UNDO);

        bulk(List.of(id), "restore", true).then().body("results[0].problem", equalTo("not-found"));
        deleteTrashed.run();
        deleteTrashed.run();
        assertThat(QuarkusTransaction.requiringNew().call(() -> articles.findByIdOptional(id)))
                .isEmpty();
        assertThat(references.referenced(List.of(file.key()))).isEmpty();
        assertThat(storage.exists(file.key())).isFalse();
        read(asked, restored).then().statusCode(200);
    }

    private Stored stored(Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("plain.txt"), UUID.randomUUID().toString());
        return storage.take(file, "txt");
    }

    private static void expect(List<String> addresses, RequestSpecification who, int status) {
        for (String address : addresses) {
            given().spec(who).get(address).then().statusCode(status);
            given().spec(who).head(address).then().statusCode(status);
        }
    }

    private Response bulk(List<UUID> ids, String order, Object value) {
        return bulk(asked, ids, order, value);
    }

    private static Response bulk(RequestSpecification who, List<UUID> ids, String order, Object value) {
        return given().spec(who)
                .contentType(ContentType.JSON)
                .body(Map.of("ids", ids, order, value))
                .post(BULK);
    }

    private static Response read(RequestSpecification who, UUID id) {
        return given().spec(who).get("/api/v1/media/" + id);
    }
}
