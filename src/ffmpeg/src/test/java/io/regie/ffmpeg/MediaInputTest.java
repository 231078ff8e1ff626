package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaInputTest {

    @TempDir
    Path folder;

    @Test
    void opensSound() throws IOException {
        try (MediaInput input = MediaInput.open(wave("victim.wav"), OpenPolicy.media(), () -> false)) {
            assertThat(input.format()).isEqualTo("wav");
            assertThat(input.streamCount()).isEqualTo(1);
            assertThat(input.duration().toMillis()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.mpd", "a.m3u8", "a.ffconcat", "a.txt", "a.ans", "a.sdp", "a.avi"})
    void opensNoOtherFileForAScriptWhateverItsName(String name) throws IOException {
        Path victim = wave("victim.wav");
        String dash = "<MPD type=\"static\" xmlns=\"urn:mpeg:dash:schema:mpd:2011\" mediaPresentationDuration=\"PT1S\">"
                + "<Period><AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>"
                + victim.toUri() + "</BaseURL></Representation></AdaptationSet></Period></MPD>";
        String concat = "ffconcat version 1.0\nfile victim.wav\n";
        String hls = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + victim.toUri() + "\n#EXT-X-ENDLIST\n";
        String plain = "just some text that a teletype would show\n".repeat(50);
        for (String script : new String[] {dash, concat, hls, plain}) {
            Path file = Files.writeString(folder.resolve(name), script);

            assertThatThrownBy(() -> MediaInput.open(file, OpenPolicy.media(), () -> false))
                    .isInstanceOf(FFmpegException.class);
        }
    }

    @Test
    void readsAPercentSignInANameAsItself() throws IOException {
        wave("a1.wav");

        assertThatThrownBy(() -> MediaInput.open(folder.resolve("a%d.wav"), OpenPolicy.media(), () -> false))
                .isInstanceOf(FFmpegException.class)
                .hasMessageContaining("No such file");
    }

    @Test
    void asksEveryOpenFileWhetherToGiveUp() throws IOException {
        Path file = wave("victim.wav");
        List<MediaInput> inputs = new ArrayList<>();
        try {
            // More than the ten callbacks that JavaCPP has room for: the eleventh would be silently ignored.
            for (int i = 0; i < 14; i++) {
                AtomicInteger asked = new AtomicInteger();
                inputs.add(MediaInput.open(file, OpenPolicy.media(), () -> asked.incrementAndGet() < 0));
                assertThat(asked).hasValueGreaterThan(2);
            }
        } finally {
            inputs.forEach(MediaInput::close);
        }
        assertThatThrownBy(() -> MediaInput.open(file, OpenPolicy.media(), () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private Path wave(String name) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(wavHeader(16000));
            out.write(new byte[16000]);
        }
        return file;
    }

    private static byte[] wavHeader(int bytes) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes())
                .putInt(36 + bytes)
                .put("WAVEfmt ".getBytes())
                .putInt(16);
        header.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16000)
                .putShort((short) 2);
        header.putShort((short) 16).put("data".getBytes()).putInt(bytes);
        return header.array();
    }
}
