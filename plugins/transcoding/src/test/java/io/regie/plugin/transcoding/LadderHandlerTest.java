package io.regie.plugin.transcoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.Segment;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LadderHandlerTest {

    @TempDir
    Path folder;

    @Test
    void copiesWhatBrowsersPlayAndFollowsItsKeyFrames() throws Exception {
        // Key frames every 2.4 s: segments begin at every second one.
        Path original = Clips.clip().seconds(11).keyFrameEvery(60).writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(run.renditions()).containsExactly("audio", "video-144", "video-180");
        assertThat(run.starts("video-180"))
                .containsExactly(Duration.ZERO, Duration.ofMillis(4800), Duration.ofMillis(9600));
        assertThat(run.starts("video-144")).isEqualTo(run.starts("video-180"));
        assertThat(run.early()).containsExactlyInAnyOrder("video-180", "audio");
        assertThat(run.violations()).isEmpty();
        assertThat(Files.size(run.output("video-180").file()))
                .as("copied, not encoded")
                .isCloseTo(videoBytes(original), within(Files.size(original) / 10));
        assertAudioFollows(run, "audio", "video-180");
        assertEverySegmentStandsAlone(run, "video-180");
        assertEverySegmentStandsAlone(run, "video-144");
    }

    @Test
    void leavesThePublishingOfACopyToTheJobThatWaitsForNothing() throws Exception {
        Path original = Clips.clip().seconds(5).writeIn(folder, "original");

        HandlerRun copy = HandlerRun.of(new CopyHandler(), original, folder.resolve("copy"), Map.of());
        HandlerRun ladder = HandlerRun.of(new LadderHandler(), original, folder.resolve("ladder"), Map.of());

        assertThat(copy.names()).containsExactlyInAnyOrder("video-180", "audio");
        assertThat(ladder.renditions()).containsExactly("video-144");
        assertThat(ladder.early()).isEmpty();
    }

    @Test
    void copiesNothingThatIsEncodedAnew() throws Exception {
        Path original = Clips.clip().video(VideoCodec.MPEG4).writeIn(folder, "original");

        HandlerRun copy = HandlerRun.of(new CopyHandler(), original, folder.resolve("copy"), Map.of());

        assertThat(copy.names()).isEmpty();
        assertThat(copy.log()).singleElement().asString().contains("nothing to copy");
    }

    @Test
    void putsTheSameSoundIntoTheDownloadWhetherItWasCopiedOrNot() throws Exception {
        for (AudioCodec codec : List.of(AudioCodec.AAC, AudioCodec.MP3)) {
            Path original = Clips.clip().audio(codec).seconds(3).writeIn(folder, "original-" + codec);

            HandlerRun run = HandlerRun.ladder(original, folder.resolve("work-" + codec));

            MediaInfo download = Probe.probe(run.output("download").file(), ProbeLimits.standard());
            assertThat(download.video().orElseThrow().height()).isEqualTo(180);
            assertThat(download.audio().orElseThrow().codec()).isEqualTo("aac");
            assertThat(download.duration().toMillis()).isBetween(2950L, 3150L);
        }
    }

    @Test
    void encodesAllRungsSideBySideOnOneGrid() throws Exception {
        Path original =
                Clips.clip().video(VideoCodec.HEVC).seconds(9).size(426, 240).writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(run.renditions()).containsExactly("audio", "video-144", "video-240");
        assertThat(run.early()).containsExactlyInAnyOrder("video-240", "video-144", "audio");
        assertThat(run.starts("video-240"))
                .containsExactly(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(run.starts("video-144")).isEqualTo(run.starts("video-240"));
        assertThat(run.violations()).isEmpty();
        assertAudioFollows(run, "audio", "video-240");
        assertEverySegmentStandsAlone(run, "video-240");
        assertThat(Watched.whole(run.output("video-144")).pictures()).hasSize(9 * 25);
    }

    @Test
    void keepsSoundAndPictureTogetherWhenCopying() throws Exception {
        Clip clip = Clips.clip().flashAndBeep().seconds(5).bFrames(3);

        assertInSync(HandlerRun.ladder(clip.writeIn(folder, "original"), folder.resolve("work")), "video-180", 0);
    }

    @Test
    void keepsSoundAndPictureTogetherWhenEncoding() throws Exception {
        Clip clip =
                Clips.clip().flashAndBeep().seconds(5).video(VideoCodec.MPEG4).audio(AudioCodec.MP3);

        assertInSync(HandlerRun.ladder(clip.writeIn(folder, "original"), folder.resolve("work")), "video-144", 0);
    }

    @Test
    void keepsTheDistanceOfSoundThatBeginsLate() throws Exception {
        for (VideoCodec codec : List.of(VideoCodec.H264, VideoCodec.MPEG4)) {
            Clip clip = Clips.clip()
                    .flashAndBeep()
                    .seconds(4)
                    .bFrames(2)
                    .audioOffset(0.479)
                    .video(codec);
            Path original = clip.writeIn(folder, "late-" + codec);

            HandlerRun run = HandlerRun.ladder(original, folder.resolve("work-" + codec));

            assertInSync(run, "video-180", 0.479);
            Segment first = run.rendition("audio").segments().get(0);
            assertThat(first.start().toMillis()).isBetween(440L, 500L);
        }
    }

    @Test
    void letsSoundGoOnAfterThePicture() throws Exception {
        for (VideoCodec codec : List.of(VideoCodec.H264, VideoCodec.MPEG4)) {
            Path original =
                    Clips.clip().video(codec).seconds(5).audioOffset(4.5).writeIn(folder, "long-" + codec);

            HandlerRun run = HandlerRun.ladder(original, folder.resolve("work-" + codec));

            List<Segment> sound = run.rendition("audio").segments();
            Segment last = sound.get(sound.size() - 1);
            assertThat(last.start().plus(last.duration()).toMillis()).isBetween(9450L, 9600L);
            assertThat(Watched.whole(run.output("video-180")).pictures()).hasSize(125);
        }
    }

    @Test
    void takesTransportStreamsApart() throws Exception {
        Clip clip =
                Clips.clip().container(Container.TS).flashAndBeep().seconds(5).bFrames(2);

        HandlerRun run = HandlerRun.ladder(clip.writeIn(folder, "original"), folder.resolve("work"));

        assertThat(run.rendition("audio").codecs()).isEqualTo("mp4a.40.2");
        assertThat(run.rendition("video-180").codecs()).startsWith("avc1.");
        assertInSync(run, "video-180", 0);
    }

    @Test
    void copiesFromMatroska() throws Exception {
        Clip clip =
                Clips.clip().container(Container.MKV).flashAndBeep().seconds(5).bFrames(2);

        HandlerRun run = HandlerRun.ladder(clip.writeIn(folder, "original"), folder.resolve("work"));

        assertInSync(run, "video-180", 0);
        assertThat(run.log()).isEmpty();
    }

    @Test
    void encodesOpenGroupsAnewAndSaysWhy() throws Exception {
        Path original = Clips.clip()
                .seconds(14)
                .bFrames(3)
                .openGroups()
                .keyFrameEvery(50)
                .writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(run.log()).last().asString().contains("key frames");
        assertThat(run.starts("video-180")).hasSize(4);
    }

    @Test
    void encodesLongGroupsAnew() throws Exception {
        Path original = Clips.clip().seconds(12).keyFrameEvery(280).writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(run.starts("video-180")).hasSize(3);
    }

    @Test
    void turnsRotatedVideosUpright() throws Exception {
        HandlerRun run = HandlerRun.ladder(Clips.rotated(folder, 90), folder.resolve("work"));

        assertThat(run.output("video-180").width()).isEqualTo(180);
        assertThat(run.output("video-180").height()).isEqualTo(320);
    }

    @Test
    void bringsAnamorphicInterlacedAndTenBitVideosIntoShape() throws Exception {
        for (Path original : List.of(Clips.anamorphic(folder), Clips.interlaced(folder), Clips.tenBit(folder))) {
            HandlerRun run = HandlerRun.ladder(original, folder.resolve("work-" + original.getFileName()));

            Output top = run.outputs().get(0);
            List<Double> pictures = Watched.whole(top).pictures();
            assertThat(pictures).as(original.toString()).hasSizeGreaterThan(40);
            assertThat(pictures.get(pictures.size() - 1))
                    .as("the time of " + original)
                    .isCloseTo(pictures.size() / 25.0, within(0.1));
        }
    }

    @Test
    void keepsTheTimesOfVariableFrameRates() throws Exception {
        Path original = Clips.clip()
                .variableFrameRate()
                .video(VideoCodec.HEVC)
                .seconds(4)
                .writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        List<Double> expected = Watched.file(original).pictures();
        List<Double> made = Watched.whole(run.output("video-180")).pictures();
        assertThat(made).hasSameSizeAs(expected);
        for (int i = 0; i < made.size(); i++) {
            assertThat(made.get(i)).isCloseTo(expected.get(i), within(0.002));
        }
    }

    @Test
    void makesOddSizesPlayable() throws Exception {
        HandlerRun run = HandlerRun.ladder(Clips.oddSizes(folder), folder.resolve("work"));

        assertThat(run.outputs())
                .filteredOn(output -> output.name().startsWith("video"))
                .allSatisfy(output -> {
                    assertThat(output.width() % 2).isZero();
                    assertThat(output.height() % 2).isZero();
                });
    }

    @Test
    void doesWithoutSound() throws Exception {
        HandlerRun run = HandlerRun.ladder(Clips.noAudio(folder), folder.resolve("work"));

        assertThat(run.renditions()).containsExactly("video-144", "video-180");
    }

    @Test
    void makesAPosterAndAStoryboard() throws Exception {
        HandlerRun run = HandlerRun.ladder(Clips.standard(folder), folder.resolve("work"));

        assertThat(run.names()).contains("poster", "thumbnail", "storyboard", "download");
    }

    @Test
    void letsAStereoTrackJoinSurroundSound() throws Exception {
        HandlerRun run = HandlerRun.ladder(Clips.surround(folder), folder.resolve("work"));

        assertThat(run.rendition("audio").channels()).isEqualTo(6);
        assertThat(run.rendition("audio-stereo").channels()).isEqualTo(2);
    }

    @Test
    void keepsWhatCanStillBeReadOfATruncatedFile() throws Exception {
        HandlerRun run = HandlerRun.ladder(Clips.truncated(folder), folder.resolve("work"));

        assertThat(Watched.whole(run.output("video-144")).pictures()).hasSizeBetween(10, 49);
    }

    @Test
    void playsWhatIsLeftOfADamagedFile() throws Exception {
        Path original = Clips.clip().container(Container.MKV).seconds(4).writeIn(folder, "original");
        byte[] bytes = Files.readAllBytes(original);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 3000; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(original, bytes);

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(Watched.whole(run.output("video-144")).pictures()).hasSizeGreaterThan(30);
    }

    @Test
    void playsTheSmallestOfVideos() throws Exception {
        Path original = Clips.clip().size(16, 16).video(VideoCodec.MPEG4).writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(Watched.whole(run.output("video-16")).pictures()).hasSize(50);
    }

    @Test
    void estimatesTheSpaceThatIsEnough() throws Exception {
        Path original = Clips.clip().seconds(4).writeIn(folder, "original");
        MediaFile file = new MediaFile(original, Probe.probe(original, ProbeLimits.standard()));
        JobRequest request = new JobRequest("job-1", 1, "transcoding.ladder", List.of(file), Map.of(), null);

        long estimate = new LadderHandler().estimate(request).bytes();

        long made = 0;
        for (Output output : HandlerRun.ladder(original, folder.resolve("work")).outputs()) {
            made += output.rendition() == null ? 0 : Files.size(output.file());
        }
        assertThat(estimate).isGreaterThan(made);
    }

    @Test
    void makesOneRungAgainWithTheSameSegments() throws Exception {
        for (VideoCodec codec : List.of(VideoCodec.H264, VideoCodec.MPEG4)) {
            Path original =
                    Clips.clip().video(codec).seconds(11).keyFrameEvery(60).writeIn(folder, "again-" + codec);
            HandlerRun ladder = HandlerRun.ladder(original, folder.resolve("ladder-" + codec));

            for (int height : new int[] {144, 180}) {
                HandlerRun rung = HandlerRun.of(
                        new RungHandler(), original, folder.resolve(codec + "-" + height), Map.of("height", height));

                assertThat(rung.names()).containsExactly("video-" + height);
                assertThat(rung.starts("video-" + height)).isEqualTo(ladder.starts("video-" + height));
            }
        }
    }

    @Test
    void namesTheRungsThatThereAre() throws Exception {
        Path original = Clips.standard(folder);

        assertThatThrownBy(() -> HandlerRun.of(new RungHandler(), original, folder.resolve("w"), Map.of("height", 720)))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("180, 144");
    }

    @ParameterizedTest
    @EnumSource(
            value = VideoCodec.class,
            names = {"HEVC", "MPEG2", "VP9", "AV1", "MJPEG"})
    void decodesWhatPeopleUpload(VideoCodec codec) throws Exception {
        Path original =
                Clips.clip().video(codec).container(Container.MKV).seconds(1).writeIn(folder, "original");

        HandlerRun run = HandlerRun.ladder(original, folder.resolve("work"));

        assertThat(Watched.whole(run.output("video-180")).pictures()).hasSize(25);
    }

    @Test
    void leaksNoNativeMemory() throws Exception {
        Path original = Clips.clip().video(VideoCodec.MPEG4).seconds(1).writeIn(folder, "original");
        List<Long> resident = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            HandlerRun.ladder(original, folder.resolve("work-" + i));
            resident.add(residentKilobytes());
        }

        // The JVM's own growth is in it too; one leaked picture for each frame would be 2 MB a run.
        assertThat(resident.get(35) - resident.get(11)).isLessThan(32_000);
    }

    private static long residentKilobytes() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("No VmRSS");
    }

    private static long videoBytes(Path original) throws Exception {
        return Files.size(original) - 11 * 128_000 / 8;
    }

    private static void assertInSync(HandlerRun run, String video, double soundStart) throws Exception {
        Watched picture = Watched.whole(run.output(video));
        Watched sound = Watched.whole(run.output("audio"));
        assertThat(picture.flashes()).hasSizeGreaterThan(2);
        assertThat(sound.soundStart()).isCloseTo(soundStart, within(0.045));
        for (double flash : picture.flashes()) {
            if (flash > soundStart + 0.2) {
                assertThat(sound.beeps())
                        .as("beeps near the flash at " + flash)
                        .anyMatch(beep -> Math.abs(beep - flash) < 0.012);
            }
        }
    }

    /** Audio frames do not end where pictures do: half a frame is as near as it gets. */
    private static void assertAudioFollows(HandlerRun run, String audio, String video) {
        List<Duration> sound = run.starts(audio);
        List<Duration> picture = run.starts(video);
        assertThat(sound).hasSameSizeAs(picture);
        for (int i = 0; i < sound.size(); i++) {
            assertThat(sound.get(i).minus(picture.get(i)).abs()).isLessThan(Duration.ofMillis(12));
        }
    }

    private void assertEverySegmentStandsAlone(HandlerRun run, String name) throws Exception {
        Output output = run.output(name);
        List<Segment> segments = run.rendition(name).segments();
        int pictures = 0;
        for (int i = 0; i < segments.size(); i++) {
            Watched alone = Watched.segment(output, i, folder.resolve("scratch.mp4"));
            double start = segments.get(i).start().toNanos() / 1e9;
            double end = start + segments.get(i).duration().toNanos() / 1e9;
            assertThat(alone.pictures().get(0)).isCloseTo(start, within(0.001));
            assertThat(alone.pictures()).isSorted().allMatch(time -> time < end - 0.001);
            pictures += alone.pictures().size();
        }
        assertThat(pictures).isEqualTo(Watched.whole(output).pictures().size());
    }
}
