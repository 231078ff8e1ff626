package io.regie.core.mail;

import io.regie.core.database.Sql;
import io.regie.core.housekeeping.Housekeeping;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Forgets what became of mail after a month. */
@Singleton
class DeleteOldMail implements Housekeeping {

    private static final Duration KEPT = Duration.ofDays(30);

    private final Sql sql;
    private final InstantSource clock;

    DeleteOldMail(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "delete-old-mail";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        sql.update("delete from mail where ended < ?", clock.instant().minus(KEPT));
    }
}
