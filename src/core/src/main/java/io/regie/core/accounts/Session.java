package io.regie.core.accounts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
class Session {

    @Id
    UUID id;

    UUID account;
    byte[] hash;
    Instant created;
    Instant lastSeen;
    Instant expires;

    @Nullable
    String browser;

    @Nullable
    String platform;
}
