package io.regie.core.media;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.access.Visibility;
import io.regie.core.settings.Installation;
import io.regie.core.storage.Storage;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that go with articles: how they come, who may have them, and what is left of them. */
@QuarkusTest
class AnnexTest {

    private static final String BODY = "application/offset+octet-stream";
    private static final String UPLOADS = "/api/v1/uploads";

    @Inject
    LibraryRows rows;

    @Inject
    MediaArticles articles;

    @Inject
    Annexes annexes;

    @Inject
    MediaReferences references;

    @Inject
    OwnedArticles owned;

    @Inject
    DeleteTrashedArticles deleteTrashed;

    @Inject
    MediaConfig config;

    @Inject
    Storage storage;

    @Inject
    Installation installation;

    @Inject
    TestClock clock;

    private User author;
    private RequestSpecification maker;
    private UUID id;
    private String path;

    @BeforeEach
    void article() {
        author = TestAccounts.create(Role.AUTHOR);
        maker = author.asked();
        id = rows.add(author.id(), "Concert");
        path = "/api/v1/media/" + id + "/annexes";
    }

    @Test
    void handsOutWhatWasSentByteForByte() {
        byte[] file = new byte[300_000];
        new Random(7).nextBytes(file);
        String annex = add("the_score.zip", file);
        given().get(path)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(annex))
                .body("items[0].title", equalTo("the score"))
                .body("items[0].filename", equalTo("the_score.zip"))
                .body("items[0].mediaType", equalTo("application/octet-stream"))
                .body("items[0].bytes", equalTo(file.length))
                .body("items[0].url", equalTo(url(annex)));

