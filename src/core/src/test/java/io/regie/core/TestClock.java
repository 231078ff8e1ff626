package io.regie.core;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the application under test: the real one, moved forward by tests that cannot wait. */
@Singleton
public class TestClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public void advance(Duration step) {
        ahead = ahead.plus(step);
    }
}
