package io.regie.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipsTest {

    @TempDir
    Path folder;

    @Test
    void writesTheSameBytesEachTime() throws IOException {
        byte[] first = Files.readAllBytes(Clips.standard(folder));
        byte[] second = Files.readAllBytes(Clips.standard(folder));

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(value = VideoCodec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void encodesWithEachVideoCodec(VideoCodec codec) throws IOException {
        Path file =
                Clips.clip().video(codec).seconds(0.4).container(Container.MKV).writeIn(folder, "clip");

        assertThat(file).isNotEmptyFile();
    }

    @ParameterizedTest
    @EnumSource(value = AudioCodec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void encodesWithEachAudioCodec(AudioCodec codec) throws IOException {
        Path file = Clips.clip()
                .video(VideoCodec.NONE)
                .audio(codec)
                .seconds(0.4)
                .container(Container.MKV)
                .writeIn(folder, "clip");

        assertThat(file).isNotEmptyFile();
    }

    @Test
    void putsTheIndexFirstWhenAskedTo() throws IOException {
        byte[] bytes = Files.readAllBytes(Clips.clip().faststart().writeIn(folder, "fast"));

        assertThat(indexOf(bytes, "moov")).isBetween(0, indexOf(bytes, "mdat"));
    }

    @Test
    void writesFragmentsWhenAskedTo() throws IOException {
        byte[] bytes = Files.readAllBytes(Clips.clip().fragmented().writeIn(folder, "fragments"));

        assertThat(indexOf(bytes, "moof")).isPositive();
    }

    private static int indexOf(byte[] bytes, String box) {
        return new String(bytes, ISO_8859_1).indexOf(box);
    }
}
