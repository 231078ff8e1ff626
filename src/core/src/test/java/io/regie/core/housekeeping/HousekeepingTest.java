package io.regie.core.housekeeping;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HousekeepingTest {

    @Inject
    FailingChore chore;

    @Test
    void comesBackToAChoreThatFailed() {
        await().atMost(Duration.ofSeconds(40)).until(() -> chore.runs.get() >= 2);
    }

    @Singleton
    static class FailingChore implements Housekeeping {
        final AtomicInteger runs = new AtomicInteger();

        @Override
        public String name() {
            return "failing-chore";
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(100);
        }

        @Override
        public void run() {
            runs.incrementAndGet();
            throw new IllegalStateException("as always");
        }
    }
}
