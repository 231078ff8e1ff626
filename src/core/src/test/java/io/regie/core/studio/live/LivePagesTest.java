package io.regie.core.studio.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.access.Role;
import io.regie.core.plugins.TestPlugins;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LivePagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'";

    @Inject
    TestPlugins plugins;

    private Browser browser;

    @BeforeEach
    void signIn() {
        plugins.installActing();
        browser = TestAccounts.create(Role.AUTHOR).signIn();
    }

    @Test
    void addsTestsRecordsAndStops() {
        String address = add(HOSTILE, "rtsp://9.9.9.9:8554/live/secret-path");
        String page = page(address, "en");
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img src=x", "secret-path", "hush-4711")
                .contains("rtsp://***@9.9.9.9:8554/");
        await().atMost(PATIENCE).until(() -> !page(address + "/now", "en").contains("Testing"));
        assertThat(page("/studio/jobs", "en")).contains("href=\"" + address + "\"");
        assertThat(post(address + "/record", Map.of()).statusCode()).isEqualTo(303);
        await().atMost(PATIENCE).until(() -> page(address + "/now", "en").contains("0:00:01"));
        assertThat(page(address + "/now", "en")).contains("Watch from the beginning", "data-state=\"recording\"");
        assertThat(page("/studio/live", "fr")).contains("Enregistrement");
        assertThat(post(address + "/stop", Map.of()).statusCode()).isEqualTo(303);
        await().atMost(PATIENCE).until(() -> page(address + "/now", "en").contains("Not being recorded"));
    }

    @Test
    void keepsWhatWasTypedWhenItIsRefused() {
        Response refused = post("/studio/live/new", form("Mine", "rtsp://192.168.3.4/"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("not public", "value=\"Mine\"", "rtsp://192.168.3.4/");
        Response malformed = post("/studio/live/new", form("Mine", "file:///etc/passwd"));
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.asString()).contains("id=\"url-error\"");
    }

    @Test
    void plansInWordsOfBothLanguages() {
        String address = add("Weekly", "https://9.9.9.9/live.m3u8");
        RequestSpecification saved = browser.asked()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("name", "Weekly")
                .formParam("plan", "weekly")
                .formParam("days", "monday", "friday")
                .formParam("time", "20:15")
                .formParam("minutes", "45");
        assertThat(saved.post(address).statusCode()).isEqualTo(303);
        assertThat(page(address, "en")).contains("Monday", "Next recording:", "value=\"20:15\"", "value=\"45\"");
        assertThat(page(address, "fr")).contains("lundi", "Prochain enregistrement", "vendredi");
        // Being tested for the first time goes first.
        await().atMost(PATIENCE).until(() -> page("/studio/live", "fr").contains("Prévu"));
    }

    @Test
    void letsAdministratorsAllowNetworks() {
        assertThat(page("/studio/live", "en")).doesNotContain("Private networks");
        Browser admin = TestAccounts.ADMIN.signIn();
        assertThat(admin.askedWithoutToken().get("/studio/live").asString()).contains("Private networks");
        Response refused = admin.asked()
                .contentType(ContentType.URLENC)
                .formParam("allowed", "no host at all!")
                .post("/studio/live/allowed");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("no host at all!", "allowed-error");
    }

    private String add(String name, String url) {
        Response added = post("/studio/live/new", form(name, url));
        assertThat(added.statusCode()).as(added.asString()).isEqualTo(303);
        return added.header("Location").replaceFirst("^https?://[^/]+", "").replaceFirst("\\?.*", "");
    }

    private static Map<String, String> form(String name, String url) {
        return Map.of("name", name, "url", url, "username", "camera", "password", "hush-4711", "plan", "none");
    }

    private Response post(String path, Map<String, String> form) {
        return browser.asked()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParams(form)
                .post(path);
    }

    private String page(String path, String language) {
        return browser.askedWithoutToken()
                .header("Accept-Language", language)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
