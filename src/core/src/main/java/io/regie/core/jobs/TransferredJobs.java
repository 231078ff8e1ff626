package io.regie.core.jobs;

import io.regie.core.accounts.WorkTransferred;
import io.regie.core.database.Sql;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Whoever owns a thing sees the jobs about it. */
@Singleton
class TransferredJobs {

    private final Sql sql;

    TransferredJobs(Sql sql) {
        this.sql = sql;
    }

    void take(@Observes WorkTransferred transfer) {
        sql.update("update job set owner = ?, version = version + 1 where owner = ?", transfer.to(), transfer.from());
    }
}
