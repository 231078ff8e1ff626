package io.regie.core.accounts;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.access.Role;
import io.regie.core.accounts.Invitations.Invitation;
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
import java.util.List;
import java.util.UUID;

/**
 * Lets people in by a link that works once. It is good for a week, and only while whoever made it is an administrator.
 */
@ApplicationScoped
public class InvitationService {

    static final Duration LIFE = Duration.ofDays(7);

    private final Invitations invitations;
    private final AccountService accounts;
    private final MailService mail;
    private final SettingsService settings;
    private final AttemptLimits limits;
    private final Audit audit;
    private final InstantSource clock;

    InvitationService(
            Invitations invitations,
            AccountService accounts,
            MailService mail,
            SettingsService settings,
            AttemptLimits limits,
            Audit audit,
            InstantSource clock) {
        this.invitations = invitations;
        this.accounts = accounts;
        this.mail = mail;
        this.settings = settings;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those that nobody accepted. */
    @Transactional
    public List<InvitationView> list() {
        Instant now = clock.instant();
        return invitations.open().stream()
                .map(each -> new InvitationView(
                        each.id(),
                        each.email(),
                        each.role(),
                        each.created(),
                        each.expires(),
                        !each.expires().isAfter(now)))
                .toList();
    }

    /**
     * Invites somebody; an earlier invitation of theirs ends.
     *
     * @param site its address as the administrator reached it; mail has the configured one
     * @throws ProblemException when there is such an account, or something is not as it must be
     */
    @Transactional
    public OneTimeLink invite(UUID by, InvitationDraft draft, String site) {
        String email = accounts.requireFree(draft.email());
        if (draft.role() == Role.VISITOR) {
            throw ProblemException.invalidField("role", "accounts.role-visitor");
        }
        Instant now = clock.instant();
        Instant expires = now.plus(LIFE);
        String secret = Secrets.fresh();
        invitations.deleteUnusedFor(email);
        invitations.insert(UUID.randomUUID(), new InvitationDraft(email, draft.role()), secret, by, now, expires);
        boolean mailed =
                mail.site().map(own -> write(email, own + path(secret))).orElse(false);
        audit.record("Invited", email + " as " + draft.role());
        return new OneTimeLink(site + path(secret), expires, mailed);
    }

    /** @throws ProblemException when there is none, or it was accepted */
    @Transactional
    public void withdraw(UUID id) {
        if (!invitations.delete(id)) {
            throw ProblemException.notFound();
        }
        audit.record("Invitation withdrawn", id);
    }

    /**
     * What a link invites to.
     *
     * @param network of the client, for the limit on guesses
     * @throws ProblemException when it does not, or not any more
     */
    @Transactional
    public Invited open(String secret, String network) {
        Invitation invitation = require(secret, network);
        return new Invited(invitation.email(), invitation.role());
    }

    /** Whom a link invites, and to what. */
    public record Invited(String email, Role role) {}

    /**
     * Makes the account, or nothing when the password must not be used.
     *
     * @throws ProblemException when the link does not open anything, or not any more, or something is not as it must be
     */
    @Transactional
    public UUID accept(String secret, String name, String password, String network) {
        Invitation invitation = require(secret, network);
        if (name.isBlank()) {
            throw ProblemException.invalidField("name", "accounts.name-missing");
        }
        if (!invitations.use(invitation.id(), clock.instant())) {
            throw new ProblemException(ProblemType.GONE, "accounts.link-used");
        }
        UUID account = accounts.create(new AccountDraft(invitation.email(), name, invitation.role(), password))
                .id();
        audit.record("Invitation accepted, account made", account);
        return account;
    }

    /** Forgets links that expired long ago. */
    @Transactional
    void forget(Instant before) {
        invitations.deleteExpiredBefore(before);
    }

    private Invitation require(String secret, String network) {
        Invitation invitation = invitations.find(secret).orElse(null);
        if (invitation == null || !invitation.meant()) {
            limits.payLink(network);
            throw new ProblemException(ProblemType.NOT_FOUND, "accounts.link-unknown");
        }
        if (invitation.used()) {
            throw new ProblemException(ProblemType.GONE, "accounts.link-used");
        }
        if (!invitation.expires().isAfter(clock.instant())) {
            throw new ProblemException(ProblemType.GONE, "accounts.link-expired");
        }
        return invitation;
    }

    private static String path(String secret) {
        return "/invitation/" + secret;
    }

    private boolean write(String email, String link) {
        String name = settings.get(Setting.SITE_NAME);
        AccountMessages words = MessageBundles.get(
                AccountMessages.class,
                Localized.Literal.of(settings.get(Setting.DEFAULT_LOCALE).getLanguage()));
        mail.send(new Letter(email, words.invitationSubject(name), words.invitationText(name, link)));
        return true;
    }
}
