package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/** Copies the parts of a recording into one file, each at its place on the recording's time line. */
public final class PartJoin implements AutoCloseable {

    private final RecordingFormat format;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private final AVPacket packet = av_packet_alloc();
    private final BooleanSupplier cancelled;
    private final List<Joined> tracks = new ArrayList<>();

    private static final class Joined {
        private final int type;
        private final AVStream stream;
        private long lastDts = Long.MIN_VALUE;

        Joined(int type, AVStream stream) {
            this.type = type;
            this.stream = stream;
        }
    }

    private PartJoin(RecordingFormat format, BooleanSupplier cancelled) {
        this.format = format;
        this.cancelled = cancelled;
    }

    /**
     * Joins parts that {@link #fit} together.
     *
     * @param parts in order
     * @throws CancellationException when cancelled; the file is gone then, as after any failure
     */
    public static void join(List<RecordedPart> parts, RecordingFormat format, Path out, BooleanSupplier cancelled)
            throws IOException {
        boolean whole = false;
        try (PartJoin join = new PartJoin(format, cancelled)) {
            join.write(parts, out);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(out);
            }
        }
    }

    /** Whether the tracks of two parts can follow each other in one file. */
    public static boolean fit(Path first, Path second, BooleanSupplier cancelled) throws FFmpegException {
        try (MediaInput one = MediaInput.openHeader(first, OpenPolicy.recording(), cancelled);
                MediaInput other = MediaInput.openHeader(second, OpenPolicy.recording(), cancelled)) {
            for (int type : new int[] {AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO}) {
                AVStream here = find(one, type);
                AVStream there = find(other, type);
                if (here != null && there != null && !same(here.codecpar(), there.codecpar())) {
                    return false;
                }
                if (type == AVMEDIA_TYPE_VIDEO && (here == null) != (there == null)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean same(AVCodecParameters one, AVCodecParameters other) {
        return one.codec_id() == other.codec_id()
                && one.width() == other.width()
                && one.height() == other.height()
                && one.sample_rate() == other.sample_rate()
                && one.ch_layout().nb_channels() == other.ch_layout().nb_channels()
                && Arrays.equals(setup(one), setup(other));
    }

    private static byte[] setup(AVCodecParameters parameters) {
        byte[] bytes = new byte[Math.max(0, parameters.extradata_size())];
        if (bytes.length > 0) {
            parameters.extradata().get(bytes);
        }
        return bytes;
    }

    private static @Nullable AVStream find(MediaInput input, int type) {
        for (int i = 0; i < input.streamCount(); i++) {
            if (input.stream(i).codecpar().codec_type() == type) {
                return input.stream(i);
            }
        }
        return null;
    }

    private void write(List<RecordedPart> parts, Path out) throws IOException {
        begin(parts, out);
        long origin = parts.get(0).startMicros();
        for (RecordedPart part : parts) {
            try (MediaInput input = MediaInput.openHeader(part.file(), OpenPolicy.recording(), cancelled)) {
                copy(input, part.startMicros() - origin);
            }
        }
        check(av_interleaved_write_frame(context, null), "join the recording");
        check(av_write_trailer(context), "join the recording");
        context.pb(null);
        check(avio_closep(io), "join the recording");
    }

    /** A part may lack the sound that another has. */
    private void begin(List<RecordedPart> parts, Path out) throws FFmpegException {
        check(avformat_alloc_output_context2(context, null, format.muxer(), (String) null), "join the recording");
        for (int type : new int[] {AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO}) {
            for (RecordedPart part : parts) {
                // Some codecs say their size and shape in their packets only.
                try (MediaInput input = MediaInput.open(part.file(), OpenPolicy.recording(), cancelled)) {
                    AVStream found = find(input, type);
                    if (found != null) {
                        tracks.add(new Joined(type, add(found)));
                        break;
                    }
                }
            }
        }
        check(avio_open2(io, "file:" + out.toAbsolutePath(), AVIO_FLAG_WRITE, null, null), "create a file");
        context.pb(io);
        context.avoid_negative_ts(0);
        check(avformat_write_header(context, (AVDictionary) null), "join the recording");
    }

    private AVStream add(AVStream like) throws FFmpegException {
        AVStream stream = avformat_new_stream(context, null);
        check(avcodec_parameters_copy(stream.codecpar(), like.codecpar()), "copy codec parameters");
        stream.time_base(like.time_base());
        stream.sample_aspect_ratio(like.sample_aspect_ratio());
        stream.disposition(like.disposition());
        return stream;
    }

    private void copy(MediaInput input, long startMicros) throws FFmpegException {
        while (input.read(packet)) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            AVStream from = input.stream(packet.stream_index());
            for (Joined to : tracks) {
                if (to.type == from.codecpar().codec_type() && (packet.flags() & AV_PKT_FLAG_DISCARD) == 0) {
                    place(to, TimeBase.of(from.time_base()), startMicros);
                    check(av_interleaved_write_frame(context, packet), "join the recording");
                    break;
                }
            }
            av_packet_unref(packet);
        }
    }

    private void place(Joined to, TimeBase from, long startMicros) {
        TimeBase into = TimeBase.of(to.stream.time_base());
        long start = LiveTimes.ticks(startMicros, into);
        long pts = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
        // Matroska keeps none.
        long dts = into.from(packet.dts() == AV_NOPTS_VALUE ? pts : packet.dts(), from) + start;
        if (to.lastDts != Long.MIN_VALUE && dts <= to.lastDts) {
            dts = to.lastDts + 1;
        }
        to.lastDts = dts;
        packet.pts(Math.max(dts, into.from(pts, from) + start));
        packet.dts(dts);
        packet.duration(into.from(packet.duration(), from));
        packet.stream_index(to.stream.index());
        packet.pos(-1);
    }

    @Override
    public void close() {
        av_packet_free(packet);
        if (!context.isNull()) {
            context.pb(null);
            avformat_free_context(context);
            context.setNull();
        }
        if (!io.isNull()) {
            avio_closep(io);
        }
    }
}
