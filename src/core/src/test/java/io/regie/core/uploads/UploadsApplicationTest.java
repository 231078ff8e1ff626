package io.regie.core.uploads;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.media.NewArticles;
import io.regie.core.settings.Installation;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tus routes inside the application: its credentials, its limits, its way of answering problems. */
@QuarkusTest
class UploadsApplicationTest {

    private static final String BODY = "application/offset+octet-stream";

    @Inject
    Installation installation;

    @Inject
    NewArticles standards;

    @Test
    void takesBodiesBeyondTheLimitOfOtherRoutesWhole() throws Exception {
        User user = TestAccounts.create(Role.CONTRIBUTOR);
        byte[] part = TusConformanceTest.png(9_000_000);
        String location = create(user.asked(), 20_000_000);
        tus(user.asked())
                .header("Upload-Offset", 0)
                .contentType(BODY)
                .body(part)
                .patch(location)
                .then()
                .statusCode(204)
                .header("Upload-Offset", "9000000");
        Path file = installation.data().resolve("uploads").resolve(location.substring(location.lastIndexOf('/') + 1));
        assertThat(Files.readAllBytes(file)).isEqualTo(part);
        tus(user.asked()).head(location).then().statusCode(200).header("Upload-Offset", "9000000");
        tus(TestAccounts.create(Role.ADMIN).asked()).head(location).then().statusCode(404);
        tus(user.asked()).delete(location).then().statusCode(204);
    }

    @Test
    void takesASessionOnlyWithProofThatTheRequestWasMeant() {
        Browser browser = TestAccounts.create(Role.CONTRIBUTOR).signIn();
        tus(browser.askedWithoutToken())
                .header("Upload-Length", 10)
                .post(TusRoutes.PATH)
                .then()
                .statusCode(403);
        String location = create(browser.asked(), 10);
        tus(browser.askedWithoutToken())
                .header("Upload-Offset", 0)
                .contentType(BODY)
                .body(new byte[5])
                .patch(location)
                .then()
                .statusCode(403);
        tus(browser.asked())
                .header("Upload-Offset", 0)
                .contentType(BODY)
                .body(new byte[5])
                .patch(location)
                .then()
                .statusCode(204);
    }

