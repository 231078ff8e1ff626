package io.regie.core.jobs;

import io.regie.core.database.Sql;
import io.regie.core.plugins.JobTypes;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.Trees;
import io.regie.core.process.Workers;
import io.regie.spi.JobType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node does at its start about its own former life, which ended without a goodbye: the scheduler would wait for
 * four missed heartbeats, but whoever holds the data directory knows at once.
 */
@Singleton
class RecoverAbandonedJobs {
    private static final System.Logger LOG = System.getLogger(RecoverAbandonedJobs.class.getName());

    private final Sql sql;
    private final Attempts attempts;
    private final Workers workers;
    private final JobTypes types;

    RecoverAbandonedJobs(Sql sql, Attempts attempts, Workers workers, JobTypes types) {
        this.sql = sql;
        this.attempts = attempts;
        this.workers = workers;
        this.types = types;
    }

    private record Left(String folder, String type) {}

    /** Before the pool's scheduler starts. */
    void recover(Pool pool, String node) {
        List<Ticket> abandoned = sql.list(
                "SELECT task_data FROM " + pool.table() + " WHERE picked AND picked_by = ?",
                row -> ticket(row.getBytes(1)),
                node);
        for (Ticket ticket : abandoned) {
            Next next = attempts.recover(ticket);
            String instance = ticket.ticket().toString();
            if (next instanceof Next.Remove) {
                sql.update("DELETE FROM " + pool.table() + " WHERE task_instance = ? AND picked", instance);
            } else {
                sql.update(
                        "UPDATE " + pool.table() + " SET picked = false, picked_by = NULL, last_heartbeat = NULL,"
                                + " execution_time = now(), version = version + 1 WHERE task_instance = ? AND picked",
                        instance);
            }
        }
        if (!abandoned.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} jobs in pool {1} were interrupted and wait again",
                    abandoned.size(),
                    pool);
        }
    }

    /** No worker runs yet, so every workspace is a leftover, except those that resumable jobs go on with. */
    void deleteWorkspaces() throws IOException {
        Set<String> needed = sql
                .list(
                        "SELECT id, attempt, type FROM job WHERE state = 'QUEUED' AND attempt > 0",
                        row -> new Left(row.getString("id") + "-" + row.getInt("attempt"), row.getString("type")))
                .stream()
                .filter(left ->
                        types.find(left.type()).filter(JobType::resumable).isPresent())
                .map(Left::folder)
                .collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(workers.workspaces())) {
            for (Path folder : folders.toList()) {
                if (!needed.contains(folder.getFileName().toString())) {
                    Trees.delete(folder);
                }
            }
        }
    }

    private static Ticket ticket(byte[] json) {
        try {
            return ProtocolJson.mapper().readValue(json, Ticket.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
