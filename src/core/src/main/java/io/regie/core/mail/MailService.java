package io.regie.core.mail;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The door to mail. */
@ApplicationScoped
public class MailService {

    private final MailSettings settings;
    private final SettingsService site;
    private final Outbox outbox;
    private final SmtpServer server;
    private final InstantSource clock;

    MailService(MailSettings settings, SettingsService site, Outbox outbox, SmtpServer server, InstantSource clock) {
        this.settings = settings;
        this.site = site;
        this.outbox = outbox;
        this.server = server;
        this.clock = clock;
    }

    /** Whether mail is sent at all. */
    public boolean sends() {
        return settings.account().isPresent();
    }

    /** The site's address for links, while mail is sent. */
    public Optional<String> site() {
        return settings.account().map(MailSettings.Account::site);
    }

    /** Sends once the caller's transaction committed, and again until it left; nothing while no mail is sent. */
    @Transactional
    public void send(Letter letter) {
        if (sends()) {
            outbox.add(letter);
        }
    }

    /**
     * Has a {@link MailWriter} write, once for the key however often it is asked, when the caller's transaction committed.
     *
     * @param when not before
     */
    @Transactional
    public void writeLater(String writer, String key, Instant when) {
        outbox.schedule(writer, key, when);
    }

    /** @throws ProblemException that says why the mail server did not take it */
    public void test(String recipient, Locale locale) {
        MailSettings.Account account =
                settings.account().orElseThrow(() -> new ProblemException(ProblemType.CONFLICT, "mail.off"));
        MailMessages words = MessageBundles.get(MailMessages.class, Localized.Literal.of(locale.getLanguage()));
        String name = site.get(Setting.SITE_NAME);
        Letter letter = new Letter(recipient, words.testSubject(name), words.testText(name, account.site()));
        try {
            server.send(account, UUID.randomUUID(), letter, name, clock.instant());
        } catch (MailFailedException e) {
            throw new ProblemException(
                    ProblemType.CONFLICT, e.key(), e.arguments().toArray());
        }
    }
}
