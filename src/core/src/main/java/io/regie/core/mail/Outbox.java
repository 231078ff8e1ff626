package io.regie.core.mail;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.database.Sql;
import io.regie.core.problem.Sentences;
import io.regie.core.secrets.Vault;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Mail on its way out. A letter and the order to send it are rows of the transaction that gave cause to it, so whatever
 * dies, both are there or neither. It is sent at least once; its Message-ID tells a server that it comes again.
 */
@Singleton
class Outbox {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    private static final String SEND = "send";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private final DataSource dataSource;
    private final Sql sql;
    private final Vault vault;
    private final MailSettings settings;
    private final SettingsService site;
    private final SmtpServer server;
    private final Instance<MailWriter> writers;
    private final TransactionSynchronizationRegistry transactions;
    private final InstantSource clock;
    private @Nullable Scheduler scheduler;

    Outbox(
            DataSource dataSource,
            Sql sql,
            Vault vault,
            MailSettings settings,
            SettingsService site,
            SmtpServer server,
            Instance<MailWriter> writers,
            TransactionSynchronizationRegistry transactions,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.sql = sql;
        this.vault = vault;
        this.settings = settings;
        this.site = site;
        this.server = server;
        this.writers = writers;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Waiting(Letter letter, int attempts, Instant created) {}

    void start(@Observes @Priority(3000) StartupEvent event) {
        List<Task<?>> tasks = new ArrayList<>();
        tasks.add(
                Tasks.custom(SEND, Void.class).execute((instance, context) -> send(UUID.fromString(instance.getId()))));
        for (MailWriter writer : writers) {
            tasks.add(Tasks.custom(writer.name(), Void.class)
                    .onFailure(Outbox::again)
                    .execute((instance, context) -> {
                        writer.write(instance.getId());
                        return (complete, operations) -> operations.remove();
                    }));
        }
        scheduler = Scheduler.create(dataSource, tasks)
                .tableName("pool_mail")
                .serializer(new NoData())
                .clock(clock::instant)
                .threads(2)
                .pollingInterval(Duration.ofSeconds(10))
                .heartbeatInterval(Duration.ofSeconds(10))
                .missedHeartbeatsLimit(4)
                .pollUsingLockAndFetch(0.5, 1.0)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
        scheduler.start();
    }

    void stop(@Observes ShutdownEvent event) {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    /** Part of the caller's transaction. */
    void add(Letter letter) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        sql.update(
                "insert into mail (id, recipient, subject, sealed_text, state, created)"
                        + " values (?, ?, ?, ?, 'WAITING', ?)",
                id,
                letter.recipient(),
                SmtpServer.oneLine(letter.subject()),
                vault.seal(letter.text(), purpose(id)),
                now);
        schedule(SEND, id.toString(), now);
    }

    /**
     * Part of the caller's transaction, which asking twice must not end: so not by the scheduler's own insert, which
     * meets the other one's row as an error.
     */
    void schedule(String task, String key, Instant when) {
        sql.update(
                "insert into pool_mail (task_name, task_instance, execution_time, picked, consecutive_failures, version)"
                        + " values (?, ?, ?, false, 0, 1) on conflict do nothing",
                task,
                key,
                when);
        afterCommit();
    }

    private CompletionHandler<Void> send(UUID id) {
        Waiting waiting = sql.find(
                        "select recipient, subject, sealed_text, attempts, created from mail"
                                + " where id = ? and state = 'WAITING'",
                        row -> new Waiting(
                                new Letter(
                                        row.getString("recipient"),
                                        row.getString("subject"),
                                        vault.open(row.getString("sealed_text"), purpose(id))
                                                .orElse("")),
                                row.getInt("attempts"),
                                row.getObject("created", OffsetDateTime.class).toInstant()),
                        id)
                .orElse(null);
        if (waiting == null) {
            return (complete, operations) -> operations.remove();
        }
        Optional<MailSettings.Account> account = settings.account();
        if (account.isEmpty() || waiting.letter().text().isEmpty()) {
            end(id, "FAILED", account.isEmpty() ? "mail.off" : "mail.unreadable", List.of());
            return (complete, operations) -> operations.remove();
        }
        try {
            server.send(account.get(), id, waiting.letter(), site.get(Setting.SITE_NAME), waiting.created());
            end(id, "SENT", null, List.of());
            return (complete, operations) -> operations.remove();
        } catch (MailFailedException e) {
            return failed(id, waiting, e);
        }
    }

    private CompletionHandler<Void> failed(UUID id, Waiting waiting, MailFailedException failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Mail {0} did not leave: {1}",
                id,
                Sentences.of(Locale.ENGLISH, failure.key(), failure.arguments()));
        boolean late = clock.instant().isAfter(waiting.created().plus(GIVE_UP));
        if (failure.hopeless() || late) {
            end(id, "FAILED", failure.key(), failure.arguments());
            return (complete, operations) -> operations.remove();
        }
        sql.update("update mail set attempts = attempts + 1 where id = ?", id);
        Duration pause = pause(waiting.attempts());
        return (complete, operations) ->
                operations.reschedule(complete, clock.instant().plus(pause));
    }

    /** The text goes with the last attempt: it may hold a link that opens something. */
    private void end(UUID id, String state, @Nullable String key, List<Object> arguments) {
        sql.update(
                "update mail set state = ?, failure = ?, sealed_text = null, attempts = attempts + 1, ended = ?"
                        + " where id = ?",
                state,
                key == null ? null : Sentences.of(Locale.ENGLISH, key, arguments),
                clock.instant(),
                id);
    }

    private static void again(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        complete.getCause().ifPresent(cause -> LOG.log(System.Logger.Level.ERROR, "Mail could not be written", cause));
        operations.reschedule(
                complete, complete.getTimeDone().plus(pause(complete.getExecution().consecutiveFailures)));
    }

    static Duration pause(int times) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static String purpose(UUID id) {
        return "mail " + id;
    }

    private void afterCommit() {
        Scheduler running = scheduler;
        if (running == null) {
            return;
        }
        if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            running.triggerCheckForDueExecutions();
            return;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing to prepare.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    running.triggerCheckForDueExecutions();
                }
            }
        });
    }

    /** Never Java serialization: the tasks have no data. */
    private static final class NoData implements Serializer {
        @Override
        public byte @Nullable [] serialize(Object data) {
            return null;
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte[] serialized) {
            return null;
        }
    }
}
