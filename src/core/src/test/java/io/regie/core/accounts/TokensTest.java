package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokensTest {

    @Test
    void limitedTokenDoesNothingElse() {
        User admin = TestAccounts.create(Role.ADMIN);
        String limited = admin.token("media:read", "jobs");
        with(limited).get("/api/v1/accounts").then().statusCode(403).body("reason", equalTo("access.scope"));
        with(limited).get("/api/v1/tokens").then().statusCode(403);
        create(with(limited), List.of("media:read"), null).then().statusCode(403);
        create(with(limited), List.of("*"), null).then().statusCode(403);
        with(admin.token("admin")).get("/api/v1/accounts").then().statusCode(200);
    }

    @Test
    void scopesDoNotMakeAnAdministrator() {
        String token = TestAccounts.create(Role.EDITOR).token("*", "admin");
        with(token).get("/api/v1/accounts").then().statusCode(403).body("reason", equalTo("forbidden"));
    }

    @Test
    void tokenMadeByATokenDoesNotOutliveIt() {
        User user = TestAccounts.create(Role.AUTHOR);
        Instant end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        String maker = create(with(user.token()), List.of("*"), end)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Response made = create(with(maker), List.of("*"), null);
        made.then().statusCode(201);
        assertThat(Instant.parse(made.path("expires"))).isEqualTo(end);
    }

    @Test
    void tokenEndsWhenItSaid() {
        User user = TestAccounts.create(Role.AUTHOR);
        create(user.asked(), List.of("*"), Instant.now().minusSeconds(1)).then().statusCode(400);
    }

    @Test
    void listsWithoutSecretsAndRevokes() {
        User user = TestAccounts.create(Role.AUTHOR);
        String first = user.token("media:read");
        String second = user.token();
        with(second)
                .get("/api/v1/tokens")
                .then()
                .statusCode(200)
                .body("size()", equalTo(2))
                .body("scopes[1]", contains("media:read"))
                .body("lastUsed[0]", notNullValue())
                .body(not(containsString(first.substring(6))))
                .body(not(containsString("hash")));
        String id = with(second).get("/api/v1/tokens").path("[1].id");
        TestAccounts.create(Role.ADMIN)
                .asked()
                .delete("/api/v1/tokens/" + id)
                .then()
                .statusCode(404);
        with(second).delete("/api/v1/tokens/" + id).then().statusCode(204);
        with(first).get("/api/v1/account").then().statusCode(401);
    }

    @Test
    void cookiesNeedNotFearATokenBesideThem() {
        User user = TestAccounts.create(Role.AUTHOR);
        given().cookie("__Host-regie", user.signIn().session())
                .header("Authorization", "Bearer wrong")
                .get("/api/v1/account")
                .then()
                .statusCode(401);
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static Response create(RequestSpecification request, List<String> scopes, Instant expires) {
        Map<String, Object> body = expires == null
                ? Map.of("name", "made", "scopes", scopes)
                : Map.of("name", "made", "scopes", scopes, "expires", expires.toString());
        return request.contentType(ContentType.JSON).body(body).post("/api/v1/tokens");
    }
}
