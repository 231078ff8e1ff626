package io.regie.core.mail;

import io.regie.core.egress.Egress;
import io.regie.core.egress.EgressRefusedException;
import io.regie.core.egress.EgressRefusedException.Reason;
import jakarta.inject.Singleton;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Hands a letter to the mail server. Blocks until it has it. */
@Singleton
class SmtpServer {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_ANSWER = 200;

    private final Egress egress = Egress.create();

    /**
     * @param id the same for every attempt at one letter: a server that got it twice can tell
     * @param name of the site, which mail comes from
     * @throws MailFailedException when the server did not take it
     */
    void send(MailSettings.Account account, UUID id, Letter letter, String name, Instant date)
            throws MailFailedException {
        String host = URI.create(account.site()).getHost();
        InternetAddress to = MailAddresses.parse(letter.recipient())
                .orElseThrow(() -> new MailFailedException("mail.recipient", true));
        Session session = Session.getInstance(properties(account, host));
        try {
            MimeMessage message = new Identified(session, "<" + id + "@" + host + ">");
            message.setFrom(new InternetAddress(account.from(), oneLine(name), "UTF-8"));
            message.setRecipient(Message.RecipientType.TO, to);
            message.setSubject(oneLine(letter.subject()), "UTF-8");
            message.setText(letter.text(), "UTF-8");
            message.setSentDate(Date.from(date));
            // Nobody's holiday answers a machine.
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            try (Transport transport = session.getTransport("smtp")) {
                boolean signsIn = !account.username().isEmpty();
                transport.connect(
                        account.host(),
                        account.port(),
                        signsIn ? account.username() : null,
                        signsIn ? account.password() : null);
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException e) {
            throw explained(e);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Properties properties(MailSettings.Account account, String self) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", account.host());
        properties.put("mail.smtp.port", String.valueOf(account.port()));
        properties.put("mail.smtp.localhost", self);
        properties.put("mail.smtp.auth", String.valueOf(!account.username().isEmpty()));
        properties.put("mail.smtp.socketFactory", new GuardedSockets(egress, account.host(), account.port()));
        // Or it would connect by itself where ours refused to.
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.enable", String.valueOf(account.security() == MailSecurity.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", String.valueOf(account.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(account.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(ANSWER.toMillis()));
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    /** Titles and names are whatever people wrote: a line end in one must not begin another header. */
    static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ")
                .strip();
        int end = line.offsetByCodePoints(0, Math.min(LONGEST_SUBJECT, line.codePointCount(0, line.length())));
        return line.substring(0, end);
    }

    private static MailFailedException explained(MessagingException thrown) {
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            if (cause instanceof EgressRefusedException refused) {
                String key = refused.reason() == Reason.UNKNOWN_HOST ? "mail.unknown-host" : "mail.forbidden-host";
                return new MailFailedException(key, false);
            }
            if (cause instanceof AuthenticationFailedException) {
                return new MailFailedException("mail.sign-in", false);
            }
            if (cause instanceof SSLException) {
                return new MailFailedException("mail.not-trusted", false);
            }
            int code = code(cause);
            if (code > 0) {
                return new MailFailedException("mail.answer", code >= 500, code + " " + said(cause.getMessage()));
            }
        }
        boolean starttls = thrown.getMessage() != null && thrown.getMessage().contains("STARTTLS");
        return new MailFailedException(starttls ? "mail.starttls" : "mail.unreachable", false);
    }

    private static @Nullable Throwable next(Throwable thrown) {
        Throwable inner = thrown instanceof MessagingException failed ? failed.getNextException() : null;
        return inner == null ? thrown.getCause() : inner;
    }

    private static int code(Throwable thrown) {
        if (thrown instanceof SMTPAddressFailedException refused) {
            return refused.getReturnCode();
        }
        if (thrown instanceof SMTPSenderFailedException refused) {
            return refused.getReturnCode();
        }
        return thrown instanceof SMTPSendFailedException refused ? refused.getReturnCode() : 0;
    }

    /** What a foreign server said, fit to be shown. */
    private static String said(@Nullable String answer) {
        String line = oneLine(answer == null ? "" : answer).replaceFirst("^\\d{3}[ -]?", "");
        return line.length() > LONGEST_ANSWER ? line.substring(0, LONGEST_ANSWER) : line;
    }

    /** Keeps the id that it was given. */
    private static final class Identified extends MimeMessage {

        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
