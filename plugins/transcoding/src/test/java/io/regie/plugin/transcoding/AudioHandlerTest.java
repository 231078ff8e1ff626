package io.regie.plugin.transcoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.ffmpeg.RenditionListener;
import io.regie.ffmpeg.SegmentPlan;
import io.regie.ffmpeg.Source;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.FailureKind;
import io.regie.spi.MediaFile;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.VideoCodec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioHandlerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Container.class,
            names = {"M4A", "MP3", "FLAC", "WAV", "OGG", "ADTS"})
    void makesEveryKindOfSoundPlayable(Container container) throws Exception {
        HandlerRun run = HandlerRun.audio(Clips.audioOnly(folder, container), folder.resolve("work"));

        assertThat(run.rendition("audio").codecs()).isEqualTo("mp4a.40.2");
        Watched sound = Watched.whole(run.output("audio"));
        assertThat(sound.soundStart()).isCloseTo(0, within(0.025));
        assertThat(sound.soundEnd()).isCloseTo(2, within(0.06));
        assertThat(run.violations()).isEmpty();
    }

    @Test
    void copiesAacAndEncodesTheRest() throws Exception {
        Path aac = Clips.clip()
                .video(VideoCodec.NONE)
                .container(Container.M4A)
                .channels(1)
                .sampleRate(32_000)
                .writeIn(folder, "aac");
        Path flac = Clips.clip()
                .video(VideoCodec.NONE)
                .container(Container.FLAC)
                .audio(AudioCodec.FLAC)
                .channels(1)
                .writeIn(folder, "flac");

        assertThat(HandlerRun.audio(aac, folder.resolve("1")).rendition("audio").channels())
                .isEqualTo(1);
        assertThat(HandlerRun.audio(aac, folder.resolve("2")).rendition("audio").sampleRate())
                .isEqualTo(32_000);
        assertThat(HandlerRun.audio(flac, folder.resolve("3"))
                        .rendition("audio")
                        .channels())
                .isEqualTo(2);
    }

    @Test
    void cutsSegmentsOfFourSeconds() throws Exception {
        Path original = Clips.clip()
                .video(VideoCodec.NONE)
                .container(Container.MP3)
                .audio(AudioCodec.MP3)
                .seconds(13)
                .writeIn(folder, "original");

        HandlerRun run = HandlerRun.audio(original, folder.resolve("work"));

        assertThat(run.starts("audio")).hasSize(4);
        assertThat(run.starts("audio").get(2).toMillis()).isBetween(7980L, 8020L);
    }

    @Test
    void blamesTheMachineForAFullDisk() throws Exception {
        Path original = Clips.audioOnly(folder, Container.FLAC);
        MediaFile file = new MediaFile(original, Probe.probe(original, ProbeLimits.standard()));

        try (Source source = Source.open(file, () -> false);
                TranscodePass pass = TranscodePass.of(source, SegmentPlan.grid(), () -> false)) {
            pass.encodeAudio(128_000, Path.of("/dev/full"), new Silent());

            assertThatThrownBy(() -> pass.run(position -> {})).isInstanceOfSatisfying(FFmpegException.class, e -> {
                assertThat(e.isOutOfResources()).isTrue();
                assertThat(Failures.explain(e).kind()).isEqualTo(FailureKind.RESOURCES);
            });
        }
    }

    private static final class Silent implements RenditionListener {
        @Override
        public void started(Rendition nominal) {}

        @Override
        public void segment(Segment segment) {}

        @Override
        public void finished(Rendition whole) {}
    }
}
