package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentsColumnTest {

    private final SegmentsColumn column = new SegmentsColumn();

    @Test
    void keepsEverySegment() {
        assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(Rows.segments(500, 4.004))))
                .isEqualTo(Rows.segments(500, 4.004));
    }

    @Test
    void tellsNoneFromUnknown() {
        assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(List.of())))
                .isEmpty();
        assertThat(column.convertToEntityAttribute(column.convertToDatabaseColumn(null)))
                .isNull();
    }
}
