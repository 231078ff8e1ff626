package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInTest {

    @Test
    void passwordMakesATokenAndTheTokenIsTheAccount() {
        User user = TestAccounts.create(Role.AUTHOR);
        String token = user.token("media:read", "*");
        assertThat(token).startsWith("regie_");
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(200)
                .body("email", equalTo(user.email()))
                .body("role", equalTo("author"));
    }

    @Test
    void browserSignsInAndOut() {
        Browser browser = TestAccounts.create(Role.AUTHOR).signIn();
        browser.asked().get("/api/v1/account").then().statusCode(200);
        browser.asked()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .post("/sign-out")
                .then()
                .statusCode(303);
        browser.asked().get("/api/v1/account").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
    }

    @Test
    void cookieAloneChangesNothing() {
        Browser browser = TestAccounts.create(Role.ADMIN).signIn();
        browser.askedWithoutToken()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "stolen", "scopes", new String[] {"*"}))
                .post("/api/v1/tokens")
                .then()
                .statusCode(403)
                .body("reason", equalTo("access.csrf"));
        browser.asked().get("/api/v1/tokens").then().statusCode(200).body("size()", equalTo(0));
        browser.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "meant", "scopes", new String[] {"*"}))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201);
    }
}
