package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.web.Secrets;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {

    @Inject
    TestClock clock;

    @Inject
    DataSource database;

    @Test
    void cookieIsBoundToThisHostAndHiddenFromScripts() {
        Response form = given().get("/sign-in");
        Response answer = given().redirects()
                .follow(false)
                .cookies(form.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(form))
                .formParam("email", TestAccounts.ADMIN.email())
                .formParam("password", TestAccounts.ADMIN.password())
                .post("/sign-in");
        for (Cookie cookie :
                new Cookie[] {answer.detailedCookie("__Host-regie"), form.detailedCookie("__Host-regie-form")}) {
            assertThat(cookie.isSecured()).isTrue();
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
            assertThat(cookie.getPath()).isEqualTo("/");
            assertThat(cookie.getDomain()).isNull();
        }
    }

    @Test
    void secretsAreLongAndNeverTheSame() {
        Set<String> secrets = new HashSet<>();
        int[] ones = new int[256];
        for (int i = 0; i < 10_000; i++) {
            String secret = Secrets.fresh();
            assertThat(secrets.add(secret)).isTrue();
            byte[] bytes = Base64.getUrlDecoder().decode(secret);
            assertThat(bytes).hasSize(32);
            for (int bit = 0; bit < 256; bit++) {
                ones[bit] += bytes[bit / 8] >> (bit % 8) & 1;
            }
        }
        // Six standard deviations on either side.
        assertThat(Arrays.stream(ones)).allMatch(count -> count > 4700 && count < 5300);
    }

    @Test
    void signingInNeverKeepsASessionThatWasThereBefore() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser first = user.signIn();
        Response page = given().cookie("__Host-regie", first.session()).get("/sign-in");
        Response answer = given().redirects()
                .follow(false)
                .cookie("__Host-regie", first.session())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(page))
                .formParam("email", user.email())
                .formParam("password", user.password())
                .post("/sign-in");
        answer.then().statusCode(303);
        assertThat(answer.cookie("__Host-regie")).isNotEqualTo(first.session());
        unauthenticated(first);
    }

    @Test
    void inventedSessionIsNobody() {
        given().cookie("__Host-regie", "A".repeat(43))
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        given().cookie("__Host-regie", "").get("/api/v1/account").then().statusCode(401);
        given().cookie("regie", TestAccounts.ADMIN.signIn().session())
                .get("/api/v1/account")
                .then()
                .statusCode(401);
    }

    @Test
    void newPasswordEndsSessionsAndTokens() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        String token = user.token();
        browser.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("current", user.password(), "password", "another good password"))
                .post("/api/v1/account/password")
                .then()
                .statusCode(204);
        unauthenticated(browser);
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        new User(user.id(), user.email(), "another good password").signIn();
    }

    @Test
    void newRoleEndsSessionsAndCountsAtOnceForTokens() {
        User user = TestAccounts.create(Role.ADMIN);
        Browser browser = user.signIn();
        String token = user.token();
        change(user, Map.of("role", "AUTHOR"));
        unauthenticated(browser);
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/accounts")
                .then()
                .statusCode(403);
    }

    @Test
    void disabledAccountIsNobodyAtOnce() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        String token = user.token();
        change(user, Map.of("disabled", true));
        unauthenticated(browser);
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        given().auth()
                .preemptive()
                .basic(user.email(), user.password())
                .contentType(ContentType.JSON)
                .body("{\"name\":\"a\",\"scopes\":[\"*\"]}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(401)
                .body("reason", equalTo("accounts.wrong"));
    }

    @Test
    void othersSessionsCannotBeRevoked() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        String id = browser.asked().get("/api/v1/sessions").path("[0].id");
        TestAccounts.create(Role.ADMIN)
                .asked()
                .delete("/api/v1/sessions/" + id)
                .then()
                .statusCode(404);
        browser.asked().delete("/api/v1/sessions/" + id).then().statusCode(204);
        unauthenticated(browser);
    }

    @Test
    void sessionsExpire() throws SQLException {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser idle = user.signIn();
        move(user, "last_seen = last_seen - interval '8 days'");
        unauthenticated(idle);
        Browser old = user.signIn();
        move(user, "expires = now() - interval '1 second'");
        unauthenticated(old);
    }

    @Test
    void databaseHoldsNoSecret() throws SQLException {
        User user = TestAccounts.create(Role.AUTHOR);
        String session = user.signIn().session();
        String token = user.token();
        try (Connection connection = database.getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "select string_agg(t::text, '|') from (select a::text as t from account a union all"
                                        + " select s::text from session s union all select k::text from api_token k) all_rows")) {
            rows.next();
            assertThat(rows.getString(1)).doesNotContain(session, token, token.substring(6), user.password());
        }
    }

    private void move(User user, String change) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update session set " + change + " where account = ?")) {
            update.setObject(1, user.id());
            assertThat(update.executeUpdate()).isPositive();
        }
    }

    private static void change(User user, Map<String, Object> change) {
        TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(change)
                .patch("/api/v1/accounts/" + user.id())
                .then()
                .statusCode(200);
    }

    private static void unauthenticated(Browser browser) {
        browser.asked().get("/api/v1/account").then().statusCode(401);
    }
}
