package io.regie.core.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.database.Sql;
import io.regie.core.plugins.TestPlugins;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveStreamsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "s3cr3t-pass";
    private static final String KEY = "stream-key-4711";
    private static final String URL = "rtsp://camera:" + SECRET + "@9.9.9.9:8554/" + KEY + "?token=t0ken-99";

    @Inject
    TestPlugins plugins;

    @Inject
    Sql sql;

    @Inject
    LivePlans plans;

    @Inject
    TestClock clock;

    private RequestSpecification owner;
    private String id;

    @BeforeEach
    void add() {
        plugins.installActing();
        owner = TestAccounts.create(Role.AUTHOR).asked();
        id = create(owner, Map.of("name", "Studio 1", "url", URL))
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void showsNothingThatOpensIt() {
        String body = given().spec(owner)
                .get(address())
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("address", equalTo("rtsp://***@9.9.9.9:8554/"))
                .body("secrets", contains("credentials", "path"))
                .body("name", equalTo("Studio 1"))
                .extract()
                .asString();
        assertThat(body).doesNotContain(SECRET, KEY, "t0ken");
        for (String table : List.of("live_stream", "live_stream_secret")) {
            String row = sql.find("SELECT string_agg(t::text, '') FROM " + table + " t", found -> found.getString(1))
                    .orElseThrow();
            assertThat(row).as(table).doesNotContain(SECRET, KEY, "t0ken");
        }
    }

    @Test
    void belongsToItsOwnerAndTheEditors() {
        RequestSpecification other = TestAccounts.create(Role.AUTHOR).asked();
        given().spec(other).get(address()).then().statusCode(404);
        given().spec(other).delete(address()).then().statusCode(404);
        given().spec(other).post(address() + "/check").then().statusCode(404);
        given().spec(other)
                .contentType(ContentType.JSON)
                .post(address() + "/record")
                .then()
                .statusCode(404);
        given().spec(other).get("/api/v1/live-streams").then().statusCode(200).body("items.id", not(hasItem(id)));
        given().get(address()).then().statusCode(401);
        RequestSpecification editor = TestAccounts.create(Role.EDITOR).asked();
        given().spec(editor).get("/api/v1/live-streams").then().statusCode(200).body("items.id", hasItem(id));
        given().spec(editor).delete(address()).then().statusCode(204);
        given().spec(owner).get(address()).then().statusCode(404);
    }

    @Test
    void isNotForContributorsToAdd() {
        create(TestAccounts.create(Role.CONTRIBUTOR).asked(), Map.of("name", "Mine", "url", URL))
                .statusCode(403);
    }

    @Test
    void changesOnlyWhatIsSaidAndOnlyWhatWasSeen() {
        edit("\"7\"", Map.of("name", "Other")).statusCode(412);
        edit("\"1\"", Map.of("name", "Studio 2"))
                .statusCode(200)
                .body("name", equalTo("Studio 2"))
                .body("secrets", contains("credentials", "path"))
                .body("revision", equalTo(2));
        edit("\"1\"", Map.of("name", "Studio 3")).statusCode(412);
        edit("\"2\"", Map.of("url", "https://9.9.9.9/live.m3u8", "options", Map.of("userAgent", "Regie")))
                .statusCode(200)
                .body("address", equalTo("https://9.9.9.9:443/"))
                .body("secrets", contains("path"))
                .body("options.userAgent", equalTo("Regie"));
        edit("\"3\"", Map.of("options", Map.of("passphrase", "0123456789"))).statusCode(400);
        edit("\"3\"", Map.of("options", Map.of("userAgent", "a\r\nX-Evil: 1"))).statusCode(400);
        edit("\"3\"", Map.of("url", "rtsp://***@9.9.9.9:8554/")).statusCode(400);
    }

    @Test
    void refusesAddressesThatAreNotPublic() {
        for (String url : List.of(
                "http://127.0.0.2/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.2]/",
                "http://[::ffff:7f00:2]/",
                "http://0.0.0.0/",
                "http://169.254.169.254/",
                "http://100.64.0.1/",
                "http://[fc00::1]/",
                "http://[64:ff9b::7f00:2]/",
                "rtsp://192.168.1.20/",
                "http://\uFF11\uFF12\uFF17.0.0.2/",
                "http://9.9.9.9:22/")) {
            create(owner, Map.of("name", "x", "url", url)).statusCode(422).body("detail", containsString("not public"));
        }
        create(owner, Map.of("name", "x", "url", "rtsp://9.9.9.9/live?udp"))
                .statusCode(422)
                .body("detail", containsString("UDP"));
        create(owner, Map.of("name", "x", "url", "file:///etc/passwd")).statusCode(400);
    }

    @Test
    void letsOnlyAdministratorsAllowMore() {
        given().spec(owner).get("/api/v1/live-settings").then().statusCode(403);
        allow("camera.lan:8554", "192.168.77.0/24")
                .statusCode(200)
                .body("allowed", contains("camera.lan:8554", "192.168.77.0/24"));
        create(owner, Map.of("name", "x", "url", "rtsp://192.168.77.5/")).statusCode(201);
        allow("10.0.0.1/8").statusCode(400).body(containsString("10.0.0.1/8"));
        allow().statusCode(200);
        create(owner, Map.of("name", "x", "url", "rtsp://192.168.77.5/")).statusCode(422);
    }

    @Test
    void recordsOnceAtATimeUntilStoppedAndTellsNoSecret() {
        allow("127.0.0.0/8").statusCode(200);
        JsonPath begun = given().spec(owner)
                .contentType(ContentType.JSON)
                .post(address() + "/record")
                .then()
                .statusCode(202)
                .body("article", notNullValue())
                .extract()
                .jsonPath();
        given().spec(owner)
                .contentType(ContentType.JSON)
                .post(address() + "/record")
                .then()
                .statusCode(409);
        await().atMost(PATIENCE)
                .until(() -> given().spec(owner).get(address()).path("recording.figures.duration") != null);
        String job = begun.getString("job");
        given().spec(owner).post("/api/v1/jobs/" + job + "/stop").then().statusCode(202);
        await().atMost(PATIENCE).until(() -> given().spec(owner).get(address()).path("recording") == null);
        given().spec(owner)
                .get(address() + "/recordings")
                .then()
                .statusCode(200)
                .body("items[0].job", equalTo(job))
                .body("items[0].state", equalTo("stopped"))
                .body("items[0].figures.duration", equalTo(42.5f))
                .body("items[0].reason", equalTo("The longest duration was reached."))
                .body("items[0].gaps[0].at", equalTo(12.5f))
                .body("items[0].gaps[0].seconds", equalTo(14.2f))
                .body("items[0].gaps[0].since", equalTo("2026-11-23T05:01:02Z"));
        given().spec(owner).post("/api/v1/jobs/" + job + "/retry").then().statusCode(409);
        given().spec(owner)
                .get("/api/v1/jobs/" + job)
                .then()
                .body("actions", empty())
                .body("log", containsString("opening rtsp://***@9.9.9.9:8554"))
                .body(not(containsString(SECRET)))
                .body(not(containsString(KEY)))
                .body(not(containsString("t0ken")));
    }

    @Test
    void beginsWhenPlannedAndStopsWhenOver() {
        ZoneId zone = ZoneId.systemDefault();
        LocalDateTime start =
                LocalDateTime.ofInstant(clock.instant(), zone).plusHours(1).truncatedTo(ChronoUnit.MINUTES);
        Map<String, Object> once = Map.of("kind", "once", "start", start.toString(), "minutes", 30);
        edit("*", Map.of("schedules", List.of(once)))
                .statusCode(200)
                .body("next.start", equalTo(start.atZone(zone).toInstant().toString()));
        plans.run();
        given().spec(owner).get(address()).then().body("recording", nullValue());
        clock.advance(Duration.ofMinutes(61));
        RequestSpecification later = given().spec(owner);
        await().atMost(PATIENCE)
                .until(() -> given().spec(later).get(address()).path("recording.figures.duration") != null);
        given().spec(later)
                .get(address())
                .then()
                .body(
                        "recording.until",
                        equalTo(start.plusMinutes(30).atZone(zone).toInstant().toString()))
                .body("next", nullValue());
        clock.advance(Duration.ofMinutes(30));
        await().atMost(PATIENCE).until(() -> given().spec(later).get(address()).path("recording") == null);
        given().spec(later).get(address() + "/recordings").then().body("items[0].state", equalTo("stopped"));
    }

    @Test
    void tellsItsOwnerOfAPlanThatPassedWhileNobodyLooked() {
        planInAnHour();
        clock.advance(Duration.ofMinutes(91));
        plans.run();
        assertThat(told())
                .containsExactly("“Studio 1” was not recorded as planned: its time had passed before the server could"
                        + " begin.");
        given().spec(owner)
                .get("/api/v1/notifications")
                .then()
                .body("items[0].kind", equalTo("attention"))
                .body("items[0].link", equalTo("/studio/live/" + id));
    }

    @Test
    void tellsItsOwnerOnceOfAPlannedRecordingThatFailed() {
        planInAnHour();
        // As after a restore without the key.
        sql.update("DELETE FROM live_stream_secret WHERE live_stream = ?::uuid", id);
        clock.advance(Duration.ofMinutes(61));
        await().atMost(PATIENCE).until(() -> !told().isEmpty());
        assertThat(told()).containsExactly("The planned recording of “Studio 1” failed.");
    }

    private List<String> told() {
        return given().spec(owner).get("/api/v1/notifications").path("items.text");
    }

    private void planInAnHour() {
        LocalDateTime start = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault())
                .plusHours(1)
                .truncatedTo(ChronoUnit.MINUTES);
        edit("*", Map.of("schedules", List.of(Map.of("kind", "once", "start", start.toString(), "minutes", 30))))
                .statusCode(200);
    }

    private String address() {
        return "/api/v1/live-streams/" + id;
    }

    private static ValidatableResponse create(RequestSpecification who, Map<String, Object> draft) {
        return given().spec(who)
                .contentType(ContentType.JSON)
                .body(draft)
                .post("/api/v1/live-streams")
                .then();
    }

    private ValidatableResponse edit(String ifMatch, Map<String, Object> draft) {
        return given().spec(owner)
                .header("If-Match", ifMatch)
                .contentType(ContentType.JSON)
                .body(draft)
                .patch(address())
                .then();
    }

    private static ValidatableResponse allow(String... entries) {
        User admin = TestAccounts.ADMIN;
        return given().spec(admin.asked())
                .contentType(ContentType.JSON)
                .body(Map.of("allowed", List.of(entries)))
                .put("/api/v1/live-settings")
                .then();
    }
}
