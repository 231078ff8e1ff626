package io.regie.core.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProblemsTest {

    private String token;

    @BeforeEach
    void takeToken() {
        token = TestAccounts.ADMIN.token();
    }

    @Test
    void unknownAddressesAreProblems() {
        problem(given().get("/api/v1/nothing").then(), 404, "not-found")
                .body("type", equalTo("urn:regie:problem:not-found"))
                .body("title", equalTo("Not found"))
                .body("detail", startsWith("There is nothing here"))
                .body("instance", startsWith("urn:uuid:"));
    }

    @Test
    void speakTheLanguageOfTheClient() {
        problem(
                        given().header("Accept-Language", "fr-CA, en;q=0.5")
                                .get("/api/v1/nothing")
                                .then(),
                        404,
                        "not-found")
                .body("title", equalTo("Introuvable"));
        problem(
                        given().header("Accept-Language", "ja, de")
                                .get("/api/v1/nothing")
                                .then(),
                        404,
                        "not-found")
                .body("title", equalTo("Not found"));
        problem(
                given().header("Accept-Language", "!!;q=x")
                        .get("/api/v1/nothing")
                        .then(),
                404,
                "not-found");
    }

    @Test
    void unknownFieldsAreNamed() {
        problem(post("{\"name\":\"a\",\"scopes\":[\"*\"],\"account\":\"x\"}"), 400, "request.json-field-unknown")
                .body("detail", containsString("\"account\""));
    }

    @Test
    void fieldsOfTheWrongTypeAreNamed() {
        problem(post("{\"name\":{},\"scopes\":[\"*\"]}"), 400, "request.json-field-type")
                .body("detail", containsString("\"name\""));
        problem(post("{\"name\":\"a\",\"scopes\":[\"*\"],\"expires\":\"soon\"}"), 400, "request.json-field-type");
    }

    @Test
    void malformedBodiesAreRefused() {
        problem(post("{\"name\":"), 400, "request.json-malformed");
        problem(post("{\"name\":\"a\",\"name\":\"b\",\"scopes\":[\"*\"]}"), 400, "request.json-malformed");
        problem(post("[]"), 400, "request.json-body-type");
        problem(post("{\"name\":\"a\",\"scopes\":[\"*\"]} {}"), 400, null);
        problem(post(""), 400, null);
    }

    @Test
    void invalidFieldsAreListed() {
        problem(post("{\"name\":\" \",\"scopes\":[]}"), 400, "invalid")
                .body("fields.field", hasItem("name"))
                .body("fields.field", hasItem("scopes"))
                .body("fields.detail", hasItem(notNullValue()));
        problem(post("{\"name\":\"a\",\"scopes\":[\"everything\"]}"), 400, "invalid")
                .body("fields[0].detail", containsString("everything"));
    }

    @Test
    void methodsAndTypesThatDoNotFitAreProblems() {
        problem(authorized().put("/api/v1/tokens").then(), 405, "method-not-allowed");
        problem(
                authorized()
                        .contentType("text/plain")
                        .body("x")
                        .post("/api/v1/tokens")
                        .then(),
                415,
                "unsupported-type");
        problem(authorized().get("/api/v1/accounts/not-a-uuid").then(), 404, "not-found");
    }

    @Test
    void bodiesOverTheLimitAreRefused() {
        String large = "{\"name\":\"" + "x".repeat(1_100_000) + "\",\"scopes\":[\"*\"]}";
        problem(post(large), 413, "too-large");
    }

    @Test
    void peopleGetAPage() {
        given().header("Accept", "text/html")
                .header("Accept-Language", "fr")
                .get("/nothing")
                .then()
                .statusCode(404)
                .contentType(ContentType.HTML)
                .header("Content-Security-Policy", startsWith("default-src 'none'"))
                .body(allOf(containsString("<html lang=\"fr\""), containsString("Introuvable")));
    }

    @Test
    void addressesInProblemPagesAreNotMarkup() {
        given().header("Accept", "text/html")
                .urlEncodingEnabled(false)
                .get("/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
                .then()
                .statusCode(400)
                .body(not(containsString("<script>")));
    }

    private RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + token);
    }

    private ValidatableResponse post(String body) {
        return authorized()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/tokens")
                .then();
    }

    /** @param reason null where the wording is not ours to choose */
    private static ValidatableResponse problem(ValidatableResponse response, int status, String reason) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .header("X-Request-Id", notNullValue())
                .body("status", equalTo(status))
                .body(not(containsString("Exception")))
                .body(not(containsString("io.regie")))
                .body(not(containsString("jackson")));
        return reason == null ? response : response.body("reason", equalTo(reason));
    }
}
