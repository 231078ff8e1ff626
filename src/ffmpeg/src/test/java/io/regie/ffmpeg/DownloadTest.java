package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final RenditionListener NOBODY = new RenditionListener() {
        @Override
        public void started(Rendition nominal) {}

        @Override
        public void segment(Segment segment) {}

        @Override
        public void finished(Rendition whole) {}
    };

    @TempDir
    Path folder;

    private record Packet(double pts, double dts, boolean key, long content) {}

    @Test
    void keepsEveryPacketAtItsTime() throws Exception {
        Path out = download(Clips.clip().seconds(10).bFrames(2).audioOffset(0.479));

        assertSame(packets(out, 0), packets(folder.resolve("video.mp4"), 0));
        assertSame(packets(out, 1), packets(folder.resolve("audio.mp4"), 0));
    }

    private static void assertSame(List<Packet> packets, List<Packet> expected) {
        assertThat(packets)
                .extracting(Packet::content)
                .isEqualTo(expected.stream().map(Packet::content).toList());
        assertThat(packets)
                .extracting(Packet::key)
                .isEqualTo(expected.stream().map(Packet::key).toList());
        for (int i = 0; i < packets.size(); i++) {
            // One tick of sound: what the movie's own clock can tell.
            assertThat(packets.get(i).pts).isCloseTo(expected.get(i).pts, within(1 / 48_000d));
            assertThat(packets.get(i).dts).isCloseTo(expected.get(i).dts, within(1 / 48_000d));
        }
    }

    @Test
    void keepsPictureAndSoundTogether() throws Exception {
        Path original = Clips.clip().seconds(5).bFrames(2).audioOffset(0.479).writeIn(folder, "original");
        Path out = download(original);

        assertThat(packets(out, 0).get(0).pts).isCloseTo(packets(original, 0).get(0).pts, within(0.001));
        assertThat(packets(out, 1).get(0).pts).isCloseTo(packets(original, 1).get(0).pts, within(0.001));
        MediaInfo info = Probe.probe(out, ProbeLimits.standard());
        MediaInfo before = Probe.probe(original, ProbeLimits.standard());
        assertThat(info.duration().toMillis()).isCloseTo(before.duration().toMillis(), within(25L));
        assertThat(info.video().orElseThrow().frameRate()).isCloseTo(25, within(0.1));
    }

    @Test
    void putsTheIndexFirst() throws Exception {
        String bytes = Files.readString(download(Clips.clip()), ISO_8859_1);

        assertThat(bytes.indexOf("moov")).isBetween(0, 200);
        assertThat(bytes.indexOf("mdat")).isGreaterThan(bytes.indexOf("moov"));
        assertThat(bytes).doesNotContain("moof");
    }

    @Test
    void writesVideoWithoutSound() throws Exception {
        Path out = download(Clips.clip().audio(AudioCodec.NONE).bFrames(1));

        MediaInfo info = Probe.probe(out, ProbeLimits.standard());
        assertThat(info.audio()).isEmpty();
        assertThat(packets(out, 0)).hasSize(50);
    }

    @Test
    void writesSoundAlone() throws Exception {
        Path original = Clips.clip().video(VideoCodec.NONE).seconds(6).writeIn(folder, "original");
        transcode(original);
        Path out = folder.resolve("download.m4a");

        Download.m4a(folder.resolve("audio.mp4"), out, () -> false);

        MediaInfo info = Probe.probe(out, ProbeLimits.standard());
        assertThat(info.kind()).isEqualTo(MediaKind.AUDIO);
        assertThat(info.mediaType()).isEqualTo("audio/mp4");
        assertThat(info.duration().toMillis()).isCloseTo(6000, within(50L));
    }

    @Test
    void leavesNothingWhenCancelled() throws Exception {
        download(Clips.clip().seconds(10));
        Path out = folder.resolve("cancelled.mp4");
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Download.mp4(
                        folder.resolve("video.mp4"),
                        folder.resolve("audio.mp4"),
                        out,
                        () -> asked.incrementAndGet() > 2))
                .isInstanceOf(CancellationException.class);
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesWhatIsNoRendition() throws Exception {
        Path out = folder.resolve("out.mp4");

        assertThatThrownBy(() -> Download.mp4(Clips.standard(folder), null, out, () -> false))
                .isInstanceOf(FFmpegException.class);
        assertThatThrownBy(() -> Download.mp4(Clips.notAVideo(folder), null, out, () -> false))
                .isInstanceOf(FFmpegException.class);
        assertThat(out).doesNotExist();
    }

    private Path download(Clip clip) throws Exception {
        return download(clip.writeIn(folder, "original"));
    }

    private Path download(Path original) throws Exception {
        transcode(original);
        Path audio = folder.resolve("audio.mp4");
        Path out = folder.resolve("download.mp4");
        Download.mp4(folder.resolve("video.mp4"), Files.exists(audio) ? audio : null, out, () -> false);
        return out;
    }

    private void transcode(Path original) throws Exception {
        MediaInfo info = Probe.probe(original, ProbeLimits.standard());
        VideoEncoding facts = new VideoEncoding(320, 180, 25, 500_000);
        try (Source source = Source.open(new MediaFile(original, info), () -> false);
                TranscodePass pass = info.video().isPresent()
                        ? TranscodePass.copying(source, facts, folder.resolve("video.mp4"), NOBODY, () -> false)
                        : TranscodePass.of(source, SegmentPlan.grid(), () -> false)) {
            if (info.audio().isPresent()) {
                pass.copyAudio(folder.resolve("audio.mp4"), NOBODY);
            }
            pass.run(seconds -> {});
        }
    }

    private static List<Packet> packets(Path file, int stream) throws Exception {
        List<Packet> packets = new ArrayList<>();
        AVPacket packet = av_packet_alloc();
        try (MediaInput input = MediaInput.open(file, OpenPolicy.ownMp4(), () -> false)) {
            double timeBase = Rationals.value(input.stream(stream).time_base());
            while (input.read(packet)) {
                if (packet.stream_index() == stream) {
                    CRC32 content = new CRC32();
                    content.update(packet.data().capacity(packet.size()).asByteBuffer());
                    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                    packets.add(new Packet(packet.pts() * timeBase, packet.dts() * timeBase, key, content.getValue()));
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        return packets;
    }
}
