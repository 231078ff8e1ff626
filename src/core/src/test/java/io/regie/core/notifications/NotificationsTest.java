package io.regie.core.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.TestClock;
import io.regie.core.access.Role;
import io.regie.core.mail.FakeMailServer;
import io.regie.core.mail.FakeMailServer.Received;
import io.regie.core.mail.MailSecurity;
import io.regie.core.mail.MailSettings;
import io.regie.core.mail.MailSettingsChange;
import io.regie.core.media.MediaSettled;
import io.regie.core.system.Concern;
import io.restassured.http.ContentType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class NotificationsTest {

    private static final String LIST = "/api/v1/notifications";

    @Inject
    Event<MediaSettled> settled;

    @Inject
    MailSettings mail;

    @Inject
    TellOfConcerns concerns;

    @Inject
    TestClock clock;

    @AfterEach
    void withoutMail() {
        mail.change(new MailSettingsChange("", 465, MailSecurity.TLS, "", "", "", ""));
        concerns.tell(List.of());
    }

    @Test
    void ownersHearOfWhatIsReadyAndNobodyElse() {
        User owner = TestAccounts.create(Role.AUTHOR);
        User other = TestAccounts.create(Role.ADMIN);
        settle(owner, "The harbour <script>", true);
        owner.asked()
                .get(LIST)
                .then()
                .statusCode(200)
                .body("unread", equalTo(1))
                .body("items[0].kind", equalTo("finished"))
                .body("items[0].topic", equalTo("media-ready"))
                .body("items[0].text", equalTo("“The harbour <script>” is ready."))
                .body("items[0].read", equalTo(false));
        other.asked().get(LIST).then().body("items.text", not(hasItem(containsString("harbour"))));
        String id = owner.asked().get(LIST).path("items[0].id");
        other.asked()
                .contentType(ContentType.JSON)
                .post(LIST + "/" + id + "/read")
                .then()
                .statusCode(404);

        Browser browser = owner.signIn();
        assertThat(browser.askedWithoutToken().get("/studio").asString()).contains("data-unread=\"1\"");
        assertThat(browser.askedWithoutToken()
                        .get("/studio/notifications")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("The harbour &lt;script&gt;")
                .doesNotContain("harbour <script>");
        browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .post("/studio/notifications/" + id + "/open")
                .then()
                .statusCode(303)
                .header("Location", containsString("/studio/media/"));
        owner.asked().get(LIST).then().body("unread", equalTo(0)).body("items", hasSize(1));
    }

    @Test
    void whoChoseNotToHearDoesNot() {
        User owner = TestAccounts.create(Role.AUTHOR);
        owner.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("choices", List.of(Map.of("kind", "finished", "inApp", false, "mail", false))))
                .patch(LIST + "/choices")
                .then()
                .statusCode(200)
                .body("choices.find { it.kind == 'failed' }.mail", equalTo(true))
                .body("choices.find { it.kind == 'finished' }.inApp", equalTo(false));
        settle(owner, "Silent", true);
        settle(owner, "Loud", false);
        owner.asked().get(LIST).then().body("items", hasSize(1)).body("items[0].topic", equalTo("media-failed"));
        owner.asked().contentType(ContentType.JSON).post(LIST + "/read").then().statusCode(204);
        owner.asked().get(LIST).then().body("unread", equalTo(0));
    }

    @Test
    void whatHappensWithinMinutesComesInOneMailInTheReadersLanguage() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        owner.asked()
                .contentType(ContentType.JSON)
                .body("{\"locale\":\"fr\"}")
                .patch("/api/v1/account")
                .then()
                .statusCode(200);
        try (FakeMailServer server = new FakeMailServer()) {
            mail.change(new MailSettingsChange(
                    "127.0.0.1",
                    server.port(),
                    MailSecurity.NONE,
                    "media@example.org",
                    "",
                    null,
                    "https://media.example.org"));
            // Three within one span of five minutes, whenever this runs.
            long second = clock.instant().getEpochSecond() % 300;
            clock.advance(Duration.ofSeconds(300 - second));
            settle(owner, "One\r\nBcc: victim@example.org", false);
            settle(owner, "Two", false);
            settle(owner, "Seen meanwhile", false);
            String seen = owner.asked().get(LIST).path("items.find { it.text.contains('Seen') }.id");
            owner.asked()
                    .contentType(ContentType.JSON)
                    .post(LIST + "/" + seen + "/read")
                    .then()
                    .statusCode(204);
            assertThat(server.receivedFor(owner.email())).isEmpty();
            clock.advance(Duration.ofMinutes(7));
            await().atMost(Duration.ofSeconds(25))
                    .until(() -> server.receivedFor(owner.email()).size() == 1);
            Received received = server.receivedFor(owner.email()).get(0);
            assertThat(received.header("Subject")).startsWith("2 nouvelles de");
            assertThat(received.headers("Bcc")).isZero();
            assertThat(received.source()).contains("https://media.example.org/studio/media/");
            assertThat(received.source()).doesNotContain("Seen meanwhile");
        }
    }

    @Test
    void administratorsHearOnceOfWhatIsUrgent() {
        User admin = TestAccounts.create(Role.ADMIN);
        User editor = TestAccounts.create(Role.EDITOR);
        List<Concern> full = List.of(new Concern("disk-low", true, "3 %"));
        concerns.tell(full);
        concerns.tell(full);
        admin.asked()
                .get(LIST)
                .then()
                .body("items.findAll { it.text.contains('disk') }", hasSize(1))
                .body("items[0].link", equalTo("/studio/system"));
        editor.asked().get(LIST).then().body("items", hasSize(0));
        concerns.tell(List.of());
        concerns.tell(full);
        admin.asked().get(LIST).then().body("items.findAll { it.text.contains('disk') }", hasSize(2));
    }

    @Test
    void administratorsHearAlsoThatTheMediaToolsWorkAgain() {
        User admin = TestAccounts.create(Role.ADMIN);
        concerns.tell(List.of(new Concern("tools-broken", true, "libx264")));
        concerns.tell(List.of());
        concerns.tell(List.of());
        admin.asked()
                .get(LIST)
                .then()
                .body("items", hasSize(2))
                .body("items.kind", everyItem(equalTo("attention")))
                .body("items[0].text", equalTo("The media tools work again."))
                .body("items[1].text", equalTo("The media tools do not work: encodings wait."));
    }

    private void settle(User owner, String title, boolean ready) {
        settled.fire(new MediaSettled(UUID.randomUUID(), owner.id(), title, ready));
    }
}
