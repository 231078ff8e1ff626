package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.access.Role;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CsrfTest {

    private static final Map<String, Object> TOKEN = Map.of("name", "stolen", "scopes", List.of("*"));

    @Inject
    DataSource database;

    private Browser browser;

    @BeforeEach
    void signIn() {
        browser = TestAccounts.create(Role.ADMIN).signIn();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/tokens",
        "DELETE, /api/v1/tokens/8a3c1f0e-0000-4000-8000-000000000000",
        "DELETE, /api/v1/sessions/8a3c1f0e-0000-4000-8000-000000000000",
        "POST, /api/v1/accounts",
        "PATCH, /api/v1/accounts/8a3c1f0e-0000-4000-8000-000000000000",
        "POST, /api/v1/account/password",
        "POST, /api/v1/setup",
        "PUT, /api/v1/nothing"
    })
    void cookieWithoutTokenChangesNothing(String method, String path) {
        refused(browser.askedWithoutToken()
                .contentType(ContentType.JSON)
                .body("{}")
                .request(method, path));
    }

    @Test
    void tokenOfAnotherSessionIsRefused() {
        Browser other = TestAccounts.create(Role.AUTHOR).signIn();
        refused(browser.askedWithoutToken()
                .header("X-CSRF-Token", other.csrf())
                .contentType(ContentType.JSON)
                .body(TOKEN)
                .post("/api/v1/tokens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://localhost:1", "null", "http://localhost.evil.example", "file://"
            })
    void foreignOriginIsRefusedEvenWithTheToken(String origin) {
        refused(browser.asked()
                .header("Origin", origin)
                .contentType(ContentType.JSON)
                .body(TOKEN)
                .post("/api/v1/tokens"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "odd"})
    void foreignPageIsRefusedEvenWithTheToken(String site) {
        refused(browser.asked()
                .header("Sec-Fetch-Site", site)
                .contentType(ContentType.JSON)
                .body(TOKEN)
                .post("/api/v1/tokens"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void formsOfForeignPagesAreRefused(String type) {
        int status = sendAs(browser.askedWithoutToken(), type).statusCode();
        // No route of the API takes forms at all.
        assertThat(status).isIn(403, 415);
        browser.asked().get("/api/v1/tokens").then().body("size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void methodOverridesDoNotHelp(String header) {
        refused(browser.askedWithoutToken()
                .header(header, "GET")
                .contentType(ContentType.JSON)
                .body(TOKEN)
                .post("/api/v1/tokens?_method=GET"));
    }

    @Test
    void ownPageMayChangeThings() {
        browser.asked()
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON)
                .body(TOKEN)
                .post("/api/v1/tokens")
                .then()
                .statusCode(201);
    }

    @Test
    void signInFormsBelongToTheBrowserTheyWereSentTo() {
        Response form = given().get("/sign-in");
        String csrf = TestAccounts.csrfIn(form);
        refused(signIn(given(), csrf));
        refused(signIn(given().cookies(form.cookies()), "wrong"));
        refused(signIn(given().cookies(form.cookies()), null));
        refused(signIn(given().cookies(form.cookies()).header("Sec-Fetch-Site", "cross-site"), csrf));
        signIn(given().cookies(form.cookies()), csrf).then().statusCode(303);
    }

    @Test
    void signOutNeedsTheToken() {
        refused(browser.askedWithoutToken()
                .contentType(ContentType.URLENC)
                .formParam("x", "y")
                .post("/sign-out"));
        browser.asked().get("/api/v1/account").then().statusCode(200);
    }

    @Test
    void readingChangesNothing() throws SQLException {
        UUID other = TestAccounts.create(Role.AUTHOR).id();
        browser.asked().get("/api/v1/account").then().statusCode(200);
        String before = rows();
        for (String method : List.of("GET", "HEAD", "OPTIONS")) {
            for (String path : List.of(
                    "/api/v1/accounts",
                    "/api/v1/accounts/" + other,
                    "/api/v1/tokens",
                    "/api/v1/sessions",
                    "/api/v1/account",
                    "/api/v1/account/password",
                    "/api/v1/setup",
                    "/sign-in",
                    "/sign-out",
                    "/setup")) {
                browser.asked().redirects().follow(false).request(method, path);
            }
        }
        assertThat(rows()).isEqualTo(before);
    }

    private static Response signIn(RequestSpecification request, String csrf) {
        RequestSpecification form = request.redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("email", TestAccounts.ADMIN.email())
                .formParam("password", TestAccounts.ADMIN.password());
        return (csrf == null ? form : form.formParam("csrf", csrf)).post("/sign-in");
    }

    private static Response sendAs(RequestSpecification request, String type) {
        String json = "{\"name\":\"stolen\",\"scopes\":[\"*\"]}";
        return request.config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("multipart/form-data", ContentType.TEXT)
                                .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.TEXT)))
                .header("Content-Type", type)
                .body(json)
                .post("/api/v1/tokens");
    }

    private static void refused(Response response) {
        response.then()
                .statusCode(403)
                .contentType(startsWith("application/problem+json"))
                .body("reason", equalTo("access.csrf"));
    }

    private String rows() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = database.getConnection()) {
            for (String table : List.of("account", "session", "api_token", "setup", "setting")) {
                try (ResultSet row = connection
                        .createStatement()
                        .executeQuery("select count(*), md5(string_agg(t::text, '|' order by t::text)) from " + table
                                + " t")) {
                    row.next();
                    all.append(table).append(row.getString(1)).append(row.getString(2));
                }
            }
        }
        return all.toString();
    }
}
