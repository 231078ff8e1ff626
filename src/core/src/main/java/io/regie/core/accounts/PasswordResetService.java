package io.regie.core.accounts;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.accounts.PasswordResets.PasswordReset;
import io.regie.core.mail.Letter;
import io.regie.core.mail.MailService;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.web.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** New passwords for people who forgot theirs, by a link that works once and for an hour. */
@ApplicationScoped
public class PasswordResetService {

    static final Duration LIFE = Duration.ofHours(1);

    private final PasswordResets resets;
    private final Accounts accounts;
    private final AccountService service;
    private final MailService mail;
    private final SettingsService settings;
    private final AttemptLimits limits;
    private final Audit audit;
    private final InstantSource clock;

    PasswordResetService(
            PasswordResets resets,
            Accounts accounts,
            AccountService service,
            MailService mail,
            SettingsService settings,
            AttemptLimits limits,
            Audit audit,
            InstantSource clock) {
        this.resets = resets;
        this.accounts = accounts;
        this.service = service;
        this.mail = mail;
        this.settings = settings;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether people can ask for one themselves. */
    public boolean possible() {
        return mail.sends();
    }

    /**
     * Whoever asks learns nothing of whether there is such an account: it is looked up later, when nobody waits.
     *
     * @param network of the client, for the limits on how often
     * @throws ProblemException when that was too often
     */
    public void request(String email, String network) {
        String normal = Emails.normal(email);
        limits.payReset(normal, network);
        if (possible() && Emails.plausible(normal)) {
            mail.writeLater(WriteResetMail.NAME, normal, clock.instant());
        }
    }

    @Transactional
    void write(String email) {
        Account account =
                accounts.findByEmail(email).filter(found -> !found.disabled).orElse(null);
        String site = mail.site().orElse(null);
        if (account == null || site == null) {
            return;
        }
        String language =
                account.locale == null ? settings.get(Setting.DEFAULT_LOCALE).getLanguage() : account.locale;
        AccountMessages words = MessageBundles.get(AccountMessages.class, Localized.Literal.of(language));
        String name = settings.get(Setting.SITE_NAME);
        String link = site + path(make(account.id));
        mail.send(new Letter(account.email, words.resetSubject(name), words.resetText(name, link)));
    }

    /**
     * A link for an administrator to hand over.
     *
     * @throws ProblemException when there is no such account, or it is disabled
     */
    @Transactional
    public OneTimeLink create(UUID id, String site) {
        Account account = accounts.findByIdOptional(id).orElseThrow(ProblemException::notFound);
        if (account.disabled) {
            throw new ProblemException(ProblemType.CONFLICT, "accounts.disabled");
        }
        String secret = make(id);
        audit.record("Link for a new password made for", id);
        return new OneTimeLink(site + path(secret), clock.instant().plus(LIFE), false);
    }

    /**
     * @param network of the client, for the limit on guesses
     * @throws ProblemException when the link opens nothing, or not any more
     */
    @Transactional
    public void open(String secret, String network) {
        require(secret, network);
    }

    /**
     * Ends every session and token of the account.
     *
     * @throws ProblemException when the link opens nothing, or not any more, or the password must not be used
     */
    @Transactional
    public void reset(String secret, String password, String network) {
        PasswordReset reset = require(secret, network);
        if (!resets.use(reset.id(), clock.instant())) {
            throw new ProblemException(ProblemType.GONE, "accounts.link-used");
        }
        service.setPassword(reset.account(), password);
        audit.record("New password by link for", reset.account());
    }

    /** Forgets links that expired long ago. */
    @Transactional
    void forget(Instant before) {
        resets.deleteExpiredBefore(before);
    }

    private String make(UUID account) {
        String secret = Secrets.fresh();
        Instant now = clock.instant();
        resets.replace(account, secret, now, now.plus(LIFE));
        return secret;
    }

    private PasswordReset require(String secret, String network) {
        PasswordReset reset = resets.find(secret).orElse(null);
        if (reset == null) {
            limits.payLink(network);
            throw new ProblemException(ProblemType.NOT_FOUND, "accounts.link-unknown");
        }
        if (reset.used()) {
            throw new ProblemException(ProblemType.GONE, "accounts.link-used");
        }
        if (!reset.expires().isAfter(clock.instant())) {
            throw new ProblemException(ProblemType.GONE, "accounts.link-expired");
        }
        return reset;
    }

    private static String path(String secret) {
        return "/reset-password/" + secret;
    }
}
