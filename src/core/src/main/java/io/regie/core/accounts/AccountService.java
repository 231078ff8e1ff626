package io.regie.core.accounts;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.Role;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Languages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The door to accounts. */
@ApplicationScoped
public class AccountService {

    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Passwords passwords;
    private final PasswordCheck check;
    private final PasswordResets resets;
    private final Invitations invitations;
    private final Event<WorkTransferred> transfers;
    private final Audit audit;
    private final InstantSource clock;

    AccountService(
            Accounts accounts,
            Sessions sessions,
            ApiTokens tokens,
            Passwords passwords,
            PasswordCheck check,
            PasswordResets resets,
            Invitations invitations,
            Event<WorkTransferred> transfers,
            Audit audit,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
        this.check = check;
        this.resets = resets;
        this.invitations = invitations;
        this.transfers = transfers;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Optional<AccountView> find(UUID id) {
        return accounts.findByIdOptional(id).map(Account::view);
    }

    @Transactional
    public List<AccountView> list() {
        return accounts.byName().stream().map(Account::view).toList();
    }

    /** When people last signed in with a browser; those who never did are missing. */
    @Transactional
    public Map<UUID, Instant> lastSignIns() {
        return accounts.byName().stream()
                .filter(account -> account.lastSignIn != null)
                .collect(Collectors.toMap(account -> account.id, account -> account.lastSignIn));
    }

    /** @throws ProblemException when the address is taken or something is not as it must be */
    @Transactional
    public AccountView create(AccountDraft draft) {
        String email = plausible(draft.email());
        passwords.check(draft.password(), email);
        if (draft.role() == Role.VISITOR) {
            throw ProblemException.invalidField("role", "accounts.role-visitor");
        }
        Account account = new Account();
        account.id = UUID.randomUUID();
        account.email = email;
        account.name = draft.name().strip();
        account.role = draft.role();
        account.passwordHash = passwords.hash(draft.password());
        account.created = clock.instant();
        if (!accounts.add(account)) {
            throw new ProblemException(ProblemType.CONFLICT, "accounts.email-taken");
        }
        return account.view();
    }

    /**
     * Changes an account. A new role or password, and being disabled, end every session; a new password and being
     * disabled end the tokens too, since whoever knew the old one may have made them.
     *
     * @throws ProblemException when there is no such account, or no administrator would be left
     */
    @Transactional
    public AccountView change(UUID id, AccountChange change) {
        Account account = require(id);
        if (change.name() != null) {
            account.name = change.name().strip();
        }
        if (change.role() != null && change.role() != account.role) {
            changeRole(account, change.role());
        }
        if (change.disabled() != null && change.disabled() != account.disabled) {
            disable(account, change.disabled());
        }
        if (change.password() != null) {
            changePassword(account, change.password());
        }
        accounts.flush();
        return account.view();
    }

    /** @throws ProblemException when there is no such account, or no such language */
    @Transactional
    public AccountView changeProfile(UUID id, ProfileChange change) {
        Account account = require(id);
        if (change.name() != null) {
            if (change.name().isBlank()) {
                throw ProblemException.invalidField("name", "accounts.name-missing");
            }
            account.name = change.name().strip();
        }
        if (change.locale() != null) {
            account.locale = change.locale().isEmpty()
                    ? null
                    : Languages.require(change.locale(), "locale").getLanguage();
        }
        accounts.flush();
        return account.view();
    }

    /**
     * Gives an account another address to sign in with.
     *
     * @param current proves that it is still the same person
     * @param network of the client, for the limit on wrong attempts
     * @throws ProblemException when the password is wrong, or the address is taken or not one
     */
    public AccountView changeEmail(UUID id, String email, String current, String network) {
        String normal = plausible(email);
        requirePassword(id, current, network);
        return QuarkusTransaction.requiringNew().call(() -> {
            Account account = require(id);
            if (!accounts.changeEmail(account, normal)) {
                throw new ProblemException(ProblemType.CONFLICT, "accounts.email-taken");
            }
            return account.view();
        });
    }

    /**
     * Ends every session and every token of the account.
     *
     * @param current proves that it is still the same person
     * @param network of the client, for the limit on wrong attempts
     * @throws ProblemException when the current password is wrong, or the new one must not be used
     */
    public void changePassword(UUID id, String password, String current, String network) {
        requirePassword(id, current, network);
        QuarkusTransaction.requiringNew().run(() -> changePassword(require(id), password));
    }

    /** For whoever proved in another way than by the old one that it is theirs. */
    @Transactional
    void setPassword(UUID id, String password) {
        changePassword(require(id), password);
        accounts.flush();
    }

    /**
     * Hands everything that somebody made over to somebody else.
     *
     * @throws ProblemException when there is no such account, or the other one may not own anything
     */
    @Transactional
    public void transfer(UUID from, UUID to) {
        require(from);
        Account heir = accounts.findByIdOptional(to)
                .filter(found -> !found.disabled && !found.id.equals(from))
                .orElseThrow(() -> ProblemException.invalidField("to", "accounts.heir"));
        transfers.fire(new WorkTransferred(from, heir.id));
        audit.record("Everything of " + from + " handed over to", heir.id);
    }

    /** @throws ProblemException when it is no address, or somebody's already */
    String requireFree(String email) {
        String normal = plausible(email);
        if (accounts.findByEmail(normal).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "accounts.email-taken");
        }
        return normal;
    }

    /** Counts like signing in: a stolen session must not become a way to guess. */
    private void requirePassword(UUID id, String current, String network) {
        AccountView account = find(id).orElseThrow(ProblemException::notFound);
        try {
            check.require(account.email(), current, network);
        } catch (ProblemException wrong) {
            throw wrong.type() == ProblemType.UNAUTHENTICATED
                    ? ProblemException.invalidField("current", "accounts.current-wrong")
                    : wrong;
        }
    }

    private static String plausible(String email) {
        String normal = Emails.normal(email);
        if (!Emails.plausible(normal)) {
            throw ProblemException.invalidField("email", "accounts.email-invalid");
        }
        return normal;
    }

    private Account require(UUID id) {
        return accounts.findByIdOptional(id).orElseThrow(ProblemException::notFound);
    }

    private void changeRole(Account account, Role role) {
        if (role == Role.VISITOR) {
            throw ProblemException.invalidField("role", "accounts.role-visitor");
        }
        keepAnAdmin(account);
        account.role = role;
        sessions.deleteAllOf(account.id);
        invitations.deleteUnusedBy(account.id);
        audit.record("Role " + role + " given to", account.id);
    }

    private void disable(Account account, boolean disabled) {
        if (disabled) {
            keepAnAdmin(account);
            sessions.deleteAllOf(account.id);
            tokens.deleteAllOf(account.id);
            resets.deleteUnusedOf(account.id);
            invitations.deleteUnusedBy(account.id);
        }
        account.disabled = disabled;
        audit.record(disabled ? "Disabled" : "Enabled", account.id);
    }

    private void keepAnAdmin(Account account) {
        if (account.role == Role.ADMIN) {
            accounts.lockAdmins();
            if (!accounts.hasOtherAdmin(account.id)) {
                throw new ProblemException(ProblemType.CONFLICT, "accounts.last-admin");
            }
        }
    }

    private void changePassword(Account account, String password) {
        passwords.check(password, account.email);
        account.passwordHash = passwords.hash(password);
        sessions.deleteAllOf(account.id);
        tokens.deleteAllOf(account.id);
        resets.deleteUnusedOf(account.id);
    }
}
