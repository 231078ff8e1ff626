package io.regie.core.themes;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What a template did wrong, kept until its theme changes, so that an administrator learns of it. */
@Entity
@Table(name = "theme_failure")
class ThemeFailure {

    @Id
    UUID id;

    String theme;
    String template;
    String sentence;
    Instant firstSeen;
    Instant lastSeen;
}
