package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regie.ffmpeg.SegmentCursor.Mark;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentPlanTest {

    private static final TimeBase FILM = new TimeBase(1001, 24_000);

    @Test
    void beginsSegmentsEveryFourSecondsAndGroupsEveryTwo() {
        SegmentCursor cursor = new SegmentCursor(SegmentPlan.grid(), new TimeBase(1, 25));

        List<Integer> segments = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int frame = 0; frame < 260; frame++) {
            Mark mark = cursor.next(frame);
            if (mark == Mark.SEGMENT) {
                segments.add(frame);
            } else if (mark == Mark.GROUP) {
                groups.add(frame);
            }
        }

        assertThat(segments).containsExactly(0, 100, 200);
        assertThat(groups).containsExactly(50, 150, 250);
    }

    @Test
    void keepsTheGridForFrameRatesThatDoNotFitIt() {
        SegmentCursor cursor = new SegmentCursor(SegmentPlan.grid(), FILM);

        List<Double> segments = new ArrayList<>();
        for (int frame = 0; frame < 24 * 3600; frame++) {
            if (cursor.next(frame) == Mark.SEGMENT) {
                segments.add(FILM.seconds(frame));
            }
        }

        assertThat(segments).hasSize(901);
        for (int i = 0; i < segments.size(); i++) {
            assertThat(segments.get(i) - i * 4.0).isBetween(-1e-6, FILM.seconds(1));
        }
    }

    @Test
    void followsTheKeyFramesOfACopyWithGroupsOfAtMostTwoSeconds() {
        SegmentPlan plan = SegmentPlan.following();
        plan.begin(0);
        plan.begin(5);
        plan.begin(9);
        plan.end(16);

        List<Double> keys = new ArrayList<>();
        for (double time = 0; time < 16; time = plan.keyFrameAfter(time)) {
            keys.add(time);
        }

        assertThat(keys).contains(0.0, 5.0, 9.0);
        for (int i = 1; i < keys.size(); i++) {
            assertThat(keys.get(i) - keys.get(i - 1)).isBetween(0.5, 2 + 1e-9);
        }
        assertThat(plan.boundaryAfter(5)).isEqualTo(9);
        assertThat(plan.boundaryAfter(10))
                .as("no segment for the last little bit of sound")
                .isGreaterThan(16);
    }

    @Test
    void knowsNothingBeforeItIsDecided() {
        SegmentPlan plan = SegmentPlan.following();
        plan.begin(0);

        assertThat(plan.boundaryAfter(1)).isInfinite();
    }

    @Test
    void rescalesTimesToTheNearestTick() {
        assertThat(new TimeBase(1, 90_000).from(1, FILM)).isEqualTo(3754);
        assertThat(FILM.seconds(24)).isCloseTo(1.001, within(1e-9));
    }
}
