package io.regie.core.accounts;

import io.regie.core.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
class Account {

    @Id
    UUID id;

    String email;
    String name;

    @Enumerated(EnumType.STRING)
    Role role;

    String passwordHash;

    @Nullable
    String locale;

    boolean disabled;
    Instant created;

    @Nullable
    @Column(insertable = false, updatable = false)
    Instant lastSignIn;

    @Version
    long version;

    AccountView view() {
        return new AccountView(id, email, name, role, locale, disabled, created);
    }
}
