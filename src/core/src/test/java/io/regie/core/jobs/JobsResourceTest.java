package io.regie.core.jobs;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.plugins.TestPlugins;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobsResourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    JobService service;

    @Inject
    TestPlugins plugins;

    private final UUID subject = UUID.randomUUID();
    private User author;
    private UUID job;

    @BeforeEach
    void submit() {
        plugins.installActing();
        author = TestAccounts.create(Role.AUTHOR);
        job = service.submit(new JobDraft(
                "acting.act",
                subject,
                "A day at the sea",
                author.id(),
                author.id(),
                List.of(),
                Map.of("act", "slow", "with", "a-secret", "amount", 1L)));
    }

    @Test
    void showsProgressAndTakesOrdersFromTheOwner() {
        RequestSpecification owner = author.asked();
        await().atMost(PATIENCE)
                .until(() -> given().spec(owner).get("/api/v1/jobs/" + job).path("progress") != null);
        given().spec(owner)
                .get("/api/v1/jobs?media=" + subject)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(job.toString()))
                .body("items[0].type", equalTo("acting.act"))
                .body("items[0].state", equalTo("running"))
                .body("items[0].speed", equalTo(1.5f))
                .body("items[0].etaSeconds", notNullValue())
                .body("items[0].attempts", equalTo(1))
                .body(not(containsString("a-secret")));
        given().spec(owner).post("/api/v1/jobs/" + job + "/stop").then().statusCode(202);
        awaitState(owner, "stopped");
        given().spec(owner).post("/api/v1/jobs/" + job + "/stop").then().statusCode(409);
        given().spec(owner).post("/api/v1/jobs/" + job + "/retry").then().statusCode(202);
        await().atMost(PATIENCE)
                .until(() -> given().spec(owner).get("/api/v1/jobs/" + job).path("progress") != null);
        given().spec(owner).post("/api/v1/jobs/" + job + "/cancel").then().statusCode(202);
        awaitState(owner, "cancelled");
    }

    @Test
    void doesNotExistForOthers() {
        RequestSpecification other = TestAccounts.create(Role.AUTHOR).asked();
        given().spec(other).get("/api/v1/jobs/" + job).then().statusCode(404);
        given().spec(other)
                .get("/api/v1/jobs?media=" + subject)
                .then()
                .statusCode(200)
                .body("items", empty());
        for (String order : List.of("cancel", "stop", "retry")) {
            given().spec(other).post("/api/v1/jobs/" + job + "/" + order).then().statusCode(404);
        }
        given().get("/api/v1/jobs/" + job).then().statusCode(401);
        given().spec(TestAccounts.create(Role.EDITOR).asked())
                .get("/api/v1/jobs/" + job)
                .then()
                .statusCode(200);
        service.cancel(job);
    }

    @Test
    void needsTheScopeOfJobsAndNoOther() {
        given().header("Authorization", "Bearer " + author.token("jobs"))
                .get("/api/v1/jobs/" + job)
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + author.token("media:write"))
                .get("/api/v1/jobs/" + job)
                .then()
                .statusCode(403);
        service.cancel(job);
    }

    private void awaitState(RequestSpecification who, String state) {
        await().atMost(PATIENCE)
                .until(() -> state.equals(
                        given().spec(who).get("/api/v1/jobs/" + job).path("state")));
    }
}
