package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTimesTest {

    private static final TimeBase VIDEO = new TimeBase(1, 90_000);
    private static final TimeBase AUDIO = new TimeBase(1, 48_000);
    private static final int FRAME = 3600;
    private static final int SOUND = 1024;

    private final List<Passed> passed = new ArrayList<>();
    private LiveTimes<String> times = live(true);

    private record Passed(int track, long dts, boolean broken) {
        double seconds() {
            return track == 0 ? dts / 90_000.0 : dts / 48_000.0;
        }
    }

    private static LiveTimes<String> live(boolean reports) {
        return new LiveTimes<>(List.of(new TrackTimes(VIDEO, 0), new TrackTimes(AUDIO, 0)), reports);
    }

    @Test
    void passesOnAtOnceWhatHasOneClock() throws Exception {
        times = live(false);
        video(0, 0, false);
        assertThat(passed).as("the other track may still come").isEmpty();
        audio(0, 0.01, false);
        assertThat(passed).hasSize(2);
        video(FRAME, 0.04, false);
        assertThat(passed).hasSize(3).noneMatch(Passed::broken);
    }

    @Test
    void movesFirstPacketsToWhereTheReportPutsTheirTrack() throws Exception {
        // Both start at zero although the sound is 479 ms later; libav knows when its report comes.
        for (int i = 0; i < 10; i++) {
            video(i * FRAME, i * 0.04, i == 0);
        }
        long late = Math.round(0.479 * 48_000);
        for (int i = 0; i < 4; i++) {
            audio(i * SOUND, 0.5, false);
        }
        assertThat(passed).isEmpty();
        audio(4 * SOUND + late, 0.6, true);

        assertThat(times.placedByReports()).isTrue();
        assertThat(of(1)).containsExactly(late, late + SOUND, late + 2 * SOUND, late + 3 * SOUND, late + 4 * SOUND);
        assertThat(of(0)).startsWith(0L, (long) FRAME);
        assertThat(passed).noneMatch(Passed::broken);
    }

    @Test
    void movesFirstPacketsBackwardsToo() throws Exception {
        video(0, 0, true);
        audio(18_750, 0.01, false);
        audio(18_750 + SOUND, 0.02, false);
        audio(300, 0.03, true);
        assertThat(of(1)).containsExactly(300L - 2 * SOUND, 300L - SOUND, 300L);
    }

    @Test
    void goesOnWithoutReportsAfterThreeSeconds() throws Exception {
        for (int i = 0; i < 100; i++) {
            video(i * FRAME, i * 0.04, false);
            audio(i * 1920, i * 0.04, false);
        }
        assertThat(passed).hasSize(200);
        assertThat(times.placedByReports()).isFalse();
    }

    @Test
    void breaksTheLineWhenReportsComeLate() throws Exception {
        for (int i = 0; i < 100; i++) {
            video(i * FRAME, i * 0.04, false);
            audio(i * 1920, i * 0.04, false);
        }
        passed.clear();
        audio(100 * 1920 - 72_000, 4, true);
        video(100 * FRAME, 4, true);
        for (int i = 101; i < 110; i++) {
            video(i * FRAME, i * 0.04, false);
            audio(i * 1920 - 72_000, i * 0.04, false);
        }
        assertThat(passed.get(0).broken()).isTrue();
        assertThat(passed.stream().filter(Passed::broken)).hasSize(1);
    }

    @Test
    void waitsForTheOtherTrackAfterAJump() throws Exception {
        run(0, 100);
        passed.clear();
        // The source's clock was set by an hour; its sound follows half a second later.
        long hour = 3600;
        for (int i = 100; i < 113; i++) {
            video(i * FRAME + hour * 90_000, i * 0.04, false);
            audio(i * 1920, i * 0.04, false);
        }
        assertThat(passed).isEmpty();
        audio(113 * 1920 + hour * 48_000, 113 * 0.04, false);

        assertThat(passed.get(0).broken()).isTrue();
        assertThat(passed).allSatisfy(one -> assertThat(one.seconds()).isBetween(3603.9, 3604.6));
        assertThat(of(1)).isSorted().hasSize(14);
    }

    @Test
    void placesATrackThatDoesNotFollowByItsArrival() throws Exception {
        run(0, 100);
        passed.clear();
        for (int i = 100; i < 200; i++) {
            video(i * FRAME + 3600L * 90_000, i * 0.04, false);
            audio(i * 1920, i * 0.04, false);
        }
        assertThat(passed).isNotEmpty();
        Passed lastSound = last(1);
        Passed lastPicture = last(0);
        assertThat(lastSound.seconds()).isCloseTo(lastPicture.seconds(), within(0.05));
    }

    @Test
    void findsOutWhenTheFirstPictureIsShown() throws Exception {
        times = new LiveTimes<>(List.of(new TrackTimes(VIDEO, 2)), false);
        // I P B B P as decoded; libav leaves the first without any time.
        long[] shown = {TrackTimes.NONE, 10_800, 3600, 7200, 21_600, 14_400, 18_000};
        for (int i = 0; i < shown.length; i++) {
            times.offer(
                    0,
                    "packet",
                    shown[i],
                    TrackTimes.NONE,
                    FRAME,
                    false,
                    i * 40_000_000L,
                    (of, packet, pts, dts, length, broken) -> passed.add(new Passed(of, dts, broken)));
        }
        assertThat(of(0)).containsExactly(-7200L, -3600L, 0L, 3600L, 7200L, 10_800L, 14_400L);
        assertThat(passed).noneMatch(Passed::broken);
    }

    @Test
    void saysWhichTrackIsDead() throws Exception {
        times = live(false);
        video(0, 0, false);
        for (int i = 1; i < 150; i++) {
            video(i * FRAME, i * 0.04, false);
        }
        assertThat(times.isDead(1, 6_000_000_000L)).isTrue();
        assertThat(times.isDead(0, 6_000_000_000L)).isFalse();
        assertThat(of(0)).as("nobody waits for it").hasSize(150);
    }

    @Test
    void countsWhatIsMissing() throws Exception {
        times = live(false);
        audio(0, 0, false);
        for (int i = 0; i < 20; i++) {
            if (i < 5 || i > 8) {
                video(i * FRAME, i * 0.04, false);
            }
        }
        assertThat(times.lost()).isEqualTo(4);
    }

    @Test
    void measuresDriftByLeastDelaysOnly() {
        Drift drift = new Drift();
        // Five stored seconds at once, then packets that are late by up to 300 ms; the source is 100 ppm slow.
        for (int i = 0; i < 125; i++) {
            drift.add(i * 40_000L, 0);
        }
        for (int i = 0; i < 25 * 120; i++) {
            long media = 5_000_000 + i * 40_000L;
            long lateness = (i * 7919 % 300) * 1_000_000L;
            drift.add(media, Math.round(i * 40_000_000L * 1.0001) + lateness);
        }
        assertThat(drift.partsPerMillion()).isCloseTo(100, within(30.0));
    }

    @Test
    void convertsTimesWithoutOverflow() {
        assertThat(LiveTimes.micros(1L << 33, VIDEO)).isEqualTo(95_443_717_689L);
        assertThat(LiveTimes.micros(-1, new TimeBase(1, 3))).isEqualTo(-333_333);
        assertThat(LiveTimes.ticks(LiveTimes.micros(86_400_000_000L * 365, TimeBase.MICROSECONDS), AUDIO))
                .isEqualTo(86_400L * 365 * 48_000);
    }

    private void run(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            video(i * FRAME, i * 0.04, i == from);
            audio(i * 1920, i * 0.04, i == from);
        }
    }

    private void video(long dts, double at, boolean report) throws Exception {
        offer(0, dts, FRAME, at, report);
    }

    private void audio(long dts, double at, boolean report) throws Exception {
        offer(1, dts, SOUND, at, report);
    }

    private void offer(int track, long dts, long duration, double at, boolean report) throws Exception {
        times.offer(
                track,
                "packet",
                dts,
                dts,
                duration,
                report,
                Math.round(at * 1e9),
                (of, packet, shown, decoded, length, broken) -> passed.add(new Passed(of, decoded, broken)));
    }

    private List<Long> of(int track) {
        return passed.stream()
                .filter(one -> one.track() == track)
                .map(Passed::dts)
                .toList();
    }

    private Passed last(int track) {
        return passed.stream()
                .filter(one -> one.track() == track)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
