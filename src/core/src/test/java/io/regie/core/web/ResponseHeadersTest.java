package io.regie.core.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ResponseHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-in",
                "/setup",
                "/nothing",
                "/api/v1/account",
                "/api/openapi",
                "/q/health/ready",
                "/assets/regie/pages.css"
            })
    void everyAnswerHasTheBasics(String path) {
        given().get(path)
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "strict-origin-when-cross-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("X-Request-Id", notNullValue())
                .header("Server", nullValue())
                .header("X-Powered-By", nullValue())
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Strict-Transport-Security", nullValue());
    }

    @Test
    void pagesSayWhatTheyMayLoad() {
        given().get("/sign-in")
                .then()
                .statusCode(200)
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("form-action 'self'"),
                                containsString("base-uri 'none'"),
                                containsString("frame-ancestors 'none'")))
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Permissions-Policy", notNullValue())
                .header("Cache-Control", "no-store");
    }

    @Test
    void answersOfTheApiAreNotKept() {
        TestAccounts.ADMIN.asked().get("/api/v1/account").then().statusCode(200).header("Cache-Control", "no-store");
    }

    @Test
    void eachRequestHasItsOwnNumber() {
        List<String> numbers = List.of(
                given().header("X-Request-Id", "mine").get("/q/health/ready").header("X-Request-Id"),
                given().get("/q/health/ready").header("X-Request-Id"));
        assertThat(numbers).doesNotHaveDuplicates().doesNotContain("mine");
    }

    @Test
    void readinessSaysItsStatusOnly() {
        given().get("/q/health/ready").then().statusCode(200).body(equalTo("{\"status\":\"UP\"}"));
    }
}
