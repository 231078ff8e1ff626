package io.regie.core.studio.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The account's pages without a script: what they show, and what their forms do. */
@QuarkusTest
class AccountPagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "\"><svg onload=alert(1)>",
                "javascript:alert(1)",
                "{7*7}{config:x}${7*7}",
                "</script></title>",
                "`${alert(1)}`"
            })
    void hostileNamesAreText(String name) {
        Browser browser = TestAccounts.create(Role.AUTHOR).signIn();
        form(browser)
                .formParam("name", name)
                .formParam("language", "")
                .post("/studio/account")
                .then()
                .statusCode(303);
        form(browser)
                .formParam("name", name)
                .formParam("scopes", "jobs")
                .formParam("life", "30")
                .post("/studio/account/tokens")
                .then()
                .statusCode(201);
        for (String page : List.of("/studio/account", "/studio/account/tokens", "/sign-in")) {
            Response answer = browser.asked().get(page);
            answer.then().statusCode(200).header("Content-Security-Policy", not(containsString("unsafe")));
            assertThat(answer.asString())
                    .contains(name.replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                            .replace("\"", "&quot;"))
                    .doesNotContain("<img src=x", "<svg onload");
        }
    }

    @Test
    void everyPageIsForWhoeverIsSignedIn() {
        for (String page : List.of("", "/password", "/sessions", "/tokens")) {
            given().redirects()
                    .follow(false)
                    .accept("text/html")
                    .get("/studio/account" + page)
                    .then()
                    .statusCode(303)
                    .header("Location", containsString("/sign-in?next="));
        }
    }

    @Test
    void welcomeIsForAdministrators() {
        TestAccounts.create(Role.EDITOR)
                .signIn()
                .asked()
                .get("/studio/welcome")
                .then()
                .statusCode(403);
        TestAccounts.ADMIN
                .signIn()
                .asked()
                .get("/studio/welcome?sample=yes")
                .then()
                .statusCode(200)
                .body(containsString("/studio/upload"), containsString("/studio/library"));
    }

    @Test
    void problemsStandNextToTheirFields() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        form(browser)
                .formParam("email", "new@example.org")
                .formParam("current", "wrong")
                .post("/studio/account/email")
                .then()
                .statusCode(400)
                .body(containsString("id=\"current-error\""), containsString("value=\"new@example.org\""));
        form(browser)
                .formParam("current", user.password())
                .formParam("password", "short")
                .post("/studio/account/password")
                .then()
                .statusCode(400)
                .body(containsString("id=\"password-error\""), not(containsString("value=\"short\"")));
    }

    @Test
    void newPasswordComesWithANewSessionForThisBrowser() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        String session = form(browser)
                .formParam("current", user.password())
                .formParam("password", "another good password")
                .post("/studio/account/password")
                .then()
                .statusCode(303)
                .extract()
                .cookie("__Host-regie");
        assertThat(session).isNotNull().isNotEqualTo(browser.session());
        browser.asked().get("/api/v1/account").then().statusCode(401);
        given().cookie("__Host-regie", session).get("/api/v1/account").then().statusCode(200);
    }

    @Test
    void nobodyEndsOthersSessionsOrTokens() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser victim = user.signIn();
        String token = user.token();
        String sessionId = victim.asked().get("/api/v1/sessions").path("[0].id");
        String tokenId = victim.asked().get("/api/v1/tokens").path("[0].id");
        Browser other = TestAccounts.create(Role.ADMIN).signIn();
        form(other).post("/studio/account/sessions/" + sessionId + "/end");
        form(other).post("/studio/account/tokens/" + tokenId + "/revoke").then().statusCode(404);
        victim.asked().get("/api/v1/account").then().statusCode(200);
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(200);
    }

    @Test
    void cookieAloneChangesNothing() {
        Browser browser = TestAccounts.create(Role.AUTHOR).signIn();
        for (String action : List.of("", "/email", "/password", "/sessions/end-others", "/tokens")) {
            browser.askedWithoutToken()
                    .contentType(ContentType.URLENC)
                    .formParam("name", "stolen")
                    .post("/studio/account" + action)
                    .then()
                    .statusCode(403);
        }
        browser.asked().get("/api/v1/tokens").then().body("size()", equalTo(0));
    }

    private static RequestSpecification form(Browser browser) {
        return browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf());
    }
}