    @Test
    void refusesWhoeverMayNotUpload() {
        tus(given()).header("Upload-Length", 10).post(TusRoutes.PATH).then().statusCode(401);
        String reader = TestAccounts.create(Role.CONTRIBUTOR).token("media:read");
        tus(given().header("Authorization", "Bearer " + reader))
                .header("Upload-Length", 10)
                .post(TusRoutes.PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void explainsItselfToEverybody() {
        given().options(TusRoutes.PATH)
                .then()
                .statusCode(204)
                .header("Tus-Version", "1.0.0")
                .header("Tus-Max-Size", notNullValue());
    }

    @Test
    void isInTheDescriptionOfTheApi() {
        given().accept(ContentType.JSON)
                .get("/api/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/uploads'.post.tags[0]", equalTo("Uploads"))
                .body("paths.'/api/v1/uploads/{id}'.patch.responses", notNullValue())
                .body("paths.'/api/v1/account'.get", notNullValue());
    }

    @Test
    void listsWhatTheCallerDidNotFinish() {
        User user = TestAccounts.create(Role.CONTRIBUTOR);
        String location = create(user.asked().header("Upload-Metadata", "filename c2VhLm1wNA==,modified MTIz"), 10);
        tus(user.asked())
                .header("Upload-Offset", 0)
                .contentType(BODY)
                .body(new byte[4])
                .patch(location)
                .then()
                .statusCode(204);
        user.asked()
                .get(TusRoutes.PATH)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].url", equalTo(location))
                .body("items[0].filename", equalTo("sea.mp4"))
                .body("items[0].modified", equalTo("123"))
                .body("items[0].length", equalTo(10))
                .body("items[0].received", equalTo(4));
        TestAccounts.create(Role.ADMIN)
                .asked()
                .get(TusRoutes.PATH)
                .then()
                .statusCode(200)
                .body("items", empty());
        tus(user.asked()).delete(location).then().statusCode(204);
        user.asked().get(TusRoutes.PATH).then().body("items", empty());
    }

    @Test
    void knowsAFileAgainForItsOwnerOnly() throws Exception {
        User user = TestAccounts.create(Role.CONTRIBUTOR);
        byte[] text = ("%PDF-1.4\n% " + UUID.randomUUID() + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
        String location = create(user.asked().header("Upload-Metadata", "filename cGFwZXIucGRm"), text.length);
        String article = tus(user.asked())
                .header("Upload-Offset", 0)
                .contentType(BODY)
                .body(text)
                .patch(location)
                .then()
                .statusCode(204)
                .extract()
                .header("Regie-Article");
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        String asked = TusRoutes.PATH + "/duplicate?filename=paper.pdf&bytes=" + text.length;
        user.asked().get(asked).then().statusCode(200).body("article", equalTo(article));
        user.asked().get(asked + "&sha256=" + hash).then().body("article", equalTo(article));
        user.asked().get(asked + "&sha256=" + "0".repeat(64)).then().body("article", nullValue());
        user.asked().get(asked + "&sha256=nonsense").then().statusCode(400);
        user.asked()
                .get(TusRoutes.PATH + "/duplicate?filename=paper.pdf")
                .then()
                .statusCode(400);
        TestAccounts.create(Role.CONTRIBUTOR).asked().get(asked).then().body("article", nullValue());
    }

    /** Else that of the site; and what is no licence is none. */
    @Test
    void takesTheLicenceThatTheClientNames() {
        User user = TestAccounts.create(Role.CONTRIBUTOR);
        assertThat(licence(user, "filename cGFwZXIucGRm,licence Q0MwLTEuMA==")).isEqualTo("CC0-1.0");
        assertThat(licence(user, "filename cGFwZXIucGRm,licence bWluZQ==")).isNull();
        standards.changeLicence("CC-BY-SA-4.0");
        try {
            assertThat(licence(user, "filename cGFwZXIucGRm")).isEqualTo("CC-BY-SA-4.0");
            assertThat(licence(user, "filename cGFwZXIucGRm,licence Q0MwLTEuMA=="))
                    .isEqualTo("CC0-1.0");
        } finally {
            standards.changeLicence(null);
        }
    }

    private static String licence(User user, String metadata) {
        byte[] text = ("%PDF-1.4\n% " + UUID.randomUUID() + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
        String location = create(user.asked().header("Upload-Metadata", metadata), text.length);
        String article = tus(user.asked())
                .header("Upload-Offset", 0)
                .contentType(BODY)
                .body(text)
                .patch(location)
                .header("Regie-Article");
        return user.asked().get("/api/v1/media/" + article).path("licence");
    }

    @Test
    void tellsWhatIsLeftOfNoLimit() {
        TestAccounts.create(Role.CONTRIBUTOR)
                .asked()
                .get(TusRoutes.PATH + "/quota")
                .then()
                .statusCode(200)
                .body("bytes", nullValue())
                .body("left", nullValue());
    }

    @Test
    void speaksTheClientsLanguage() {
        User user = TestAccounts.create(Role.CONTRIBUTOR);
        String location = create(user.asked(), 10);
        tus(user.asked())
                .header("Upload-Offset", 3)
                .header("Accept-Language", "fr")
                .contentType(BODY)
                .body(new byte[1])
                .patch(location)
                .then()
                .statusCode(409)
                .header("Tus-Resumable", "1.0.0")
                .contentType("application/problem+json")
                .body("detail", equalTo("L'envoi reprend à l'octet 0."));
    }

    private static String create(RequestSpecification asked, long length) {
        return tus(asked)
                .header("Upload-Length", length)
                .post(TusRoutes.PATH)
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
    }

    private static RequestSpecification tus(RequestSpecification request) {
        return request.header("Tus-Resumable", "1.0.0")
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs(BODY, ContentType.BINARY)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)));
    }
}
