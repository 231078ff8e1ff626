package io.regie.core.studio.jobs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.database.Sql;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class JobsPagesTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'";

    @Inject
    Sql sql;

    @Inject
    InstantSource clock;

    private User author;
    private Browser browser;

    @BeforeEach
    void signIn() {
        author = TestAccounts.create(Role.AUTHOR);
        browser = author.signIn();
    }

    @Test
    void saysWhatIsGoingToBeHereWhileNothingIs() {
        String page = page("/studio/jobs");
        assertThat(page).contains("No jobs yet").contains("data-figures hidden");
    }

    @Test
    void showsWhatStrangersWroteAsText() {
        UUID job = failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"<script>alert(2)</script>\"}");
        sql.update("UPDATE job SET log = '</pre><script>alert(3)</script>' WHERE id = ?", job);
        for (String path : new String[] {"/studio/jobs", "/studio/jobs/list", "/studio/jobs/" + job}) {
            assertThat(page(path))
                    .contains("&lt;img src=x onerror=alert(1)&gt;")
                    .contains("&lt;script&gt;alert(2)&lt;/script&gt;")
                    .doesNotContain("<img src=x")
                    .doesNotContain("<script>alert");
        }
        assertThat(page("/studio/jobs/" + job)).contains("&lt;/pre&gt;&lt;script&gt;alert(3)");
    }

    @Test
    void saysWhyAndWhatToDoInFrench() {
        failed(author, "{\"kind\": \"RESOURCES\", \"reason\": \"memory\", \"sentence\": \"plugin words\"}");
        assertThat(french("/studio/jobs"))
                .contains("À deux reprises, le traitement de ce fichier a demandé plus de mémoire")
                .contains("Que faire")
                .contains("version plus légère")
                .doesNotContain("plugin words");
    }

    @Test
    void saysWhatHappenedAndWhatToDoForReasonsThatNobodyKnows() {
        failed(author, "{\"kind\": \"EXTERNAL\", \"reason\": \"moon-phase\", \"sentence\": \"The moon is full.\"}");
        String page = french("/studio/jobs");
        assertThat(page)
                .contains("Quelque chose d&#39;extérieur à ce serveur n&#39;a pas répondu comme prévu")
                .contains("« The moon is full. »")
                .contains("Relancez la tâche plus tard");
        UUID silent = failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        sql.update("UPDATE job SET failure = NULL WHERE id = ?", silent);
        assertThat(french("/studio/jobs/" + silent))
                .contains("Le programme chargé de ce traitement a échoué")
                .contains("Relancez la tâche")
                .doesNotContain("job-said");
    }

    @Test
    void filtersByLinks() {
        failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        assertThat(page("/studio/jobs?show=failed")).contains("data-state=\"failed\"");
        assertThat(page("/studio/jobs?show=active")).contains("Nothing is waiting or running");
        assertThat(page("/studio/jobs?show=rubbish")).contains("data-state=\"failed\"");
        assertThat(page("/studio/jobs?type=core.probe")).contains("No jobs match");
        assertThat(page("/studio/jobs?media=" + UUID.randomUUID())).contains("Only jobs of one article");
    }

    @Test
    void takesOrdersFromFormsWithoutScript() {
        UUID job = failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        post("/studio/jobs/" + job + "/retry", "/studio/jobs?show=failed")
                .then()
                .statusCode(303)
                .header("Location", containsString("/studio/jobs?show=failed"));
        assertThat(queuedAgain(job)).isTrue();
        UUID another = failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        post("/studio/jobs/retry-failed", "/studio/jobs").then().statusCode(303);
        assertThat(queuedAgain(another)).isTrue();

        UUID waiting = failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        sql.update("UPDATE job SET state = 'QUEUED', ended = NULL, failure = NULL WHERE id = ?", waiting);
        post("/studio/jobs/" + waiting + "/explode", "/studio/jobs").then().statusCode(404);
        browser.askedWithoutToken()
                .contentType(ContentType.URLENC)
                .post("/studio/jobs/" + waiting + "/cancel")
                .then()
                .statusCode(403);
        assertThat(state(waiting)).isEqualTo("QUEUED");
        post("/studio/jobs/" + waiting + "/cancel", "https://elsewhere.example/")
                .then()
                .statusCode(303)
                .header("Location", startsWith("http://localhost"));
        assertThat(state(waiting)).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cancel", "/stop", "/retry"})
    void othersJobsDoNotExist(String order) {
        UUID job = failed(TestAccounts.create(Role.AUTHOR), "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        assertThat(page("/studio/jobs")).doesNotContain(job.toString());
        browser.asked().get("/studio/jobs/" + job).then().statusCode(404);
        browser.asked().get("/studio/jobs/" + job + "/part").then().statusCode(404);
        post("/studio/jobs/" + job + order, "/studio/jobs").then().statusCode(404);
        assertThat(state(job)).isEqualTo("FAILED");
    }

    @Test
    void hasATableWithTheFiguresOfThirtyDays() {
        failed(author, "{\"kind\": \"INTERNAL\", \"sentence\": \"\"}");
        String page = page("/studio/jobs");
        assertThat(page.split("<th scope=\"row\">")).hasSize(31);
        given().redirects().follow(false).get("/studio/jobs").then().statusCode(not(equalTo(200)));
    }

    private String page(String path) {
        return browser.askedWithoutToken()
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private String french(String path) {
        return browser.askedWithoutToken()
                .header("Accept-Language", "fr")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private Response post(String path, String next) {
        return browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .formParam("next", next)
                .post(path);
    }

    private boolean queuedAgain(UUID job) {
        return sql.find("SELECT queued > created FROM job WHERE id = ?", row -> row.getBoolean(1), job)
                .orElseThrow();
    }

    private String state(UUID job) {
        return sql.find("SELECT state FROM job WHERE id = ?", row -> row.getString(1), job)
                .orElseThrow();
    }

    /** A job of a type that nobody does: it can wait without being begun. */
    private UUID failed(User owner, String failure) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        sql.update(
                """
                INSERT INTO job (id, type, pool, ticket, subject, label, owner, inputs, parameters, state, failure,
                        attempt, created, queued, started, attempted, ended)
                VALUES (?, 'none.such', 'BATCH', ?, ?, ?, ?, '[]', '{}', 'FAILED', ?::jsonb, 1, ?, ?, ?, ?, ?)
                """,
                id,
                UUID.randomUUID(),
                UUID.randomUUID(),
                HOSTILE,
                owner.id(),
                failure,
                now,
                now,
                now,
                now,
                now);
        return id;
    }
}
