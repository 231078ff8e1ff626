package io.regie.core.live;

import io.regie.core.accounts.WorkTransferred;
import io.regie.core.database.Sql;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Live streams that get another owner, and with it what they will record. */
@Singleton
class TransferredStreams {

    private final Sql sql;

    TransferredStreams(Sql sql) {
        this.sql = sql;
    }

    void take(@Observes WorkTransferred transfer) {
        sql.update(
                "UPDATE live_stream SET owner = ?, revision = revision + 1 WHERE owner = ?",
                transfer.to(),
                transfer.from());
    }
}
