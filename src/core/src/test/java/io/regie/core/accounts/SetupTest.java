package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.regie.core.TestAccounts;
import io.regie.core.TestClock;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One new site, from closed to open; so the order matters. */
@QuarkusTest
@TestProfile(SetupTest.NewSite.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SetupTest {

    private static final Path CONSOLE = Path.of("target/setup-test.log");
    private static final Pattern CODE = Pattern.compile("setup code: (\\S+)");

    /** Nothing set up, and what the console shows kept in a file. */
    public static final class NewSite implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Files.deleteIfExists(CONSOLE);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return Map.of(
                    "regie.admin-email", "",
                    "regie.admin-password", "",
                    "quarkus.log.file.enabled", "true",
                    "quarkus.log.file.path", CONSOLE.toString());
        }
    }

    @Inject
    SetupService setup;

    @Inject
    TestClock clock;

    @Test
    @Order(1)
    void healthAnswersBeforeSetup() {
        given().get("/q/health/ready").then().statusCode(200);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "GET, /api/v1/account",
        "GET, /api/v1/events",
        "POST, /api/v1/tokens",
        "POST, /api/v1/accounts",
        "GET, /api/openapi"
    })
    void everyOtherWayInIsClosed(String method, String path) {
        given().contentType(ContentType.JSON)
                .body("{}")
                .request(method, path)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("reason", equalTo("access.setup-needed"));
    }

    @Test
    @Order(1)
    void peopleAreSentToTheSetupPage() {
        given().redirects()
                .follow(false)
                .header("Accept", "text/html")
                .get("/sign-in")
                .then()
                .statusCode(303)
                .header("Location", containsString("/setup"));
        given().header("Accept-Language", "fr")
                .get("/setup")
                .then()
                .statusCode(200)
                .body(containsString("Code à usage unique"));
    }

    @Test
    @Order(2)
    void wrongCodesAreRefusedAndSlowedDown() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(complete("WRONG-" + i).statusCode());
        }
        assertThat(statuses).startsWith(403).endsWith(429);
        clock.advance(Duration.ofMinutes(3));
    }

    @Test
    @Order(2)
    void formsOfForeignPagesAreRefused() throws IOException {
        given().contentType(ContentType.URLENC)
                .formParam("code", codeOnTheConsole())
                .formParam("email", "evil@example.org")
                .formParam("password", "an evil password")
                .post("/setup")
                .then()
                .statusCode(403);
    }

    @Test
    @Order(2)
    void answersAreAskedOnlyOfWhoeverHasTheCode() throws IOException {
        Response page = given().get("/setup");
        form(page)
                .formParam("code", "WRONG-AGAIN")
                .post("/setup/code")
                .then()
                .statusCode(403)
                .body(containsString("The code is wrong"), not(containsString("name=\"password\"")));
        form(page)
                .formParam("code", codeOnTheConsole())
                .post("/setup/code")
                .then()
                .statusCode(200)
                .body(containsString("name=\"password\""));
        assertThat(setup.open()).isFalse();
    }

    @Test
    @Order(2)
    void secondBrowserCannotStepInWithoutTheCode() throws IOException {
        Response first = given().get("/setup");
        form(first).formParam("code", codeOnTheConsole()).post("/setup/code");
        Response second = given().get("/setup");
        form(second)
                .formParam("siteName", "Mine")
                .formParam("email", "evil@example.org")
                .formParam("password", "an evil password")
                .post("/setup")
                .then()
                .statusCode(403);
        assertThat(setup.open()).isFalse();
    }

    @Test
    @Order(3)
    void languagesThatNobodySpeaksAreRefused() throws IOException {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "code", codeOnTheConsole(),
                        "siteName", "Our site",
                        "email", "first@example.org",
                        "password", "correct horse battery",
                        "language", "tlh"))
                .post("/api/v1/setup")
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("language"));
    }

    @Test
    @Order(3)
    void weakPasswordLeavesTheSiteClosed() throws IOException {
        Response page = given().get("/setup");
        given().cookies(page.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(page))
                .formParam("code", codeOnTheConsole())
                .formParam("siteName", "<b>Ours</b>")
                .formParam("email", "first@example.org")
                .formParam("password", "short")
                .post("/setup")
                .then()
                .statusCode(400)
                .body(containsString("8"), containsString("&lt;b&gt;Ours&lt;/b&gt;"));
        assertThat(setup.open()).isFalse();
    }

    @Test
    @Order(4)
    void codeOfBeforeARestartIsWorthless() throws IOException {
        String old = codeOnTheConsole();
        setup.announceFreshCode();
        assertThat(codeOnTheConsole()).isNotEqualTo(old);
        complete(old).then().statusCode(403);
        clock.advance(Duration.ofMinutes(3));
    }

    @Test
    @Order(5)
    void ofManyAtOnceExactlyOneSetsUp() throws Exception {
        String code = codeOnTheConsole();
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(people.submit(() -> complete(code).statusCode()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnlyOnce(201);
            assertThat(statuses).isSubsetOf(201, 409, 403);
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    @Order(6)
    void afterwardsTheWayIsGone() throws IOException {
        complete(codeOnTheConsole()).then().statusCode(409).body("reason", equalTo("setup.done"));
        given().get("/setup").then().statusCode(404);
        given().get("/sign-in").then().statusCode(200).body(containsString("Our site"));
        given().contentType(ContentType.URLENC).post("/setup/code").then().statusCode(403);
    }

    @Test
    @Order(6)
    void siteSpeaksItsLanguageToWhoeverAsksForNoneOfOurs() {
        given().get("/sign-in").then().body(containsString("lang=\"fr\""));
        given().header("Accept-Language", "de").get("/sign-in").then().body(containsString("lang=\"fr\""));
        given().header("Accept-Language", "en-GB").get("/sign-in").then().body(containsString("lang=\"en\""));
        given().header("Accept-Language", "fr")
                .cookie("regie-language", "en")
                .get("/sign-in")
                .then()
                .body(containsString("lang=\"en\""));
    }

    @Test
    @Order(6)
    void theFirstAccountIsAnAdministrator() {
        new TestAccounts.User(null, "first@example.org", "correct horse battery")
                .asked()
                .get("/api/v1/accounts")
                .then()
                .statusCode(200)
                .body("size()", equalTo(1));
    }

    private static Response complete(String code) {
        return given().contentType(ContentType.JSON)
                .body(Map.of(
                        "code", code,
                        "siteName", "Our site",
                        "email", "first@example.org",
                        "password", "correct horse battery",
                        "language", "fr",
                        "name", "First",
                        "sampleContent", false))
                .post("/api/v1/setup");
    }

    private static RequestSpecification form(Response page) {
        return given().cookies(page.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(page));
    }

    private static String codeOnTheConsole() throws IOException {
        Matcher code = CODE.matcher(Files.readString(CONSOLE));
        String last = null;
        while (code.find()) {
            last = code.group(1);
        }
        assertThat(last).isNotNull();
        return last;
    }
}
