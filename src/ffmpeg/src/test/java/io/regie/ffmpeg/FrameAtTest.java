package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regie.spi.MediaFile;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.VideoCodec;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameAtTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Container.class,
            names = {"MP4", "MKV", "TS"})
    void takesTheFrameThatIsShown(Container container) throws Exception {
        // Black until frame 60: neither a key frame nor anywhere near one.
        MediaFile clip = probed(Clips.clip()
                .container(container)
                .seconds(4)
                .blackFrames(60)
                .keyFrameEvery(50)
                .bFrames(2));

        // In a transport stream the sound, and with it the article, begins a little before the picture.
        assertThat(brightness(at(clip, 59.6 / 25))).isLessThan(30);
        assertThat(brightness(at(clip, 60.9 / 25))).isGreaterThan(100);
    }

    @Test
    void takesThePausedFrameThoughItsTimeWasRounded() throws Exception {
        MediaFile clip = probed(Clips.clip().seconds(4).blackFrames(60).keyFrameEvery(50));

        assertThat(brightness(at(clip, 2.3999))).isGreaterThan(100);
        assertThat(brightness(at(clip, 2.398))).isLessThan(30);
    }

    @Test
    void takesTheLastFrameBeyondTheEndAndTheFirstAtTheBeginning() throws Exception {
        MediaFile clip = probed(Clips.clip().seconds(2).blackFrames(20).keyFrameEvery(25));

        assertThat(brightness(at(clip, 9999))).isGreaterThan(100);
        assertThat(brightness(at(clip, 0))).isLessThan(30);
    }

    @Test
    void keepsTheTimeLineOfTheArticleWhenSoundComesLater() throws Exception {
        MediaFile clip = probed(
                Clips.clip().container(Container.TS).seconds(3).blackFrames(30).audioOffset(0.5));

        assertThat(brightness(at(clip, 29 / 25.0))).isLessThan(30);
        assertThat(brightness(at(clip, 31 / 25.0))).isGreaterThan(100);
    }

    @Test
    void turnsAndShrinksAsShown() throws Exception {
        Path rotated = Clips.rotated(folder, 90);
        BufferedImage picture = at(new MediaFile(rotated, Probe.probe(rotated, ProbeLimits.standard())), 1, 160, 160);

        assertThat(picture.getWidth()).isEqualTo(90);
        assertThat(picture.getHeight()).isEqualTo(160);
    }

    @Test
    void refusesSound() throws Exception {
        MediaFile sound = probed(Clips.clip().video(VideoCodec.NONE).audio(AudioCodec.AAC));

        assertThatExceptionOfType(RefusedMediaException.class)
                .isThrownBy(() -> at(sound, 1))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("no-media"));
    }

    private MediaFile probed(Clip clip) throws Exception {
        Path file = clip.writeIn(folder, "clip");
        return new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
    }

    private BufferedImage at(MediaFile file, double seconds) throws Exception {
        return at(file, seconds, 1280, 1280);
    }

    private BufferedImage at(MediaFile file, double seconds, int maxWidth, int maxHeight) throws Exception {
        Path jpg = folder.resolve("frame.jpg");
        FrameAt.write(file, seconds, jpg, Picture.Format.JPEG, maxWidth, maxHeight);
        return ImageIO.read(jpg.toFile());
    }

    /** Of the bright bar on the left. */
    private static int brightness(BufferedImage picture) {
        int color = picture.getRGB(10, 10);
        return ((color >> 16 & 0xFF) + (color >> 8 & 0xFF) + (color & 0xFF)) / 3;
    }
}
