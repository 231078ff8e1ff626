package io.regie.core.mail;

import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** How mail fares. */
@Singleton
public class MailFigures {

    private static final Duration LATELY = Duration.ofDays(1);

    private final Sql sql;
    private final InstantSource clock;

    MailFigures(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public long waiting() {
        return count("state = 'WAITING' and created > ?");
    }

    /** Within a day. */
    public long failed() {
        return count("state = 'FAILED' and ended > ?");
    }

    private long count(String which) {
        return sql.find(
                        "select count(*) from mail where " + which,
                        row -> row.getLong(1),
                        clock.instant().minus(LATELY))
                .orElse(0L);
    }
}
