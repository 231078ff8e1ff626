package io.regie.core.housekeeping;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs every {@link Housekeeping} bean on time. */
@Singleton
final class HousekeepingSchedule {
    private static final System.Logger LOG = System.getLogger(HousekeepingSchedule.class.getName());

    private final DataSource dataSource;
    private final Instance<Housekeeping> chores;
    private @Nullable Scheduler scheduler;

    HousekeepingSchedule(DataSource dataSource, Instance<Housekeeping> chores) {
        this.dataSource = dataSource;
        this.chores = chores;
    }

    void start(@Observes @Priority(3000) StartupEvent event) {
        List<RecurringTask<Void>> tasks =
                chores.stream().map(HousekeepingSchedule::task).toList();
        scheduler = Scheduler.create(dataSource)
                .startTasks(tasks)
                .tableName("pool_housekeeping")
                .serializer(new NoData())
                .threads(1)
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

    private static RecurringTask<Void> task(Housekeeping chore) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.every())).execute((instance, context) -> run(chore));
    }

    private static void run(Housekeeping chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            // Caught here, so that it comes back after its own pause and not after the scheduler's.
            LOG.log(System.Logger.Level.WARNING, "Housekeeping " + chore.name() + " failed", e);
        }
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
