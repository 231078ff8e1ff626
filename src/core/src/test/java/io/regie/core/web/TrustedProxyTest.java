package io.regie.core.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TrustedProxyTest.BehindProxy.class)
class TrustedProxyTest {

    /** The tests' own address is the proxy. */
    public static final class BehindProxy implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("regie.trusted-proxies", "127.0.0.0/8,::1", "regie.insecure-http", "true");
        }
    }

    @Test
    void addressOfTheClientIsTheLastOneThatNoTrustedProxyAdded() {
        for (int i = 0; i < 12; i++) {
            attempt("203.0.113.9, 198.51.100." + i);
        }
        // Each was another client to us, whatever they claimed themselves.
        assertThat(attempt("203.0.113.9, 198.51.100.200")).isEqualTo(401);
        for (int i = 0; i < 12; i++) {
            attempt("198.51.100." + i + ", 203.0.113.77");
        }
        assertThat(attempt("192.0.2.1, 203.0.113.77")).isEqualTo(429);
        assertThat(attempt("192.0.2.1, 203.0.113.77, 127.0.0.1")).isEqualTo(429);
    }

    @Test
    void httpsOfTheProxyIsHttps() {
        given().header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "media.example.org")
                .get("/sign-in")
                .then()
                .statusCode(200)
                .header("Strict-Transport-Security", notNullValue())
                .cookie("__Host-regie-form", notNullValue())
                .body(containsString("<form"));
    }

    @Test
    void plainHttpIsAllowedWithAWarning() {
        Response page = given().header("X-Forwarded-Host", "media.example.org").get("/sign-in");
        page.then().statusCode(200).body(containsString("can read your password"));
        assertThat(page.cookies()).containsOnlyKeys("regie-form");
    }

    private static int attempt(String forwarded) {
        return given().header("X-Forwarded-For", forwarded)
                .auth()
                .preemptive()
                .basic("victim@example.org", "wrong")
                .contentType(ContentType.JSON)
                .body("{\"name\":\"a\",\"scopes\":[\"*\"]}")
                .post("/api/v1/tokens")
                .statusCode();
    }
}
