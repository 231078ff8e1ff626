package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BruteForceTest {

    @Inject
    TestClock clock;

    @Inject
    CountedPasswords passwords;

    private User user;

    @BeforeEach
    void makeUser() {
        user = TestAccounts.create(Role.AUTHOR);
    }

    @AfterEach
    void letEverybodyTryAgain() {
        clock.advance(Duration.ofMinutes(3));
    }

    @Test
    void manyWrongPasswordsAreSlowedDownAndTheRightOneWorksAfterTheWait() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(basic(given(), user.email(), "wrong " + i).statusCode());
        }
        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.subList(10, 20)).containsOnly(429);
        basic(given(), user.email(), user.password())
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("reason", equalTo("access.too-many-attempts"));
        clock.advance(Duration.ofSeconds(
                Long.parseLong(basic(given(), user.email(), user.password()).header("Retry-After"))));
        basic(given(), user.email(), user.password()).then().statusCode(201);
    }

    @Test
    void everyDoorAndEverySpellingCountsTogether() {
        for (int i = 0; i < 4; i++) {
            basic(given(), user.email().toUpperCase(Locale.ROOT), "wrong");
            basic(given(), " " + user.email(), "wrong");
            form(user.email(), "wrong");
        }
        basic(given(), user.email(), user.password()).then().statusCode(429);
        form(user.email(), user.password()).then().statusCode(429).header("Retry-After", notNullValue());
    }

    @Test
    void claimedAddressesDoNotHelp() {
        int last = 0;
        for (int i = 0; i < 12; i++) {
            String claimed = "198.51.100." + i;
            last = basic(
                            given().header("X-Forwarded-For", claimed)
                                    .header("Forwarded", "for=" + claimed)
                                    .header("X-Real-IP", claimed),
                            user.email(),
                            "wrong")
                    .statusCode();
        }
        assertThat(last).isEqualTo(429);
    }

    @Test
    void manyAtOnceAreCountedToo() throws Exception {
        ExecutorService attackers = Executors.newFixedThreadPool(25);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                answers.add(attackers.submit(
                        () -> basic(given(), user.email(), "wrong").statusCode()));
            }
            int judged = 0;
            for (Future<Integer> answer : answers) {
                judged += answer.get() == 401 ? 1 : 0;
            }
            assertThat(judged).isLessThanOrEqualTo(11);
        } finally {
            attackers.shutdownNow();
        }
    }

    @Test
    void wrongTokensAreSlowedDownAndRightOnesAreNot() {
        String token = user.token();
        int last = 0;
        for (int i = 0; i < 70; i++) {
            last = given().header("Authorization", "Bearer regie_" + i)
                    .get("/api/v1/account")
                    .statusCode();
        }
        assertThat(last).isEqualTo(429);
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(200);
    }

    @Test
    void passwordsOpenNothingButTokens() {
        given().auth()
                .preemptive()
                .basic(user.email(), user.password())
                .get("/api/v1/account")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("reason", equalTo("access.basic"));
    }

    @Test
    void aThousandGuessesByEveryWayAreHardlyJudged() throws Exception {
        Instant start = clock.instant();
        Response page = given().get("/sign-in");
        List<Callable<Response>> guesses = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            guesses.add(guess(i, page));
        }
        ExecutorService attackers = Executors.newFixedThreadPool(50);
        List<Response> answers = new ArrayList<>();
        int compared;
        try {
            List<Future<Response>> going = new ArrayList<>();
            compared = passwords.during(() -> {
                try {
                    going.addAll(attackers.invokeAll(guesses));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (Future<Response> answer : going) {
                answers.add(answer.get());
            }
        } finally {
            attackers.shutdownNow();
        }
        int allowed = allowed(start);
        assertThat(compared).isBetween(1, allowed);
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 429).hasSizeBetween(compared, allowed + 200);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .hasSizeGreaterThan(600)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*"));
        clock.advance(Duration.ofMinutes(3));
        basic(given(), user.email(), user.password()).then().statusCode(201);
    }

    /** Basic, form, or a form with fields it does not have; under any name and from any claimed address. */
    private Callable<Response> guess(int i, Response page) {
        String email =
                switch (i % 4) {
                    case 0 -> user.email();
                    case 1 -> user.email().toUpperCase(Locale.ROOT);
                    case 2 -> " " + user.email() + " ";
                    default -> user.email().replace("author", "Author");
                };
        String claimed = "198.51." + i / 250 + "." + i % 250;
        RequestSpecification request = given().header("X-Forwarded-For", claimed)
                .header("Forwarded", "for=" + claimed)
                .header("X-Real-IP", claimed)
                .header("X-Client-IP", claimed);
        return switch (i % 5) {
            case 0, 1 -> () -> basic(request, email, "wrong " + i);
            case 2 -> () -> filled(request, page, email, "wrong " + i).post("/sign-in");
            case 3 ->
                () -> filled(request, page, email, "wrong " + i)
                        .formParam("email", "somebody-" + i + "@example.org")
                        .formParam("remember", "1")
                        .post("/sign-in");
            default ->
                () -> request.auth()
                        .preemptive()
                        .basic(email, "wrong " + i)
                        .contentType(ContentType.JSON)
                        .body("{\"name\":\"a\",\"scopes\":[\"*\"],\"email\":\"x@example.org\",\"attempt\":" + i + "}")
                        .post("/api/v1/tokens");
        };
    }

    /** Ten at once and five more a minute: a slow machine allows more in the time that it needs. */
    private int allowed(Instant start) {
        long seconds = Duration.between(start, clock.instant()).toSeconds() + 1;
        return 11 + (int) (5 * seconds / 60);
    }

    @Test
    void unknownAndDisabledAccountsAnswerLikeKnownOnes() {
        String disabled = disabled().email();
        String unknown = UUID.randomUUID() + "@example.org";
        for (String other : List.of(disabled, unknown)) {
            alike(basic(given(), user.email(), "wrong"), basic(given(), other, "wrong"));
            alike(form(user.email(), "wrong"), form(other, "wrong"));
        }
        for (int i = 0; i < 12; i++) {
            basic(given(), user.email(), "wrong");
            basic(given(), unknown, "wrong");
        }
        alike(basic(given(), user.email(), "wrong"), basic(given(), unknown, "wrong"));
    }

    /** The work is what takes the time; that both are the same work, {@link PasswordsTest} shows. */
    @Test
    void unknownAndDisabledAccountsTakeAsMuchWorkAsKnownOnes() {
        User disabled = disabled();
        for (String email : List.of(user.email(), disabled.email(), UUID.randomUUID() + "@example.org")) {
            assertThat(passwords.during(() -> basic(given(), email, "wrong"))).isEqualTo(1);
            assertThat(passwords.during(() -> form(email, "wrong"))).isEqualTo(1);
        }
        assertThat(passwords.during(() -> basic(given(), disabled.email(), disabled.password())))
                .isEqualTo(1);
    }

    private static User disabled() {
        User disabled = TestAccounts.create(Role.AUTHOR);
        TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body("{\"disabled\":true}")
                .patch("/api/v1/accounts/" + disabled.id())
                .then()
                .statusCode(200);
        return disabled;
    }

    private static void alike(Response known, Response other) {
        assertThat(other.statusCode()).isEqualTo(known.statusCode());
        assertThat(names(other)).isEqualTo(names(known));
        assertThat(plain(other)).isEqualTo(plain(known));
    }

    /** Without what is new in every answer, and without what was typed. */
    private static String plain(Response response) {
        return response.asString()
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "")
                .replaceAll("nonce=\"[^\"]*\"|name=\"csrf\" value=\"[^\"]*\"|content=\"[^\"]*\"", "")
                .replaceAll("(author-)?@example\\.org", "")
                .replaceAll("\\d+ (second|minute)s?", "");
    }

    private static List<String> names(Response response) {
        Headers headers = response.headers();
        return headers.asList().stream()
                .map(header -> header.getName())
                .sorted()
                .toList();
    }

    private static Response basic(RequestSpecification request, String email, String password) {
        return request.auth()
                .preemptive()
                .basic(email, password)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"a\",\"scopes\":[\"*\"]}")
                .post("/api/v1/tokens");
    }

    private static Response form(String email, String password) {
        return filled(given(), given().get("/sign-in"), email, password).post("/sign-in");
    }

    private static RequestSpecification filled(
            RequestSpecification request, Response page, String email, String password) {
        return request.redirects()
                .follow(false)
                .cookies(page.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(page))
                .formParam("email", email)
                .formParam("password", password);
    }
}
