package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackTimesTest {

    private static final long FRAME = 3600;
    private static final long NONE = TrackTimes.NONE;
    private static final long REAL_TIME = 40_000_000;

    private final TrackTimes times = new TrackTimes(new TimeBase(1, 90_000), 0);

    @Test
    void leavesGoodTimesAlone() {
        for (int i = 0; i < 100; i++) {
            assertThat(times.next(i * FRAME + 900, i * FRAME, FRAME, i * REAL_TIME))
                    .isFalse();
            assertThat(times.dts()).isEqualTo(i * FRAME);
            assertThat(times.pts()).isEqualTo(i * FRAME + 900);
            assertThat(times.duration()).isEqualTo(FRAME);
        }
    }

    @Test
    void decodesWhenShownIfNothingIsReordered() {
        times.next(7 * FRAME, NONE, 0, 0);
        assertThat(times.dts()).isEqualTo(7 * FRAME);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void findsDecodingTimesOfReorderedPictures(int depth) {
        TrackTimes reordered = new TrackTimes(new TimeBase(1, 90_000), depth);
        // I P B B P B B … as decoded, numbered as shown.
        int[] shown = depth == 1
                ? new int[] {0, 2, 1, 4, 3, 6, 5, 8, 7}
                : new int[] {0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11};
        List<Long> decoded = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            assertThat(reordered.next(shown[i] * FRAME, NONE, FRAME, i * REAL_TIME))
                    .isFalse();
            assertThat(reordered.dts()).isLessThanOrEqualTo(reordered.pts());
            decoded.add(reordered.dts());
        }
        assertThat(decoded).isSorted().doesNotHaveDuplicates();
        assertThat(decoded.get(0)).isEqualTo(-depth * FRAME);
        assertThat(decoded.get(decoded.size() - 1)).isEqualTo((shown.length - 1 - depth) * FRAME);
    }

    @Test
    void countsOnWhenTimesAreMissingAltogether() {
        times.next(0, 0, FRAME, 0);
        assertThat(times.next(NONE, NONE, 0, REAL_TIME)).isFalse();
        assertThat(times.dts()).isEqualTo(FRAME);
        assertThat(times.pts()).isEqualTo(FRAME);
    }

    @Test
    void movesDuplicatesAndSmallStepsBackByOneTick() {
        times.next(0, 0, FRAME, 0);
        assertThat(times.next(0, 0, FRAME, REAL_TIME)).isFalse();
        assertThat(times.dts()).isEqualTo(1);
        assertThat(times.next(FRAME, FRAME, FRAME, 2 * REAL_TIME)).isFalse();
        assertThat(times.next(FRAME - 100, FRAME - 100, FRAME, 3 * REAL_TIME)).isFalse();
        assertThat(times.dts()).isEqualTo(FRAME + 1);
        assertThat(times.pts()).isGreaterThanOrEqualTo(times.dts());
    }

    @Test
    void callsLargeStepsBackJumps() {
        times.next(0, 0, FRAME, 0);
        times.next(FRAME, FRAME, FRAME, REAL_TIME);
        assertThat(times.next(-90_000, -90_000, FRAME, 2 * REAL_TIME)).isTrue();
        assertThat(times.jump()).isEqualTo(-90_000 - 2 * FRAME);
        assertThat(times.dts()).isEqualTo(-90_000);
        assertThat(times.next(FRAME - 90_000, FRAME - 90_000, FRAME, 3 * REAL_TIME))
                .as("goes on from there")
                .isFalse();
    }

    @Test
    void callsStepsForwardJumpsUnlessThatTimeHasPassed() {
        times.next(0, 0, FRAME, 0);
        assertThat(times.next(5 * 90_000, 5 * 90_000, FRAME, 5_000_000_000L))
                .as("a sender that paused")
                .isFalse();
        assertThat(times.next(10 * 90_000, 10 * 90_000, FRAME, 5_040_000_000L))
                .as("a clock that was set")
                .isTrue();
        assertThat(times.jump()).isEqualTo(5 * 90_000 - FRAME);
    }

    @Test
    void neverLetsOnePictureLastForHours() {
        times.next(0, 0, FRAME, 0);
        assertThat(times.next(3600L * 90_000, 3600L * 90_000, FRAME, 3_600_000_000_000L))
                .isTrue();
    }

    @Test
    void seesJumpsOfReorderedPicturesAtTheFirst() {
        TrackTimes reordered = new TrackTimes(new TimeBase(1, 90_000), 2);
        for (int i = 0; i < 10; i++) {
            reordered.next(i * FRAME, NONE, FRAME, i * REAL_TIME);
        }
        assertThat(reordered.next(90_000 * 100, NONE, FRAME, 11 * REAL_TIME)).isTrue();
        assertThat(reordered.pts()).isEqualTo(90_000 * 100);
        assertThat(reordered.dts()).isEqualTo(90_000 * 100 - 2 * FRAME);
    }

    @Test
    void acceptsBurstsOfWhatTheSourceHadStored() {
        for (int i = 0; i < 125; i++) {
            assertThat(times.next(i * FRAME, i * FRAME, FRAME, i * 1000L)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 33, 1L << 32})
    void goesOnWhenTheCounterWraps(long turn) {
        long start = turn - 5 * FRAME - 7;
        for (int i = 0; i < 20; i++) {
            long raw = Math.floorMod(start + i * FRAME, turn);
            assertThat(times.next(raw, raw, FRAME, i * REAL_TIME)).isFalse();
            assertThat(times.dts()).isEqualTo(start + i * FRAME);
        }
    }

    @Test
    void showsPicturesAfterTheWrapThatAreDecodedBefore() {
        long turn = 1L << 33;
        times.next(turn - 2 * FRAME, turn - 2 * FRAME, FRAME, 0);
        assertThat(times.next(FRAME, turn - FRAME, FRAME, REAL_TIME)).isFalse();
        assertThat(times.dts()).isEqualTo(turn - FRAME);
        assertThat(times.pts()).isEqualTo(turn + FRAME);
        assertThat(times.next(0, 0, FRAME, 2 * REAL_TIME)).isFalse();
        assertThat(times.dts()).isEqualTo(turn);
    }
}
