package io.regie.core.media;

import io.regie.spi.ByteRange;
import io.regie.spi.Segment;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A segment of a growing rendition that may be served. */
@Entity
@IdClass(EarlySegment.Key.class)
class EarlySegment {

    record Key(UUID rendition, int position) implements Serializable {}

    @Id
    UUID rendition;

    @Id
    int position;

    /** Microseconds. */
    long startTime;

    /** Microseconds. */
    long duration;

    long byteOffset;
    long byteLength;

    static EarlySegment of(UUID rendition, int position, Segment segment) {
        EarlySegment row = new EarlySegment();
        row.rendition = rendition;
        row.position = position;
        row.startTime = segment.start().toNanos() / 1000;
        row.duration = segment.duration().toNanos() / 1000;
        row.byteOffset = segment.range().offset();
        row.byteLength = segment.range().length();
        return row;
    }

    Segment segment() {
        return new Segment(
                Duration.of(startTime, ChronoUnit.MICROS),
                Duration.of(duration, ChronoUnit.MICROS),
                new ByteRange(byteOffset, byteLength));
    }
}