        Response whole = given().get(url(annex));
        whole.then()
                .statusCode(200)
                .contentType("application/octet-stream")
                .header("Content-Disposition", startsWith("attachment; filename=\"the_score.zip\""))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", startsWith("sandbox"))
                .header("Cache-Control", "public, no-cache")
                .header("Accept-Ranges", "bytes");
        assertThat(whole.asByteArray()).isEqualTo(file);
        Response part = given().header("Range", "bytes=1000-1999").get(url(annex));
        part.then().statusCode(206).header("Content-Range", "bytes 1000-1999/" + file.length);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(file, 1000, 2000));
        given().header("Range", "bytes=900000-").get(url(annex)).then().statusCode(416);
        given().header("If-None-Match", whole.header("ETag"))
                .get(url(annex))
                .then()
                .statusCode(304);
        given().head(url(annex)).then().statusCode(200).header("Content-Length", String.valueOf(file.length));

        // It stays what it is: no article, no job.
        given().spec(maker).get("/api/v1/media?owner=me").then().body("items.id", contains(id.toString()));
        given().spec(maker).get("/api/v1/jobs?media=" + id).then().body("items", hasSize(0));
        given().get("/api/v1/media/" + id)
                .then()
                .body("annexes.url", contains(url(annex)))
                .body("state", equalTo("ready"));
        assertThat(given().get("/watch/slug-" + id).asString()).contains("the score", "300\u00a0kB", url(annex));
    }

    @Test
    void goesWithWhatNobodyElseSeesYet() {
        QuarkusTransaction.requiringNew().run(() -> article(article -> article.visibility = Visibility.PRIVATE));
        String annex = add("draft.txt", "for later".getBytes(UTF_8));
        given().spec(maker).get(url(annex)).then().statusCode(200);
        given().get(url(annex)).then().statusCode(404);
    }

    @Test
    void isKnownByItsFirstBytesButNeverOpened() {
        String pdf = add("score.pdf", "%PDF-1.4\n%%EOF\n".getBytes(UTF_8));
        String page = add("page.html", "<script>alert(1)</script>".getBytes(UTF_8));
        given().get(path).then().body("items.mediaType", contains("application/pdf", "application/octet-stream"));
        for (String annex : List.of(pdf, page)) {
            given().get(url(annex))
                    .then()
                    .statusCode(200)
                    .contentType("application/octet-stream")
                    .header("Content-Disposition", startsWith("attachment"))
                    .header("X-Content-Type-Options", "nosniff");
        }
    }

    @Test
    void makesNamesHarmless() {
        Map<String, String> names = Map.of(
                "../../etc/passwd", "passwd",
                "..\\..\\evil.svg", "evil.svg",
                "a\r\nSet-Cookie: x=1.txt", "a  Set-Cookie: x=1.txt",
                "\"quo'ted\"; x=\".html", "\"quo'ted\"; x=\".html",
                "Partition – été 楽譜.pdf", "Partition – été 楽譜.pdf",
                "photo\u202Egpj.exe", "photo gpj.exe",
                "..", "file",
                "folder/", "file");
        names.forEach((sent, kept) -> {
            Response answer = given().get(url(add(sent, "<svg onload=alert(1)>".getBytes(UTF_8))));
            answer.then()
                    .statusCode(200)
                    .contentType("application/octet-stream")
                    .header("Set-Cookie", nullValue());
            String disposition = answer.header("Content-Disposition");
            assertThat(disposition)
                    .matches("attachment; filename=\"[A-Za-z0-9 ._()-]+\";"
                            + " filename\\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+");
            String encoded = disposition.substring(disposition.indexOf("''") + 2);
            assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8)).isEqualTo(kept);
        });
        assertThat(given().get("/watch/slug-" + id).asString()).doesNotContain("\"quo'ted\"");
    }

    @Test
    void isThereForNobodyElseWhenItIsPrivate() {
        String annex = add("score.pdf", new byte[] {1, 2, 3});
        QuarkusTransaction.requiringNew().run(() -> article(article -> article.visibility = Visibility.PRIVATE));
        RequestSpecification other = TestAccounts.create(Role.AUTHOR).asked();
        for (RequestSpecification stranger : List.of(given(), other)) {
            given().spec(stranger).get(path).then().statusCode(404);
            given().spec(stranger).get(url(annex)).then().statusCode(404);
            given().spec(stranger).head(url(annex)).then().statusCode(404);
            given().spec(stranger)
                    .header("Range", "bytes=0-0")
                    .get(url(annex))
                    .then()
                    .statusCode(404);
        }
        json(other)
                .body(Map.of("title", "Mine"))
                .patch(path + "/" + annex)
                .then()
                .statusCode(404);
        json(other)
                .body(Map.of("annexes", List.of(annex)))
                .put(path + "/order")
                .then()
                .statusCode(404);
        given().spec(other).delete(path + "/" + annex).then().statusCode(404);
        begin(other, 3, metadata("x.pdf", id.toString())).then().statusCode(404);
        given().spec(maker)
                .get(url(annex))
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .header("Cross-Origin-Resource-Policy", "same-origin");
        TestAccounts.create(Role.EDITOR).asked().get(url(annex)).then().statusCode(200);

        UUID elsewhere = rows.add(author.id(), "Other");
        given().get("/media/" + elsewhere + "/annexes/" + annex).then().statusCode(404);
        given().spec(maker)
                .delete("/api/v1/media/" + elsewhere + "/annexes/" + annex)
                .then()
                .statusCode(404);
    }

    @Test
    void isChangedByMakersOnly() {
        String annex = add("score.pdf", new byte[] {1});
        RequestSpecification other = TestAccounts.create(Role.AUTHOR).asked();
        json(other)
                .body(Map.of("title", "Mine"))
                .patch(path + "/" + annex)
                .then()
                .statusCode(403);
        given().spec(other).delete(path + "/" + annex).then().statusCode(403);
        begin(other, 3, metadata("x.pdf", id.toString())).then().statusCode(403);
        given().delete(path + "/" + annex).then().statusCode(401);
        given().get(path).then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"yes,200,200", "signed_in,401,200", "no,403,403"})
    void obeysTheRuleOfDownloads(String rule, int visitor, int member) {
        String annex = add("score.pdf", new byte[] {1, 2, 3});
        json(maker)
                .body(Map.of("downloads", rule))
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(200);
        RequestSpecification other = TestAccounts.create(Role.CONTRIBUTOR).asked();
        given().get(url(annex)).then().statusCode(visitor);
        given().head(url(annex)).then().statusCode(visitor);
        given().header("Range", "bytes=0-1").get(url(annex)).then().statusCode(visitor == 200 ? 206 : visitor);
        given().spec(other).get(url(annex)).then().statusCode(member);
        given().spec(maker).get(url(annex)).then().statusCode(200);
        given().get(path)
                .then()
                .body("items", hasSize(1))
                .body("items.url", everyItem(visitor == 200 ? notNullValue() : nullValue()));
        given().spec(other)
                .get("/api/v1/media/" + id)
                .then()
                .body("annexes.url", everyItem(member == 200 ? notNullValue() : nullValue()));
        String page = given().get("/watch/slug-" + id).asString();
        assertThat(page.contains(url(annex))).isEqualTo(visitor == 200);
        assertThat(page.contains("score.pdf")).isEqualTo(visitor != 403);
        assertThat(page.contains("Sign in to download")).isEqualTo(visitor == 401);
    }

    @Test
    void isRenamedOrderedAndDeleted() {
        String one = add("one.txt", new byte[] {1});
        String two = add("two.txt", new byte[] {2});
        String three = add("three.txt", new byte[] {3});
        json(maker)
                .body(Map.of("title", " The <b>second\u0000 "))
                .patch(path + "/" + two)
                .then()
                .statusCode(200)
                .body("title", equalTo("The <b>second"))
                .body("filename", equalTo("two.txt"));
        json(maker)
                .body(Map.of("title", ""))
                .patch(path + "/" + one)
                .then()
                .statusCode(200)
                .body("title", equalTo("one"));
        json(maker)
                .body(Map.of("annexes", List.of(three, one, two)))
                .put(path + "/order")
                .then()
                .statusCode(200)
                .body("items.id", contains(three, one, two));
        given().get(path).then().body("items.id", contains(three, one, two));
        for (List<String> order : List.of(List.of(three, one), List.of(one, one, two), List.of(one, two, three, two))) {
            json(maker)
                    .body(Map.of("annexes", order))
                    .put(path + "/order")
                    .then()
                    .statusCode(409)
                    .body("reason", equalTo("media-annex-order"));
        }
        json(maker)
                .body(Map.of("annexes", List.of("x")))
                .put(path + "/order")
                .then()
                .statusCode(400);

        String key = key(one);
        given().spec(maker).delete(path + "/" + one).then().statusCode(204);
        assertThat(storage.exists(key)).isFalse();
        given().get(url(one)).then().statusCode(404);
        given().spec(maker).delete(path + "/" + one).then().statusCode(404);
        given().get(path).then().body("items.id", contains(three, two));
    }

    @Test
    void refusesTooManyAndTooMuchAndLeavesNothingBehind() throws IOException {
        String more = begin(maker, 3, metadata("late.txt", id.toString())).header("Location");
        for (int i = 0; i < config.maxAnnexes(); i++) {
            int position = i;
            QuarkusTransaction.requiringNew().run(() -> annexes.persist(row(position)));
        }
        Set<Path> before = files();
        begin(maker, 3, metadata("more.txt", id.toString()))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("reason", equalTo("media-annex-many"));
        send(maker, more, new byte[] {1, 2, 3}).then().statusCode(409).body("reason", equalTo("media-annex-many"));
        Set<Path> after = files();
        after.removeAll(before);
        assertThat(after).isEmpty();
        assertThat(before).anyMatch(file -> more.endsWith(file.getFileName().toString()));
        assertThat(files()).noneMatch(file -> more.endsWith(file.getFileName().toString()));

        UUID roomy = rows.add(author.id(), "Roomy");
        long tooMuch = config.maxAnnexSize().asLongValue() + 1;
        begin(maker, tooMuch, metadata("big.iso", roomy.toString()))
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("reason", equalTo("uploads.too-large"));
        String deferred = tus(maker)
                .header("Upload-Defer-Length", 1)
                .header("Upload-Metadata", metadata("big.iso", roomy.toString()))
                .post(UPLOADS)
                .header("Location");
        tus(maker)
                .header("Upload-Offset", 0)
                .header("Upload-Length", tooMuch)
                .contentType(BODY)
                .body(new byte[] {1})
                .patch(deferred)
                .then()
                .statusCode(413);
        tus(maker).delete(deferred).then().statusCode(204);
        String empty = begin(maker, 0, metadata("empty.txt", roomy.toString())).header("Location");
        tus(maker).head(empty).then().statusCode(422);
        for (String metadata : List.of(
                metadata("x.txt", "nonsense"),
                metadata("x.txt", roomy.toString()) + ",replaces " + base64(roomy.toString()))) {
            begin(maker, 3, metadata).then().statusCode(400);
        }
        begin(maker, 3, metadata("x.txt", UUID.randomUUID().toString())).then().statusCode(404);
        Set<Path> left = files();
        left.removeAll(before);
        assertThat(left).isEmpty();
        given().get("/api/v1/media/" + roomy + "/annexes").then().body("items", hasSize(0));
        given().spec(maker).delete("/api/v1/media/" + id).then().statusCode(204);
    }

    /** An upload may take days; whose it is to decide can change meanwhile. */
    @Test
    void asksAgainWhoMayOnceEverythingIsHere() throws IOException {
        String begun = begin(maker, 3, metadata("x.txt", id.toString())).header("Location");
        UUID heir = TestAccounts.create(Role.AUTHOR).id();
        QuarkusTransaction.requiringNew().run(() -> article(article -> article.owner = heir));
        Set<Path> before = files();
        send(maker, begun, new byte[] {1, 2, 3}).then().statusCode(403);
        Set<Path> after = files();
        after.removeAll(before);
        assertThat(after).isEmpty();
        given().get(path).then().body("items", hasSize(0));
    }

    @Test
    void countsForItsOwnerAndGoesWithItsArticle() {
        String annex = add("score.pdf", new byte[5000]);
        String key = key(annex);
        // A file that was published before a crash and has no row is not named here, so the sweeper takes it.
        assertThat(references.referenced(List.of(key))).containsExactly(key);
        assertThat(QuarkusTransaction.requiringNew().call(() -> references.all().toList()))
                .contains(key);
        User heir = TestAccounts.create(Role.AUTHOR);
        // Its article has no original in storage.
        assertThat(owned.bytes(author.id())).isEqualTo(5000);
        assertThat(bytes(author)).isEqualTo(5000);
        json(TestAccounts.ADMIN.asked())
                .body(Map.of("to", heir.id()))
                .post("/api/v1/people/" + author.id() + "/transfer")
                .then()
                .statusCode(200);
        assertThat(bytes(heir)).isEqualTo(5000);
        assertThat(owned.bytes(author.id())).isZero();
        RequestSpecification asked = heir.asked();

        trash(asked, "delete");
        given().get(url(annex)).then().statusCode(404);
        given().spec(asked).get(path).then().statusCode(404);
        trash(asked, "restore");
        given().get(url(annex)).then().statusCode(200);
        trash(asked, "delete");
        assertThat(storage.exists(key)).isTrue();
        clock.advance(Duration.ofMinutes(10));
        deleteTrashed.run();
        assertThat(storage.exists(key)).isFalse();
        assertThat(references.referenced(List.of(key))).isEmpty();
    }

    @Test
    void goesAtOnceWithAnArticleThatIsDeletedForGood() {
        String key = key(add("score.pdf", new byte[] {1}));
        given().spec(maker).delete("/api/v1/media/" + id).then().statusCode(204);
        assertThat(storage.exists(key)).isFalse();
        given().get(path).then().statusCode(404);
    }

    private static long bytes(User user) {
        return ((Number) TestAccounts.ADMIN
                        .asked()
                        .get("/api/v1/people/" + user.id())
                        .path("bytes"))
                .longValue();
    }

    private void trash(RequestSpecification who, String order) {
        json(who)
                .body(Map.of("ids", List.of(id), order, true))
                .post("/api/v1/media/bulk")
                .then()
                .statusCode(200)
                .body("done", equalTo(1));
    }

    private void article(Consumer<MediaArticle> change) {
        change.accept(articles.findById(id));
    }

    private Annex row(int position) {
        Annex annex = new Annex();
        annex.id = UUID.randomUUID();
        annex.article = id;
        annex.position = position;
        annex.title = "Annex";
        annex.filename = "annex.txt";
        annex.mediaType = "application/octet-stream";
        annex.storageKey = "00/00/" + "0".repeat(32) + "-" + "0".repeat(16) + ".bin";
        annex.sha256 = "0".repeat(64);
        annex.createdAt = clock.instant();
        return annex;
    }

    private String key(String annex) {
        return QuarkusTransaction.requiringNew().call(() -> annexes.findById(UUID.fromString(annex)).storageKey);
    }

    private String url(String annex) {
        return "/media/" + id + "/annexes/" + annex;
    }

    /** Everything that uploads and storage hold. */
    private Set<Path> files() throws IOException {
        Set<Path> all = new TreeSet<>();
        for (String folder : List.of("storage", "uploads")) {
            try (Stream<Path> found = Files.walk(installation.data().resolve(folder))) {
                found.filter(Files::isRegularFile).forEach(all::add);
            }
        }
        return all;
    }

    /** @return the annex's id */
    private String add(String filename, byte[] file) {
        String location = begin(maker, file.length, metadata(filename, id.toString()))
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        send(maker, location, file).then().statusCode(204).header("Regie-Article", id.toString());
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static Response begin(RequestSpecification who, long length, String metadata) {
        return tus(who).header("Upload-Length", length)
                .header("Upload-Metadata", metadata)
                .post(UPLOADS);
    }

    private static Response send(RequestSpecification who, String location, byte[] bytes) {
        return tus(who).header("Upload-Offset", 0).contentType(BODY).body(bytes).patch(location);
    }

    private static String metadata(String filename, String article) {
        return "filename " + base64(filename) + ",annex-of " + base64(article);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static RequestSpecification json(RequestSpecification who) {
        return given().spec(who).contentType(ContentType.JSON);
    }

    private static RequestSpecification tus(RequestSpecification who) {
        return given().spec(who)
                .header("Tus-Resumable", "1.0.0")
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs(BODY, ContentType.BINARY)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)));
    }
}
