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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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
    void unknownAccountsAnswerLikeKnownOnes() {
        Response known = basic(given(), user.email(), "wrong");
        Response unknown = basic(given(), UUID.randomUUID() + "@example.org", "wrong");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(names(unknown)).isEqualTo(names(known));
        assertThat(unknown.asString().replaceAll("urn:uuid:[^\"]+", ""))
                .isEqualTo(known.asString().replaceAll("urn:uuid:[^\"]+", ""));
    }

    @Test
    void unknownAccountsTakeAsLongAsKnownOnes() {
        basic(given(), user.email(), "warm up");
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            known.add(time(user.email()));
            unknown.add(time(UUID.randomUUID() + "@example.org"));
        }
        // Loose, because this machine is shared; without the same hashing the factor is above ten.
        assertThat((double) median(unknown) / median(known)).isBetween(0.5, 2.0);
    }

    private static long time(String email) {
        long start = System.nanoTime();
        basic(given(), email, "wrong");
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
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
        Response page = given().get("/sign-in");
        return given().redirects()
                .follow(false)
                .cookies(page.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(page))
                .formParam("email", email)
                .formParam("password", password)
                .post("/sign-in");
    }
}
