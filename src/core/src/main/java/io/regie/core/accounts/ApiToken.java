package io.regie.core.accounts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
class ApiToken {

    @Id
    UUID id;

    UUID account;
    String name;
    byte[] hash;
    String scopes;
    Instant created;

    @Nullable
    Instant expires;

    @Nullable
    Instant lastUsed;
}
