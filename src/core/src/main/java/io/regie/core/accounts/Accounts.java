package io.regie.core.accounts;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.regie.core.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class Accounts implements PanacheRepositoryBase<Account, UUID> {

    Optional<Account> findByEmail(String email) {
        return find("email", Emails.normal(email)).firstResultOptional();
    }

    List<Account> byName() {
        return list("order by lower(name), id");
    }

    /** False when the address is taken, also by somebody at this very moment. */
    boolean add(Account account) {
        int added = getEntityManager()
                .createNativeQuery(
                        "insert into account (id, email, name, role, password_hash, disabled, created, version)"
                                + " values (?1, ?2, ?3, ?4, ?5, false, ?6, 0) on conflict do nothing")
                .setParameter(1, account.id)
                .setParameter(2, account.email)
                .setParameter(3, account.name)
                .setParameter(4, account.role.name())
                .setParameter(5, account.passwordHash)
                .setParameter(6, account.created)
                .executeUpdate();
        return added == 1;
    }

    /** False when the address is somebody else's, also by somebody at this very moment. */
    boolean changeEmail(Account account, String email) {
        if (count("email = ?1 and id <> ?2", email, account.id) > 0) {
            return false;
        }
        account.email = email;
        try {
            flush();
            return true;
        } catch (ConstraintViolationException taken) {
            return false;
        }
    }

    /** Whoever changes the account at this moment must not lose for it: the version stays. */
    void signedIn(UUID id, Instant now) {
        getEntityManager()
                .createNativeQuery("update account set last_sign_in = ?1 where id = ?2")
                .setParameter(1, now)
                .setParameter(2, id)
                .executeUpdate();
    }

    /** Two administrators must not demote each other at the same time. */
    void lockAdmins() {
        find("role", Role.ADMIN).withLock(LockModeType.PESSIMISTIC_WRITE).list();
    }

    boolean hasOtherAdmin(UUID id) {
        return count("role = ?1 and not disabled and id <> ?2", Role.ADMIN, id) > 0;
    }
}
