package io.regie.core.accounts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

@Entity
class Session {

    @Id
    UUID id;

    UUID account;
    byte[] hash;
    Instant created;
    Instant lastSeen;
    Instant expires;
}
