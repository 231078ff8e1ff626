package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people do with their own account. */
@QuarkusTest
class OwnAccountTest {

    @Inject
    TestClock clock;

    @Test
    void nameAndLanguageChange() {
        RequestSpecification author = json(TestAccounts.create(Role.AUTHOR).signIn());
        author.body(Map.of("name", " <b>Zoë</b> ", "locale", "fr"))
                .patch("/api/v1/account")
                .then()
                .statusCode(200)
                .body("name", equalTo("<b>Zoë</b>"))
                .body("locale", equalTo("fr"));
        author.body(Map.of("locale", ""))
                .patch("/api/v1/account")
                .then()
                .statusCode(200)
                .body("name", equalTo("<b>Zoë</b>"))
                .body("locale", nullValue());
        author.body(Map.of("locale", "tlh"))
                .patch("/api/v1/account")
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("locale"));
        author.body(Map.of("name", "  ")).patch("/api/v1/account").then().statusCode(400);
        author.body(Map.of("role", "ADMIN")).patch("/api/v1/account").then().statusCode(400);
    }

    @Test
    void addressChangesForWhoeverKnowsThePassword() {
        User user = TestAccounts.create(Role.AUTHOR);
        User other = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        String fresh = "New-" + UUID.randomUUID() + "@Example.org";
        changeEmail(browser, fresh, "not the password")
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("current"));
        changeEmail(browser, "nothing", user.password())
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("email"));
        changeEmail(browser, other.email().toUpperCase(Locale.ROOT), user.password())
                .then()
                .statusCode(409)
                .body("reason", equalTo("accounts.email-taken"));
        changeEmail(browser, fresh, user.password())
                .then()
                .statusCode(200)
                .body("email", equalTo(fresh.toLowerCase(Locale.ROOT)));
        new User(user.id(), fresh, user.password()).signIn();
    }

    @Test
    void stolenSessionIsNoWayToGuessThePassword() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String wrong = "wrong " + i;
            statuses.add(
                    i % 2 == 0
                            ? changeEmail(browser, "a@example.org", wrong).statusCode()
                            : json(browser)
                                    .body(Map.of("current", wrong, "password", "another good password"))
                                    .post("/api/v1/account/password")
                                    .statusCode());
        }
        assertThat(statuses).startsWith(400, 400).endsWith(429);
        clock.advance(Duration.ofMinutes(3));
        new User(user.id(), user.email(), user.password()).signIn();
    }

    @Test
    void sessionsSayWhichBrowserAndWhichIsThisOne() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser phone = signIn(user, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Safari/604.1");
        Browser desk = signIn(user, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
        Browser odd = signIn(user, "<script>alert(1)</script>");
        Response list = desk.asked().get("/api/v1/sessions");
        list.then()
                .statusCode(200)
                .body("size()", equalTo(3))
                .body("findAll { it.current }.browser", contains("Firefox"))
                .body("find { it.browser == 'Safari' }.platform", equalTo("iPhone"));
        assertThat(list.asString()).doesNotContain("script");
        desk.asked().delete("/api/v1/sessions").then().statusCode(204);
        phone.asked().get("/api/v1/account").then().statusCode(401);
        odd.asked().get("/api/v1/account").then().statusCode(401);
        desk.asked().get("/api/v1/sessions").then().body("size()", equalTo(1));
    }

    @Test
    void tokenEndsEverySession() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        user.asked().delete("/api/v1/sessions").then().statusCode(204);
        browser.asked().get("/api/v1/account").then().statusCode(401);
    }

    @Test
    void signingInLeadsMakersToTheStudioInTheirLanguage() {
        User user = TestAccounts.create(Role.CONTRIBUTOR);
        json(user.signIn()).body(Map.of("locale", "fr")).patch("/api/v1/account");
        Response form = given().get("/sign-in");
        Response answer = given().redirects()
                .follow(false)
                .cookies(form.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(form))
                .formParam("email", user.email())
                .formParam("password", user.password())
                .formParam("next", "")
                .post("/sign-in");
        assertThat(answer.header("Location")).endsWith("/studio");
        assertThat(answer.cookie("regie-language")).isEqualTo("fr");
    }

    private static Response changeEmail(Browser browser, String email, String current) {
        return json(browser).body(Map.of("email", email, "current", current)).post("/api/v1/account/email");
    }

    private static RequestSpecification json(Browser browser) {
        return browser.asked().contentType(ContentType.JSON);
    }

    private static Browser signIn(User user, String userAgent) {
        Response form = given().get("/sign-in");
        String session = given().redirects()
                .follow(false)
                .cookies(form.cookies())
                .header("User-Agent", userAgent)
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(form))
                .formParam("email", user.email())
                .formParam("password", user.password())
                .post("/sign-in")
                .cookie("__Host-regie");
        Response signedIn = given().cookie("__Host-regie", session).get("/sign-in");
        return new Browser(session, TestAccounts.csrfIn(signedIn));
    }
}
