package io.regie.core.accounts;

import io.regie.core.access.Role;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The door to accounts. */
@ApplicationScoped
public class AccountService {

    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Passwords passwords;
    private final InstantSource clock;

    AccountService(Accounts accounts, Sessions sessions, ApiTokens tokens, Passwords passwords, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
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

    /** @throws ProblemException when the address is taken or something is not as it must be */
    @Transactional
    public AccountView create(AccountDraft draft) {
        String email = Emails.normal(draft.email());
        if (!Emails.plausible(email)) {
            throw ProblemException.invalidField("email", "accounts.email-invalid");
        }
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
     * Changes an account. A new role or password, and being disabled, end every session; a new password ends the tokens
     * too, since whoever knew the old one may have made them.
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

    @Transactional
    public void changePassword(UUID id, String password) {
        changePassword(require(id), password);
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
    }

    private void disable(Account account, boolean disabled) {
        if (disabled) {
            keepAnAdmin(account);
            sessions.deleteAllOf(account.id);
        }
        account.disabled = disabled;
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
    }
}
