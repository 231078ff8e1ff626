package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
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
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file of a recording, in such a way that it can be played whatever happens: in pieces while it grows, as an
 * ordinary file once it is finished. Belongs to one thread.
 *
 * <p>Without a bound on interleaving a track that falls silent would stop all writing for ten seconds.
 */
final class PartWriter implements AutoCloseable {

    private static final long MAX_WAITING = 500;

    private final Path file;
    private final RecordingFormat format;
    private final List<LiveTrack> tracks;
    private final long baseMicros;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private boolean begun;
    private long endMicros;
    private long bytes;

    private record Waiting(LiveTrack track, AVPacket packet) {}

    private static final class Written {
        private final LiveTrack track;
        private final AVStream stream;
        private final int index;
        private TimeBase timeBase;
        private long first = Long.MIN_VALUE;

        Written(LiveTrack track, AVStream stream) {
            this.track = track;
            this.stream = stream;
            this.index = stream.index();
            this.timeBase = track.timeBase();
        }
    }

    /**
     * @param tracks those that may come; one that is not ready once packets wait is left out
     * @param baseMicros what of the stream's time is the file's time zero, the same for all tracks
     */
    PartWriter(Path file, RecordingFormat format, List<LiveTrack> tracks, long baseMicros) {
        this.file = file;
        this.format = format;
        this.tracks = tracks;
        this.baseMicros = baseMicros;
    }

    /** Takes the packet's content over; its times are those of the stream, in the track's ticks. */
    void write(LiveTrack track, AVPacket packet) throws FFmpegException {
        if (!begun) {
            waiting.add(new Waiting(track, av_packet_clone(packet)));
            av_packet_unref(packet);
            if (tracks.stream().allMatch(LiveTrack::isReady) || waiting.size() >= MAX_WAITING) {
                begin();
            }
            return;
        }
        for (Written one : written) {
            if (one.track == track) {
                write(one, packet);
                return;
            }
        }
        av_packet_unref(packet);
    }

    private void begin() throws FFmpegException {
        check(avformat_alloc_output_context2(context, null, format.muxer(), (String) null), "prepare a file");
        for (LiveTrack track : tracks) {
            if (track.isReady()) {
                AVStream stream = avformat_new_stream(context, null);
                check(avcodec_parameters_copy(stream.codecpar(), track.parameters()), "copy codec parameters");
                track.timeBase().copyTo(stream.time_base());
                stream.disposition(track.stream().disposition());
                if (track.isVideo()) {
                    stream.sample_aspect_ratio(track.stream().sample_aspect_ratio());
                    stream.avg_frame_rate(track.stream().avg_frame_rate());
                }
                written.add(new Written(track, stream));
            }
        }
        check(avio_open2(io, "file:" + file.toAbsolutePath(), AVIO_FLAG_WRITE, null, null), "create a file");
        context.pb(io);
        context.max_interleave_delta(1_000_000);
        context.flush_packets(1);
        // Times are ours: nothing is to be shifted.
        context.avoid_negative_ts(0);
        AVDictionary options = new AVDictionary(null);
        format.growing().forEach((name, value) -> av_dict_set(options, name, value, 0));
        int header = avformat_write_header(context, options);
        av_dict_free(options);
        check(header, "write a file's header");
        // The muxer chose the time bases when it wrote the header.
        written.forEach(one -> one.timeBase = TimeBase.of(one.stream.time_base()));
        begun = true;
        List<Waiting> held = List.copyOf(waiting);
        waiting.clear();
        for (Waiting one : held) {
            try {
                write(one.track, one.packet);
            } finally {
                av_packet_free(one.packet);
            }
        }
    }

    private void write(Written to, AVPacket packet) throws FFmpegException {
        TimeBase from = to.track.timeBase();
        TimeBase into = to.timeBase;
        long base = LiveTimes.ticks(baseMicros, from);
        long dts = into.from(packet.dts() - base, from);
        long pts = into.from(packet.pts() - base, from);
        packet.duration(into.from(packet.duration(), from));
        packet.pts(pts);
        packet.dts(dts);
        packet.pos(-1);
        packet.stream_index(to.index);
        if (to.first == Long.MIN_VALUE) {
            to.first = pts;
        }
        endMicros = Math.max(endMicros, LiveTimes.micros(pts + packet.duration(), into));
        bytes += packet.size();
        // Takes the reference, also when it fails.
        check(av_interleaved_write_frame(context, packet), "write the recording");
        check(io.error(), "write the recording");
    }

    long baseMicros() {
        return baseMicros;
    }

    /** When the last packet ends, from the file's time zero. */
    long endMicros() {
        return endMicros;
    }

    /** Of media, so far. */
    long bytes() {
        return bytes;
    }

    Path file() {
        return file;
    }

    /** Where a track begins in the file, in seconds; null when it is not in it. */
    @Nullable
    Double start(boolean video) {
        for (Written one : written) {
            if (one.track.isVideo() == video && one.first != Long.MIN_VALUE) {
                return one.timeBase.seconds(one.first);
            }
        }
        return null;
    }

    /** Ends the file as an ordinary one. @return false when there was nothing to write */
    boolean finish() throws FFmpegException {
        if (!begun && !waiting.isEmpty()) {
            begin();
        }
        if (!begun) {
            return false;
        }
        check(av_interleaved_write_frame(context, null), "write the recording");
        check(av_write_trailer(context), "end the recording");
        context.pb(null);
        check(avio_closep(io), "close the recording");
        return true;
    }

    @Override
    public void close() {
        waiting.forEach(one -> av_packet_free(one.packet));
        waiting.clear();
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
