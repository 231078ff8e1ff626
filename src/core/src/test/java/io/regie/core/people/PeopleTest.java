package io.regie.core.people;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.mail.FakeMailServer;
import io.regie.core.mail.MailSecurity;
import io.regie.core.mail.MailSettings;
import io.regie.core.mail.MailSettingsChange;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PeopleTest {

    private static final String GOOD = "a very good password";
    private static final Pattern LINK = Pattern.compile("https://media\\.example\\.org(/\\S+)");

    @Inject
    MailSettings mail;

    @Inject
    TestClock clock;

    @TestHTTPResource("/")
    URI site;

    @AfterEach
    void withoutMail() {
        mail.change(new MailSettingsChange("", 465, MailSecurity.TLS, "", "", "", ""));
    }

    @Test
    void invitedPeopleComeInOnce() {
        String email = email();
        String link = invite(email, "editor");
        accept(link, "Ada <b>", "short").then().statusCode(400).body(containsString("Ada &lt;b&gt;"));
        Response accepted = accept(link, "Ada <b>", GOOD);
        accepted.then().statusCode(303).header("Location", containsString("/studio"));
        new User(null, email, GOOD).signIn();
        new User(null, email, GOOD)
                .asked()
                .get("/api/v1/account")
                .then()
                .body("role", equalTo("editor"))
                .body("name", equalTo("Ada <b>"));
        given().get(link).then().statusCode(410).body(containsString("used already"));
        accept(link, "Somebody else", GOOD).then().statusCode(410);
        TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "role", "author"))
                .post("/api/v1/invitations")
                .then()
                .statusCode(409);
    }

    @Test
    void linksEndWithTimeWhenWithdrawnWhenReplacedAndWithTheirMaker() {
        String late = invite(email(), "author");
        String email = email();
        String first = invite(email, "author");
        String second = invite(email, "admin");
        given().get(first).then().statusCode(404);
        given().get(second).then().statusCode(200).header("Referrer-Policy", equalTo("same-origin"));
        String id = TestAccounts.ADMIN
                .asked()
                .get("/api/v1/invitations")
                .then()
                .extract()
                .path("find { it.email == '" + email + "' }.id");
        TestAccounts.ADMIN.asked().delete("/api/v1/invitations/" + id).then().statusCode(204);
        given().get(second).then().statusCode(404);
        accept(second, "Late", GOOD).then().statusCode(404);

        User maker = TestAccounts.create(Role.ADMIN);
        String made = invite(maker, email(), "admin");
        given().get(made).then().statusCode(200);
        change(maker.id(), Map.of("role", "author")).then().statusCode(200);
        given().get(made).then().statusCode(404);

        clock.advance(Duration.ofDays(7));
        given().get(late).then().statusCode(410).body(containsString("expired"));
    }

    @Test
    void ofManyWhoAcceptAtOnceOneComesIn() throws Exception {
        String link = invite(email(), "author");
        Response form = given().get(link);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tries.add(() -> accept(link, form, "Somebody", GOOD).statusCode());
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnlyOnce(303).containsOnly(303, 410);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoeverIsDisabledIsOutAtOnce() throws Exception {
        User user = TestAccounts.create(Role.EDITOR);
        Browser browser = user.signIn();
        String token = user.token();
        browser.askedWithoutToken().get("/studio").then().statusCode(200);
        HttpResponse<InputStream> events = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(site.resolve("/api/v1/events"))
                                .header("Cookie", "__Host-regie=" + browser.session())
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(events.statusCode()).isEqualTo(200);

        change(user.id(), Map.of("disabled", true)).then().statusCode(200);
        browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .accept(ContentType.HTML)
                .get("/studio")
                .then()
                .statusCode(303);
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        given().auth()
                .preemptive()
                .basic(user.email(), user.password())
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        Future<byte[]> rest =
                Executors.newSingleThreadExecutor().submit(() -> events.body().readAllBytes());
        await().atMost(Duration.ofSeconds(5)).until(rest::isDone);

        change(user.id(), Map.of("disabled", false)).then().statusCode(200);
        user.signIn();
        // What was handed out before stays over.
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
    }

    @Test
    void workChangesHands() {
        User leaving = TestAccounts.create(Role.AUTHOR);
        User heir = TestAccounts.create(Role.AUTHOR);
        User disabled = TestAccounts.create(Role.AUTHOR);
        change(disabled.id(), Map.of("disabled", true)).then().statusCode(200);
        String article = upload(leaving);
        heir.asked().get("/api/v1/media/" + article).then().statusCode(404);
        transfer(leaving.id(), disabled.id()).then().statusCode(400);
        transfer(leaving.id(), leaving.id()).then().statusCode(400);
        transfer(leaving.id(), heir.id()).then().statusCode(200).body("articles", equalTo(0));
        heir.asked().get("/api/v1/media/" + article).then().statusCode(200);
        leaving.asked().get("/api/v1/media/" + article).then().statusCode(404);
        TestAccounts.ADMIN
                .asked()
                .get("/api/v1/people/" + heir.id())
                .then()
                .body("articles", equalTo(1))
                .body("bytes", equalTo(15));
    }

    @Test
    void passwordLinksWorkOnceAndEndEverything() {
        User user = TestAccounts.create(Role.AUTHOR);
        Browser browser = user.signIn();
        String token = user.token();
        String first = passwordLink(user);
        String link = passwordLink(user);
        given().get(first).then().statusCode(404);
        renew(link, "short").then().statusCode(400);
        renew(link, GOOD).then().statusCode(303).header("Location", containsString("/sign-in?done=password"));
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        browser.askedWithoutToken()
                .accept(ContentType.JSON)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
        renew(link, "yet another password").then().statusCode(410);
        new User(user.id(), user.email(), GOOD).signIn();
        String late = passwordLink(user);
        clock.advance(Duration.ofMinutes(61));
        given().get(late).then().statusCode(410).body(containsString("expired"));
    }

    @Test
    void forgottenPasswordsAreMailedToWhoeverHasAnAccount() throws Exception {
        User user = TestAccounts.create(Role.AUTHOR);
        forgot(user.email()).then().statusCode(200).body(containsString("administrator"));
        try (FakeMailServer server = new FakeMailServer()) {
            mail.change(new MailSettingsChange(
                    "127.0.0.1",
                    server.port(),
                    MailSecurity.NONE,
                    "media@example.org",
                    "",
                    null,
                    "https://media.example.org"));
            String stranger = email();
            String unknown = plain(forgot(stranger));
            String known = plain(forgot(user.email()));
            assertThat(known).isEqualTo(unknown).contains("If there is an account");
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> server.receivedFor(user.email()).size() == 1);
            // The address in the mail is the configured one, whatever host was asked.
            Matcher link = LINK.matcher(server.receivedFor(user.email()).get(0).source());
            assertThat(link.find()).isTrue();
            given().get(link.group(1)).then().statusCode(200);
            renew(link.group(1), GOOD).then().statusCode(303);
            assertThat(server.receivedFor(stranger)).isEmpty();
            forgot(stranger);
            forgot(stranger);
            forgot(stranger).then().statusCode(429).header("Retry-After", not(equalTo("")));
        }
    }

    @Test
    void theLastAdministratorStays() {
        UUID admin = TestAccounts.ADMIN.id();
        // Other tests leave administrators behind: those must go first, and cannot all go.
        List<String> others = TestAccounts.ADMIN
                .asked()
                .get("/api/v1/people")
                .then()
                .extract()
                .path("findAll { it.role == 'admin' && !it.disabled && it.id != '" + admin + "' }.id");
        for (String other : others) {
            change(UUID.fromString(other), Map.of("role", "author")).then().statusCode(200);
        }
        change(admin, Map.of("disabled", true)).then().statusCode(409).body("reason", equalTo("accounts.last-admin"));
        change(admin, Map.of("role", "editor")).then().statusCode(409);
        Browser browser = TestAccounts.ADMIN.signIn();
        browser.askedWithoutToken()
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .post("/studio/people/" + admin + "/disable")
                .then()
                .statusCode(409)
                .body(containsString("The last administrator must stay one."));
    }

    @Test
    void pagesAreForAdministrators() {
        Browser editor = TestAccounts.create(Role.EDITOR).signIn();
        editor.askedWithoutToken().get("/studio/people").then().statusCode(403);
        Browser admin = TestAccounts.create(Role.ADMIN).signIn();
        Response made = admin.askedWithoutToken()
                .contentType(ContentType.URLENC)
                .formParam("csrf", admin.csrf())
                .formParam("email", email())
                .formParam("role", "author")
                .post("/studio/people/invite");
        made.then().statusCode(201).body(containsString("/invitation/"));
        admin.askedWithoutToken()
                .contentType(ContentType.URLENC)
                .formParam("csrf", admin.csrf())
                .formParam("email", email())
                .formParam("role", "visitor")
                .post("/studio/people/invite")
                .then()
                .statusCode(400);
    }

    private static String email() {
        return "person-" + UUID.randomUUID() + "@example.org";
    }

    private static String invite(String email, String role) {
        return invite(TestAccounts.ADMIN, email, role);
    }

    /** The link's path. */
    private static String invite(User by, String email, String role) {
        return path(by.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "role", role))
                .post("/api/v1/invitations"));
    }

    private static String passwordLink(User user) {
        return path(TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .post("/api/v1/people/" + user.id() + "/password-link"));
    }

    private static String path(Response made) {
        made.then().statusCode(201);
        return URI.create(made.path("link")).getPath();
    }

    private static Response accept(String link, String name, String password) {
        return accept(link, given().get(link), name, password);
    }

    private static Response accept(String link, Response form, String name, String password) {
        Response shown = form.statusCode() == 200 ? form : given().get("/sign-in");
        return given().redirects()
                .follow(false)
                .cookies(shown.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(shown))
                .formParam("name", name)
                .formParam("password", password)
                .post(link);
    }

    private static Response renew(String link, String password) {
        return accept(link, "", password);
    }

    private static Response forgot(String email) {
        Response shown = given().get("/sign-in");
        return given().header("X-Forwarded-Host", "evil.example.org")
                .cookies(shown.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(shown))
                .formParam("email", email)
                .post("/forgot-password");
    }

    private static String plain(Response page) {
        return page.then().statusCode(200).extract().asString().replaceAll("name=\"csrf\"[^>]*", "");
    }

    private static Response change(UUID account, Map<String, Object> change) {
        return TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(change)
                .patch("/api/v1/accounts/" + account);
    }

    private static Response transfer(UUID from, UUID to) {
        return TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(Map.of("to", to))
                .post("/api/v1/people/" + from + "/transfer");
    }

    /** A private document of 15 bytes. */
    private static String upload(User user) {
        byte[] document = "%PDF-1.4\n%%EOF\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        String name = java.util.Base64.getEncoder().encodeToString("leaflet.pdf".getBytes());
        String visibility = java.util.Base64.getEncoder().encodeToString("private".getBytes());
        Response made = user.asked()
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", document.length)
                .header("Upload-Metadata", "filename " + name + ",visibility " + visibility)
                .post("/api/v1/uploads");
        made.then().statusCode(201);
        Response sent = user.asked()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/offset+octet-stream", ContentType.BINARY)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", 0)
                .contentType("application/offset+octet-stream")
                .body(document)
                .patch(URI.create(made.header("Location")).getPath());
        sent.then().statusCode(204);
        String article = sent.header("Regie-Article");
        return article.substring(article.lastIndexOf('/') + 1);
    }
}
