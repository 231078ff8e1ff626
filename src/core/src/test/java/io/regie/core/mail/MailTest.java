package io.regie.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestClock;
import io.regie.core.database.Sql;
import io.regie.core.mail.FakeMailServer.Received;
import io.regie.core.secrets.Vault;
import io.regie.core.settings.SettingsService;
import io.regie.testkit.TestCertificate;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class MailTest {

    @Inject
    MailService mail;

    @Inject
    MailSettings settings;

    @Inject
    Sql sql;

    @Inject
    TestClock clock;

    @Inject
    DataSource dataSource;

    @Inject
    Vault vault;

    @Inject
    SettingsService site;

    @Inject
    SmtpServer smtp;

    @Inject
    @Any
    Instance<MailWriter> writers;

    @Inject
    TransactionSynchronizationRegistry transactions;

    private FakeMailServer server;
    private final String recipient = UUID.randomUUID() + "@example.org";

    @BeforeEach
    void configure() throws IOException {
        server = new FakeMailServer();
        change(Map.of()).statusCode(200).body("sends", equalTo(true));
    }

    @AfterEach
    void asItWas() throws IOException {
        settings.change(new MailSettingsChange("", 465, MailSecurity.TLS, "", "", "", ""));
        server.close();
    }

    @Test
    void sendsWhatWasCommittedAndNothingElse() {
        String rolledBack = UUID.randomUUID() + "@example.org";
        QuarkusTransaction.begin();
        mail.send(new Letter(rolledBack, "Never", "Never"));
        QuarkusTransaction.rollback();
        mail.send(new Letter(recipient, "Été", "Ligne une\nhttps://example.org/é\n"));
        Received received = delivered();
        assertThat(received.header("Subject")).isEqualTo("=?UTF-8?B?w4l0w6k=?=");
        assertThat(received.header("From")).contains("<media@example.org>");
        assertThat(received.header("Message-ID")).endsWith("@media.example.org>");
        assertThat(received.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(server.receivedFor(rolledBack)).isEmpty();
        await().until(() -> state().equals(List.of("SENT null")));
    }

    @Test
    void noWordOfAnybodyBeginsAHeader() {
        mail.send(new Letter(recipient, "Title\r\nBcc: victim@example.org\r\n\r\nbody\u2028X-More: yes", "text"));
        Received received = delivered();
        assertThat(received.headers("Bcc")).isZero();
        assertThat(received.headers("X-More")).isZero();
        assertThat(received.header("Subject")).contains("Bcc");
        mail.send(new Letter(recipient + "\r\nRCPT TO:<victim@example.org>", "x", "x"));
        await().until(() -> sql.find(
                        "select state from mail where recipient like ? and state <> 'WAITING' and recipient <> ?",
                        row -> row.getString(1),
                        recipient + "%",
                        recipient)
                .isPresent());
        assertThat(server.receivedFor("victim@example.org")).isEmpty();
    }

    @Test
    void triesAgainWhatWasRefusedForNow() {
        server.refuse("451 4.3.0 come back later");
        mail.send(new Letter(recipient, "Hello", "a secret link"));
        await().until(() -> sql.find("select attempts from mail where recipient = ?", row -> row.getInt(1), recipient)
                .orElse(0)
                .equals(1));
        assertThat(sql.find("select sealed_text from mail where recipient = ?", row -> row.getString(1), recipient))
                .hasValueSatisfying(kept -> assertThat(kept).startsWith("v1:").doesNotContain("secret"));
        server.refuse("");
        clock.advance(Duration.ofMinutes(2));
        delivered();
    }

    @Test
    void givesUpWhatIsRefusedForGood() {
        server.refuse("550 5.1.1 no such person");
        mail.send(new Letter(recipient, "Hello", "text"));
        await().until(() -> state().equals(List.of("FAILED null")));
    }

    @Test
    void saysWhatTheServerAnswers() {
        test().statusCode(204);
        assertThat(server.receivedFor(recipient)).hasSize(1);
        server.refuse("550 5.7.1 not from you");
        test().statusCode(409).body("detail", containsString("not from you"));
        server.refuse("");
        change(Map.of("username", FakeMailServer.USER, "password", "wrong")).statusCode(200);
        test().statusCode(409).body("reason", equalTo("mail.sign-in"));
        change(Map.of("password", FakeMailServer.PASSWORD)).statusCode(200);
        test().statusCode(204);
        change(Map.of("security", "starttls")).statusCode(200);
        test().statusCode(409).body("reason", equalTo("mail.starttls"));
        change(Map.of("security", "none", "host", "224.0.0.1", "port", 25)).statusCode(200);
        test().statusCode(409).body("reason", equalTo("mail.forbidden-host"));
    }

    /** A certificate that nobody vouches for; the one of somebody who listens on the way looks the same. */
    @Test
    void tellsNothingToAServerThatCannotBeTrusted(@TempDir Path folder) throws Exception {
        SSLContext stranger = TestCertificate.forAddress("127.0.0.1", folder).server();
        for (MailSecurity security : List.of(MailSecurity.TLS, MailSecurity.STARTTLS)) {
            try (FakeMailServer encrypted = new FakeMailServer(stranger, security == MailSecurity.TLS)) {
                change(Map.of(
                                "port",
                                encrypted.port(),
                                "security",
                                security.name().toLowerCase(Locale.ROOT),
                                "username",
                                FakeMailServer.USER,
                                "password",
                                FakeMailServer.PASSWORD))
                        .statusCode(200);
                test().statusCode(409).body("reason", equalTo("mail.not-trusted"));
                assertThat(encrypted.received()).isEmpty();
                assertThat(encrypted.asked()).doesNotContain("AUTH", "MAIL", "RCPT", "DATA");
            }
        }
    }

    @Test
    void sendsAgainWhatAKilledServerHadBegunToSend() {
        QuarkusTransaction.requiringNew().run(() -> {
            mail.send(new Letter(recipient, "Hello", "text"));
            sql.update(
                    "update pool_mail set picked = true, picked_by = 'killed', last_heartbeat = ? where task_instance ="
                            + " (select id::text from mail where recipient = ?)",
                    clock.instant().minus(Duration.ofMinutes(5)),
                    recipient);
        });
        Outbox next = new Outbox(dataSource, sql, vault, settings, site, smtp, writers, transactions, clock);
        next.start(new StartupEvent());
        try {
            Received received = delivered();
            // A mail server that had it already can tell.
            assertThat(received.header("Message-ID"))
                    .isEqualTo("<"
                            + sql.find("select id from mail where recipient = ?", row -> row.getString(1), recipient)
                                    .orElseThrow()
                            + "@media.example.org>");
            await().until(() -> state().equals(List.of("SENT null")));
        } finally {
            next.stop(new ShutdownEvent());
        }
        assertThat(server.receivedFor(recipient)).hasSize(1);
    }

    @Test
    void keepsThePasswordToItself() {
        change(Map.of("username", FakeMailServer.USER, "password", FakeMailServer.PASSWORD))
                .statusCode(200)
                .body("passwordSet", equalTo(true))
                .body(not(containsString(FakeMailServer.PASSWORD)));
        assertThat(sql.find("select value from setting where key = 'mail.password'", row -> row.getString(1)))
                .hasValueSatisfying(value -> assertThat(value).doesNotContain(FakeMailServer.PASSWORD));
        change(Map.of("host", "elsewhere.example.org")).statusCode(200).body("passwordSet", equalTo(false));
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        change(Map.of("host", "no host")).statusCode(400).body("fields[0].field", equalTo("host"));
        change(Map.of("port", 0)).statusCode(400).body("fields[0].field", equalTo("port"));
        change(Map.of("from", "a@b\r\nBcc: c@d")).statusCode(400).body("fields[0].field", equalTo("from"));
        change(Map.of("address", "javascript:alert(1)")).statusCode(400).body("fields[0].field", equalTo("address"));
        change(Map.of("address", "https://user@example.org/x")).statusCode(400);
    }

    private ValidatableResponse change(Map<String, Object> change) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "host", "127.0.0.1",
                "port", server.port(),
                "security", "none",
                "from", "media@example.org",
                "address", "https://media.example.org"));
        all.putAll(change);
        return TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(all)
                .patch("/api/v1/mail-settings")
                .then();
    }

    private ValidatableResponse test() {
        return TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(Map.of("recipient", recipient))
                .post("/api/v1/mail-settings/test")
                .then();
    }

    private Received delivered() {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> server.receivedFor(recipient).size() == 1);
        return server.receivedFor(recipient).get(0);
    }

    private List<String> state() {
        return sql.list(
                "select state, sealed_text from mail where recipient = ?",
                row -> row.getString(1) + " " + row.getString(2),
                recipient);
    }
}
