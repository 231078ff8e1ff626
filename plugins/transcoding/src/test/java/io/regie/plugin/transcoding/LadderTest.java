package io.regie.plugin.transcoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Track;
import io.regie.spi.TrackKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {

    @Test
    void putsTheOriginalsOwnHeightOnTop() {
        assertThat(sizes(Ladder.encoded(video(1920, 1080))))
                .containsExactly("1920x1080", "1280x720", "854x480", "640x360", "426x240", "256x144");
    }

    @ParameterizedTest
    @CsvSource({"828, 828", "827, 720", "720, 720", "552, 552", "551, 480", "145, 144", "100, 100"})
    void leavesOutATopThatIsHardlyMoreThanTheNextRung(int height, int top) {
        assertThat(Ladder.encoded(video(height * 16 / 9, height)).rungs().get(0).height())
                .isEqualTo(top);
    }

    @Test
    void countsTheShortSideOfPortraitVideos() {
        assertThat(sizes(Ladder.encoded(video(720, 1280))))
                .containsExactly("720x1280", "480x854", "360x640", "240x426", "144x256");
    }

    @Test
    void turnsRotatedVideosUpright() {
        Track stored = track(1920, 1080, 1080, 1920, 90, 25);

        assertThat(sizes(Ladder.of(info(stored))).get(0)).isEqualTo("1080x1920");
        assertThat(Ladder.of(info(stored)).copyableTop()).isNull();
    }

    @Test
    void givesAnamorphicVideosSquarePixels() {
        Track stored = track(720, 576, 1024, 576, 0, 25);

        assertThat(sizes(Ladder.of(info(stored)))).startsWith("1024x576", "854x480");
        assertThat(Ladder.of(info(stored)).copyableTop()).isNull();
    }

    @Test
    void takesNearlySquarePixelsForSquare() {
        Track stored = track(1920, 1080, 1922, 1080, 0, 25);

        assertThat(sizes(Ladder.encoded(info(stored))).get(0)).isEqualTo("1920x1080");
    }

    @Test
    void makesOddSizesEvenWithoutEnlarging() {
        assertThat(sizes(Ladder.encoded(video(427, 301)))).containsExactly("426x300", "340x240", "204x144");
    }

    @Test
    void hasARungForTheSmallestVideo() {
        assertThat(sizes(Ladder.encoded(video(17, 9)))).containsExactly("16x8");
    }

    @Test
    void goesBeyondFullHighDefinitionOnlyWithTheOriginalsOwnHeight() {
        assertThat(Ladder.encoded(video(3840, 2160)).rungs().stream().map(Rung::height))
                .containsExactly(2160, 1080, 720, 480, 360, 240, 144);
    }

    @Test
    void capsBitratesLikePeerTube() {
        Track thirty = track(1920, 1080, 1920, 1080, 0, 30);
        MediaInfo info = info(withBitrate(thirty, 8_000_000));

        assertThat(Ladder.encoded(info).rungs().stream()
                        .map(rung -> rung.encoding().maxRate()))
                .satisfiesExactly(
                        top -> assertThat(top).isBetween(6_220_000L, 6_221_000L),
                        next -> assertThat(next).isBetween(3_041_000L, 3_042_000L),
                        next -> assertThat(next).isBetween(1_474_000L, 1_476_000L),
                        next -> assertThat(next).isBetween(1_036_000L, 1_037_000L),
                        next -> assertThat(next).isBetween(521_000L, 523_000L),
                        last -> assertThat(last).isBetween(210_000L, 211_000L));
    }

    @Test
    void neverSpendsMuchMoreThanTheOriginalHas() {
        MediaInfo info = info(withBitrate(track(1920, 1080, 1920, 1080, 0, 30), 1_000_000));

        assertThat(Ladder.encoded(info).rungs())
                .allMatch(rung -> rung.encoding().maxRate() <= 1_300_000);
    }

    @Test
    void thinsFastVideosEvenly() {
        assertThat(Ladder.encoded(info(track(1280, 720, 1280, 720, 0, 120)))
                        .rungs()
                        .get(0)
                        .encoding()
                        .frameRate())
                .isEqualTo(60);
        assertThat(Ladder.encoded(info(track(1280, 720, 1280, 720, 0, 100)))
                        .rungs()
                        .get(0)
                        .encoding()
                        .frameRate())
                .isEqualTo(50);
    }

    @Test
    void copiesWhatBrowsersPlay() {
        Ladder ladder = Ladder.of(info(track(1280, 720, 1280, 720, 0, 30)));

        assertThat(ladder.copyableTop()).isEqualTo(ladder.rungs().get(0));
        assertThat(ladder.rungs().get(0).height()).isEqualTo(720);
    }

    @Test
    void leavesOutWhatIsHardlyLessThanTheCopiedTop() {
        Ladder ladder = Ladder.of(info(track(1420, 800, 1420, 800, 0, 30)));

        assertThat(ladder.rungs().stream().map(Rung::height)).containsExactly(800, 480, 360, 240, 144);
    }

    @Test
    void encodesWhatIsOverTheCap() {
        assertThat(Ladder.of(info(withBitrate(track(1280, 720, 1280, 720, 0, 30), 9_000_000)))
                        .copyableTop())
                .isNull();
    }

    @Test
    void encodesTenBitInterlacedAndForeignVideos() {
        Track plain = track(1280, 720, 1280, 720, 0, 30);

        assertThat(Ladder.of(info(like(plain, "h264", "High 10", "yuv420p10le", false)))
                        .copyableTop())
                .isNull();
        assertThat(Ladder.of(info(like(plain, "h264", "High", "yuv420p", true))).copyableTop())
                .isNull();
        assertThat(Ladder.of(info(like(plain, "hevc", "Main", "yuv420p", false)))
                        .copyableTop())
                .isNull();
        assertThat(Ladder.of(info(like(plain, "h264", "High", "yuv420p", false)))
                        .copyableTop())
                .isNotNull();
    }

    private static List<String> sizes(Ladder ladder) {
        return ladder.rungs().stream()
                .map(rung -> rung.encoding().width() + "x" + rung.encoding().height())
                .toList();
    }

    private static MediaInfo video(int width, int height) {
        return info(track(width, height, width, height, 0, 25));
    }

    private static MediaInfo info(Track video) {
        return new MediaInfo(
                MediaKind.VIDEO, "mp4", "video/mp4", 1_000_000, Duration.ofSeconds(10), 0, List.of(video), Map.of());
    }

    private static Track track(
            int width, int height, int displayWidth, int displayHeight, int rotation, double frameRate) {
        return new Track(
                0,
                TrackKind.VIDEO,
                "h264",
                "High",
                900_000,
                width,
                height,
                displayWidth,
                displayHeight,
                rotation,
                frameRate,
                "yuv420p",
                false,
                0,
                0,
                null,
                false);
    }

    private static Track withBitrate(Track track, long bitrate) {
        return new Track(
                0,
                TrackKind.VIDEO,
                track.codec(),
                track.profile(),
                bitrate,
                track.width(),
                track.height(),
                track.displayWidth(),
                track.displayHeight(),
                track.rotation(),
                track.frameRate(),
                track.pixelFormat(),
                false,
                0,
                0,
                null,
                false);
    }

    private static Track like(Track track, String codec, String profile, String pixelFormat, boolean interlaced) {
        return new Track(
                0,
                TrackKind.VIDEO,
                codec,
                profile,
                track.bitrate(),
                track.width(),
                track.height(),
                track.displayWidth(),
                track.displayHeight(),
                0,
                track.frameRate(),
                pixelFormat,
                interlaced,
                0,
                0,
                null,
                false);
    }
}
