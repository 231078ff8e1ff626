package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CodecStringsTest {

    @Test
    void namesH264FromBothKindsOfHeaders() throws FFmpegException {
        byte[] lengths = {1, 0x64, 0, 0x1f, -1, -31};
        byte[] startCodes = {0, 0, 0, 1, 0x09, 0x10, 0, 0, 1, 0x67, 0x42, (byte) 0xc0, 0x1e, 0, 0};

        assertThat(CodecStrings.avc(lengths)).isEqualTo("avc1.64001f");
        assertThat(CodecStrings.avc(startCodes)).isEqualTo("avc1.42c01e");
    }

    @Test
    void namesAacByItsObjectType() throws FFmpegException {
        assertThat(CodecStrings.aac(new byte[] {0x11, (byte) 0x90})).isEqualTo("mp4a.40.2");
        assertThat(CodecStrings.aac(new byte[] {0x2b, 0x11})).isEqualTo("mp4a.40.5");
        assertThat(CodecStrings.aac(new byte[] {(byte) 0xf9, 0x46})).isEqualTo("mp4a.40.42");
    }

    @Test
    void refusesTracksWithoutParameters() {
        assertThatThrownBy(() -> CodecStrings.avc(new byte[0])).isInstanceOf(FFmpegException.class);
        assertThatThrownBy(() -> CodecStrings.aac(new byte[1])).isInstanceOf(FFmpegException.class);
    }

    @Test
    void putsOneEditBehindTheTrackHeader() throws FFmpegException {
        ByteBuffer header = ByteBuffer.allocate(40);
        header.putInt(8).put("ftyp".getBytes());
        header.putInt(32).put("moov".getBytes());
        header.putInt(24).put("trak".getBytes());
        header.putInt(8).put("tkhd".getBytes());
        header.putInt(8).put("mdia".getBytes());

        ByteBuffer made = ByteBuffer.wrap(Initialization.startingAt(header.array(), 1024));

        assertThat(made.capacity()).isEqualTo(76);
        assertThat(made.getInt(8)).isEqualTo(32 + 36);
        assertThat(made.getInt(16)).isEqualTo(24 + 36);
        assertThat(new String(made.array(), 36, 4)).isEqualTo("edts");
        assertThat(made.getInt(32 + 28)).as("media time").isEqualTo(1024);
        assertThat(new String(made.array(), 72, 4)).isEqualTo("mdia");
        assertThat(Initialization.startingAt(header.array(), 0)).isEqualTo(header.array());
    }
}
