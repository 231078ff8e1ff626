package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether picture and sound stay together, to the millisecond, for an hour. */
class SyncOracleTest {

    private static final double MILLISECOND = 0.001;
    private static final double CLIP_SECONDS = 8;
    private static final int SAMPLE_RATE = 48_000;
    private static final double SOUND_AFTER = 0.479;
    private static final Duration PART = Duration.ofSeconds(700);

    @TempDir
    Path folder;

    /** Eight seconds that join without a seam, picture and sound: 200 frames and 375 packets. */
    private Path source() throws Exception {
        return Clips.clip()
                .flashAndBeep()
                .bFrames(2)
                .keyFrameEvery(50)
                .seconds(CLIP_SECONDS)
                .audioOffset(SOUND_AFTER)
                .writeIn(folder, "source");
    }

    private static List<ElementaryTrack> seamless(Path source) throws Exception {
        List<ElementaryTrack> tracks = ElementaryTrack.read(source);
        // Not the encoder's first packet, which holds no sound yet; the file rounds times to a millisecond.
        long first = Math.round((SOUND_AFTER - 0.01) * SAMPLE_RATE);
        tracks.get(1).units().removeIf(unit -> unit.shown() < first);
        List<ElementaryTrack.Unit> sound = tracks.get(1).units();
        sound.subList(375, sound.size()).clear();
        assertThat(sound.get(374).shown() - sound.get(0).shown()).isEqualTo(374 * 1024);
        return tracks;
    }

    @Test
    void keepsTheOffsetForAnHourAndAcrossAReconnect() throws Exception {
        Path source = source();
        double truth = FlashAndBeep.offset(source, 0, CLIP_SECONDS);
        List<ElementaryTrack> tracks = seamless(source);
        CaptureRun run = new CaptureRun(folder);
        try (RtspPeer peer = RtspPeer.of(connection -> new RtspPeer.Play(tracks)
                .loop(CLIP_SECONDS, connection * 1800, (connection + 1) * 1800)
                .reportSoundAfter(1.5))) {
            LiveAddress address = CaptureRun.address(peer.uri());
            run.record(address, PART).record(address, PART);
        }
        assertThat(run.parts).hasSize(6);
        Path joined = run.joined();

        assertThat(FlashAndBeep.offset(joined, 0, 10)).as("at the start").isCloseTo(truth, within(MILLISECOND));
        assertThat(FlashAndBeep.offset(joined, 1785, 1795))
                .as("before the reconnect")
                .isCloseTo(truth, within(MILLISECOND));
        assertThat(FlashAndBeep.offset(joined, 1805, 1815))
                .as("after the reconnect")
                .isCloseTo(truth, within(MILLISECOND));
        assertThat(FlashAndBeep.offset(joined, 3585, 3598)).as("at the end").isCloseTo(truth, within(MILLISECOND));
        assertThat(run.lost).isZero();
    }

    @Test
    void failsOnThePopularRecipe() throws Exception {
        Path source = source();
        Path popular = folder.resolve("popular.mp4");
        remux(source, popular);

        double error = FlashAndBeep.offset(popular, 0, CLIP_SECONDS) - FlashAndBeep.offset(source, 0, CLIP_SECONDS);

        assertThat(Math.abs(error)).isGreaterThan(20 * MILLISECOND);
    }

    /** What the answers on the web say: a counter for each track, and frag_keyframe+empty_moov so that it survives. */
    private static void remux(Path from, Path to) throws Exception {
        AVPacket packet = av_packet_alloc();
        AVFormatContext context = new AVFormatContext(null);
        try (MediaInput input = MediaInput.open(from, OpenPolicy.media(), () -> false)) {
            check(avformat_alloc_output_context2(context, null, "mp4", (String) null), "test");
            for (int i = 0; i < input.streamCount(); i++) {
                AVStream stream = avformat_new_stream(context, null);
                check(avcodec_parameters_copy(stream.codecpar(), input.stream(i).codecpar()), "test");
                stream.codecpar().codec_tag(0);
            }
            AVIOContext io = new AVIOContext(null);
            check(avio_open(io, "file:" + to, AVIO_FLAG_WRITE), "test");
            context.pb(io);
            AVDictionary options = new AVDictionary(null);
            av_dict_set(options, "movflags", "frag_keyframe+empty_moov+default_base_moof", 0);
            check(avformat_write_header(context, options), "test");
            av_dict_free(options);
            long[] counters = new long[input.streamCount()];
            while (input.read(packet)) {
                AVStream in = input.stream(packet.stream_index());
                AVStream out = context.streams(packet.stream_index());
                boolean video = in.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
                int index = packet.stream_index();
                double seconds = video ? counters[index]++ / 25.0 : counters[index]++ * 1024.0 / SAMPLE_RATE;
                packet.pts(Math.round(
                        seconds * out.time_base().den() / out.time_base().num()));
                packet.dts(packet.pts());
                check(av_interleaved_write_frame(context, packet), "test");
            }
            check(av_write_trailer(context), "test");
            avio_closep(io);
        } finally {
            av_packet_free(packet);
            avformat_free_context(context);
        }
    }
}
