package io.regie.core.jobs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.database.Sql;
import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.plugins.TestPlugins;
import io.regie.spi.FailureKind;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class JobListTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOSTILE = "<img src=x onerror=alert(1)> \"'&{{title}}";

    @Inject
    JobService service;

    @Inject
    FoldOldJobs folding;

    @Inject
    TestPlugins plugins;

    @Inject
    Sql sql;

    @Inject
    InstantSource clock;

    private User author;
    private RequestSpecification asked;

    @BeforeEach
    void prepare() {
        plugins.installActing();
        author = TestAccounts.create(Role.AUTHOR);
        asked = given().header("Authorization", "Bearer " + author.token("jobs"));
    }

    @Test
    void listsOnlyOwnJobsUnlessTheCallerEdits() {
        UUID own = ended(author, JobState.SUCCEEDED, clock.instant());
        User other = TestAccounts.create(Role.AUTHOR);
        UUID others = ended(other, JobState.SUCCEEDED, clock.instant());
        list("").body("items.id", contains(own.toString()));
        given().spec(TestAccounts.create(Role.EDITOR).asked())
                .get("/api/v1/jobs?limit=100")
                .then()
                .body("items.id", hasItem(own.toString()))
                .body("items.id", hasItem(others.toString()));
        given().get("/api/v1/jobs").then().statusCode(401);
        given().header("Authorization", "Bearer " + author.token("media:write"))
                .get("/api/v1/jobs")
                .then()
                .statusCode(403);
    }

    @Test
    void pagesFromTheNewestToTheOldest() {
        List<String> made = new ArrayList<>();
        Instant now = clock.instant();
        for (int i = 0; i < 5; i++) {
            // Two at the same time: the id decides.
            made.add(ended(author, JobState.SUCCEEDED, now.minusSeconds(i / 2)).toString());
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        for (int page = 0; page < 3; page++) {
            JsonPath answer = list("?limit=2" + next).extract().jsonPath();
            seen.addAll(answer.getList("items.id"));
            next = "&cursor=" + answer.getString("next");
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made).doesNotHaveDuplicates();
        assertThat(next).isEqualTo("&cursor=null");
        given().spec(asked).get("/api/v1/jobs?cursor=rubbish").then().statusCode(400);
    }

    @Test
    void filtersByStateAndType() {
        UUID failed = ended(author, JobState.FAILED, clock.instant());
        ended(author, JobState.SUCCEEDED, clock.instant());
        UUID cancelled = ended(author, JobState.CANCELLED, clock.instant().minusSeconds(5));
        list("?state=failed").body("items.id", contains(failed.toString()));
        list("?state=failed&state=cancelled").body("items.id", contains(failed.toString(), cancelled.toString()));
        list("?type=core.probe").body("items", empty());
        given().spec(asked)
                .get("/api/v1/jobs?state=FAILED")
                .then()
                .statusCode(400)
                .body("detail", containsString("FAILED"));
    }

    @Test
    void leavesLogsToSingleJobsAndNeverShowsParameters() {
        UUID job = ended(author, JobState.FAILED, clock.instant());
        sql.update("UPDATE job SET log = 'a line', parameters = '{\"with\": \"a-secret\"}' WHERE id = ?", job);
        list("").body("items[0].log", nullValue()).body(not(containsString("a-secret")));
        given().spec(asked)
                .get("/api/v1/jobs/" + job)
                .then()
                .body("log", equalTo("a line"))
                .body(not(containsString("a-secret")));
    }

    @Test
    void keepsTheNameOfWhatIsGone() {
        ended(author, JobState.FAILED, clock.instant());
        list("").body("items[0].title", equalTo(HOSTILE)).body("items[0].mediaGone", equalTo(true));
    }

    @Test
    void saysWhyAndWhatToDoInTheReadersLanguage() {
        UUID job = submit(author, "bad-input");
        await().atMost(PATIENCE).until(() -> state(job).equals("failed"));
        given().spec(asked)
                .header("Accept-Language", "fr")
                .get("/api/v1/jobs/" + job)
                .then()
                .body("failure.kind", equalTo("bad-input"))
                .body("failure.sentence", equalTo("Ce qui a été fourni ne convient pas à ce traitement."))
                .body("failure.said", equalTo("This is not what it should be."))
                .body("failure.remedy", equalTo("other-file"))
                .body("failure.advice", containsString("Exportez"))
                .body("node", notNullValue())
                .body("workSeconds", notNullValue())
                .body("actions", contains("retry"));
    }

    @Test
    void saysWhyAQuarantinedFileWasSetAside() {
        UUID job = submit(author, "halt");
        await().atMost(PATIENCE).until(() -> state(job).equals("failed"));
        given().spec(asked)
                .header("Accept-Language", "fr")
                .get("/api/v1/jobs/" + job)
                .then()
                .body("failure.reason", equalTo("quarantined"))
                .body("failure.sentence", containsString("mis de côté"))
                .body("failure.said", nullValue())
                .body("failure.remedy", equalTo("other-file"))
                .body("attempts", equalTo(2));
    }

    @ParameterizedTest
    @EnumSource(Remedy.class)
    void everyRemedyHasItsSentencesForEverybody(Remedy remedy) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            assertThat(remedy.sentence(locale, false)).isNotBlank();
            assertThat(remedy.sentence(locale, true)).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void everyKindOfFailureHasItsSentence(FailureKind kind) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            JobFailure failure = JobFailure.of(new Failure(kind, null, "words"), locale, false);
            assertThat(failure.sentence()).isNotBlank();
            assertThat(failure.advice()).isNotBlank();
            assertThat(failure.said()).isEqualTo("words");
        }
    }

    @Test
    void retriesAllFailedJobsOfTheCallerAndNobodyElses() {
        UUID first = ended(author, JobState.FAILED, clock.instant());
        UUID second = ended(author, JobState.FAILED, clock.instant());
        UUID gone = ended(author, JobState.FAILED, clock.instant().minusSeconds(60));
        sql.update("INSERT INTO job_discard SELECT subject, ? FROM job WHERE id = ?", clock.instant(), gone);
        UUID cancelled = ended(author, JobState.CANCELLED, clock.instant());
        UUID others = ended(TestAccounts.create(Role.AUTHOR), JobState.FAILED, clock.instant());
        given().spec(asked)
                .post("/api/v1/jobs/retry-failed")
                .then()
                .statusCode(200)
                .body("retried", equalTo(2))
                .body("left", equalTo(0));
        for (UUID job : List.of(first, second)) {
            await().atMost(PATIENCE).until(() -> state(job).equals("succeeded"));
        }
        assertThat(state(cancelled)).isEqualTo("cancelled");
        assertThat(row(others)).isEqualTo("FAILED");
        given().spec(asked).post("/api/v1/jobs/" + gone + "/retry").then().statusCode(409);
        given().spec(asked).post("/api/v1/jobs/" + others + "/retry").then().statusCode(404);
    }

    @Test
    void countsPerDayAndKeepsTheFiguresOfOldJobs() {
        Instant now = clock.instant();
        ended(author, JobState.SUCCEEDED, now);
        ended(author, JobState.FAILED, now);
        ended(author, JobState.CANCELLED, now);
        ended(author, JobState.SUCCEEDED, now.minus(Duration.ofDays(2)));
        // Queued long ago and never begun: it has waited at the end of every day since.
        UUID waiting = waiting(author, now.minus(Duration.ofDays(5)));
        UUID old = ended(author, JobState.STOPPED, now.minus(Duration.ofDays(100)));
        ended(TestAccounts.create(Role.AUTHOR), JobState.SUCCEEDED, now);

        JsonPath before = figures(120);
        folding.run();
        JsonPath after = figures(120);

        assertThat(row(old)).isNull();
        assertThat(after.<Object>get()).isEqualTo(before.<Object>get());
        LocalDate today = LocalDate.ofInstant(now, ZoneId.systemDefault());
        assertThat(after.getString("days[119].day")).isEqualTo(today.toString());
        assertThat(after.<Map<String, Object>>get("days[119]"))
                .containsEntry("added", 3)
                .containsEntry("waiting", 1)
                .containsEntry("done", 1)
                .containsEntry("failed", 1)
                .containsEntry("workSeconds", 30f)
                .containsEntry("mediaSeconds", 60f);
        assertThat(after.<Map<String, Object>>get("days[117]")).containsEntry("done", 1);
        assertThat(after.getInt("days[114].waiting")).isEqualTo(1);
        assertThat(after.getInt("days[113].waiting")).isZero();
        assertThat(after.<Map<String, Object>>get("days[19]")).containsEntry("done", 1);
        given().spec(asked)
                .get("/api/v1/jobs/figures?days=3&type=none.such")
                .then()
                .body("days", hasSize(3))
                .body("days.added", everyItem(equalTo(0)));
        service.cancel(waiting);
    }

    private JsonPath figures(int days) {
        return given().spec(asked)
                .get("/api/v1/jobs/figures?days=" + days)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private ValidatableResponse list(String query) {
        return given().spec(asked).get("/api/v1/jobs" + query).then().statusCode(200);
    }

    private String state(UUID job) {
        return given().spec(asked).get("/api/v1/jobs/" + job).path("state");
    }

    private String row(UUID job) {
        return sql.find("SELECT state FROM job WHERE id = ?", row -> row.getString(1), job)
                .orElse(null);
    }

    private UUID submit(User owner, String act) {
        return service.submit(new JobDraft(
                "acting.act",
                UUID.randomUUID(),
                HOSTILE,
                owner.id(),
                owner.id(),
                List.of(),
                Map.of("act", act, "with", "", "amount", 1L)));
    }

    /** A row of a job that took half a minute for a minute of film. */
    private UUID ended(User owner, JobState state, Instant end) {
        UUID id = waiting(owner, end.minusSeconds(31));
        sql.update(
                """
                UPDATE job SET state = ?, attempt = 1, started = ?, attempted = ?, ended = ?, media_seconds = 60,
                        failure = CASE WHEN ? THEN '{"kind": "INTERNAL", "sentence": ""}'::jsonb END
                WHERE id = ?
                """,
                state.name(),
                end.minusSeconds(30),
                end.minusSeconds(30),
                end,
                state == JobState.FAILED,
                id);
        return id;
    }

    /** A row of a job that nobody starts. */
    private UUID waiting(User owner, Instant since) {
        UUID id = UUID.randomUUID();
        sql.update(
                """
                INSERT INTO job (id, type, pool, ticket, subject, label, owner, inputs, parameters, state, created, queued)
                VALUES (?, 'acting.act', 'BATCH', ?, ?, ?, ?, '[]', ?::jsonb, 'QUEUED', ?, ?)
                """,
                id,
                UUID.randomUUID(),
                UUID.randomUUID(),
                HOSTILE,
                owner.id(),
                "{\"act\": \"succeed\", \"with\": \"\", \"amount\": 1}",
                since,
                since);
        return id;
    }
}
