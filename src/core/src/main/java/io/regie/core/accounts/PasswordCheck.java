package io.regie.core.accounts;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The one place where a password opens something, whichever way it came. */
@Singleton
class PasswordCheck {

    private final Accounts accounts;
    private final Passwords passwords;
    private final AttemptLimits limits;

    PasswordCheck(Accounts accounts, Passwords passwords, AttemptLimits limits) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
    }

    /** @throws ProblemException the same one, after the same time, for a wrong password and an unknown account */
    Account require(String email, String password, String address) {
        String name = Emails.normal(email);
        limits.payPassword(name, address);
        Optional<Account> account = QuarkusTransaction.requiringNew().call(() -> accounts.findByEmail(name));
        boolean matches = passwords.matches(
                password, account.map(found -> found.passwordHash).orElse(null));
        if (!matches || account.get().disabled) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "accounts.wrong");
        }
        limits.giveBackPassword(name, address);
        return account.get();
    }
}
