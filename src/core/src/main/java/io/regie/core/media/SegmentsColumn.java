package io.regie.core.media;

import io.regie.spi.ByteRange;
import io.regie.spi.Segment;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * All segments of a finished rendition in one column: {@code start,duration,offset,length;…}, times in microseconds. A
 * row each would make the largest table of a big library out of data that is only ever read whole.
 */
@Converter
class SegmentsColumn implements AttributeConverter<@Nullable List<Segment>, @Nullable String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<Segment> segments) {
        if (segments == null) {
            return null;
        }
        StringJoiner text = new StringJoiner(";");
        for (Segment segment : segments) {
            text.add(segment.start().toNanos() / 1000
                    + ","
                    + segment.duration().toNanos() / 1000
                    + ","
                    + segment.range().offset()
                    + ","
                    + segment.range().length());
        }
        return text.toString();
    }

    @Override
    public @Nullable List<Segment> convertToEntityAttribute(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<Segment> segments = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String part : text.split(";")) {
                String[] numbers = part.split(",");
                segments.add(new Segment(
                        Duration.of(Long.parseLong(numbers[0]), ChronoUnit.MICROS),
                        Duration.of(Long.parseLong(numbers[1]), ChronoUnit.MICROS),
                        new ByteRange(Long.parseLong(numbers[2]), Long.parseLong(numbers[3]))));
            }
        }
        return segments;
    }
}
