package io.regie.core.uploads;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.settings.Installation;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tus routes inside the application: its credentials, its limits, its way of answering problems. */
@QuarkusTest
class UploadsApplicationTest {

    private static final String BODY = "application/offset+octet-stream";

    @Inject
    Installation installation;

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
