package io.regie.core.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail servers whose certificate Java trusts, in a process that was started to. */
class TrustedMailTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void takesMailAndPasswordEncrypted(MailSecurity security) throws Exception {
        TestCertificate certificate = TestCertificate.forAddress("127.0.0.1", folder);
        try (FakeMailServer server = new FakeMailServer(certificate.server(), security == MailSecurity.TLS)) {
            assertThat(send(certificate, server.port(), security)).isEqualTo("sent");
            assertThat(server.received()).singleElement().satisfies(mail -> {
                assertThat(mail.encrypted()).isTrue();
                assertThat(mail.header("Subject")).isEqualTo("Hello");
            });
            assertThat(server.asked()).containsOnlyOnce("AUTH");
        }
    }

    /** Whoever vouches for a certificate vouches for its name, not for every other. */
    @Test
    void isRefusedUnderAnotherName() throws Exception {
        TestCertificate certificate = TestCertificate.forName("mail.example.org", folder);
        for (MailSecurity security : new MailSecurity[] {MailSecurity.TLS, MailSecurity.STARTTLS}) {
            try (FakeMailServer server = new FakeMailServer(certificate.server(), security == MailSecurity.TLS)) {
                assertThat(send(certificate, server.port(), security)).isEqualTo("mail.not-trusted");
                assertThat(server.received()).isEmpty();
                assertThat(server.asked()).doesNotContain("AUTH");
            }
        }
    }

    private String send(TestCertificate trusted, int port, MailSecurity security) throws Exception {
        Path output = Files.createTempFile(folder, "output", null);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djavax.net.ssl.trustStore=" + store(trusted),
                        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TrustedMailTest.class.getName(),
                        String.valueOf(port),
                        security.name())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output).strip();
    }

    private Path store(TestCertificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(trusted.pem())) {
            store.setCertificateEntry(
                    "mail", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = Files.createTempFile(folder, "trusted", ".p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Sends one mail and says what came of it. */
    public static void main(String[] arguments) throws IOException {
        MailSettings.Account account = new MailSettings.Account(
                "127.0.0.1",
                Integer.parseInt(arguments[0]),
                MailSecurity.valueOf(arguments[1]),
                "media@example.org",
                FakeMailServer.USER,
                FakeMailServer.PASSWORD,
                "https://media.example.org");
        String result;
        try {
            new SmtpServer()
                    .send(
                            account,
                            UUID.randomUUID(),
                            new Letter("reader@example.org", "Hello", "text"),
                            "Site",
                            Instant.now());
            result = "sent";
        } catch (MailFailedException e) {
            result = e.key();
        }
        System.out.write(result.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
