package io.regie.core.live;

import java.time.Instant;

/** From when to when a stream is recorded. */
public record Window(Instant start, Instant end) {}
