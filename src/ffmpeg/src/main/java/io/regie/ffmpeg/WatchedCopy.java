package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.ByteRange;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * What a recording looks like to those who watch while it runs: a rendition for the picture and one for the sound, which
 * grow along the recording's time line across parts, connections and attempts. A source that comes back with another
 * codec or size ends it; the recording itself goes on.
 *
 * <p>Beside each file lie notes of its segments, so that the attempt after a kill can go on with the file, and needs to
 * copy no more than the last seconds of the parts into it.
 */
public final class WatchedCopy implements AutoCloseable {

    private static final double SEGMENT_SECONDS = 2;
    /** Times are rounded on their way through files. */
    private static final double ROUNDING = 0.002;

    private final Copy picture;
    private final Copy sound;
    private final Deque<Double> cuts = new ArrayDeque<>();
    private final Map<LiveTrack, Feed> feeds = new HashMap<>();
    private boolean ended;

    /** One of the two files. */
    private static final class Copy {
        private final Path file;
        private final Path notes;
        private final RenditionListener listener;
        private TimeBase timeBase = TimeBase.MICROSECONDS;
        private byte[] setup = {};
        private @Nullable GrownFile earlier;
        private @Nullable RenditionWriter writer;
        private double segmentBegan = Double.NEGATIVE_INFINITY;

        Copy(Path file, RenditionListener listener) {
            this.file = file;
            this.notes = file.resolveSibling(file.getFileName() + ".segments");
            this.listener = listener;
        }

        /** Where the next packet belongs. */
        double end() {
            GrownFile before = earlier;
            return before == null ? Double.NEGATIVE_INFINITY : before.end();
        }

        RenditionWriter begin(Feed feed, RenditionWriter.Facts facts) throws FFmpegException {
            GrownFile before = earlier;
            timeBase = before == null ? feed.timeBase : before.timeBase();
            setup = setup(feed.parameters);
            RenditionWriter made = new RenditionWriter(file, feed.parameters, timeBase, facts, new Noting(), before);
            writer = made;
            return made;
        }

        /** Passes everything on, and writes down what was passed on. */
        private final class Noting implements RenditionListener {
            @Override
            public void started(Rendition nominal) {
                ByteRange initialization = Objects.requireNonNull(nominal.initialization());
                long delay = Objects.requireNonNull(writer).delay();
                note(
                        GrownFile.firstLine(timeBase, delay, initialization.length()),
                        StandardOpenOption.TRUNCATE_EXISTING);
                listener.started(nominal);
            }

            @Override
            public void segment(Segment segment) {
                note(GrownFile.line(segment), StandardOpenOption.APPEND);
                listener.segment(segment);
            }

            @Override
            public void finished(Rendition whole) {
                listener.finished(whole);
            }

            private void note(String line, StandardOpenOption how) {
                try {
                    Files.writeString(notes, line, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
                } catch (IOException e) {
                    // The next attempt will begin the file anew.
                }
            }
        }
    }

    /** Where packets come from: a track of a connection, or of a part. */
    private static final class Feed implements AutoCloseable {
        private final boolean video;
        private final TimeBase timeBase;
        private final double frameRate;
        private final @Nullable StartCodes startCodes;
        private final AVCodecParameters parameters;

        Feed(boolean video, AVCodecParameters parameters, TimeBase timeBase, AVStream stream) throws FFmpegException {
            this.video = video;
            this.timeBase = timeBase;
            double rate = Rationals.value(stream.avg_frame_rate());
            this.frameRate = rate > 0 ? rate : 25;
            this.startCodes = video && parameters.codec_id() == AV_CODEC_ID_H264 ? new StartCodes(parameters) : null;
            this.parameters = startCodes == null ? parameters : startCodes.parameters();
        }

        @Override
        public void close() {
            if (startCodes != null) {
                startCodes.close();
            }
        }
    }

    /** Files come into being with the first packets. */
    public WatchedCopy(
            Path pictureFile, RenditionListener pictureListener, Path soundFile, RenditionListener soundListener) {
        this.picture = new Copy(pictureFile, pictureListener);
        this.sound = new Copy(soundFile, soundListener);
    }

    /**
     * Goes on with the files of an earlier attempt, and brings them up to where the recording stands.
     *
     * @param parts all there are, in order
     */
    public void resume(List<RecordedPart> parts, BooleanSupplier cancelled) {
        long end = parts.stream().mapToLong(RecordedPart::endMicros).max().orElse(0);
        Duration limit = Duration.ofNanos(end * 1000);
        picture.earlier = GrownFile.read(picture.notes, picture.file, limit).orElse(null);
        sound.earlier = GrownFile.read(sound.notes, sound.file, limit).orElse(null);
        double from = Math.min(picture.end(), sound.earlier == null ? Double.MAX_VALUE : sound.end());
        try {
            for (RecordedPart part : parts) {
                if (!ended && part.endMicros() / 1e6 > from + ROUNDING) {
                    copy(part, cancelled);
                }
            }
        } catch (FFmpegException e) {
            // As below: not worth a recording.
            ended = true;
        }
    }

    private void copy(RecordedPart part, BooleanSupplier cancelled) throws FFmpegException {
        List<Feed> tracks = new ArrayList<>();
        AVPacket packet = av_packet_alloc();
        try (MediaInput input = MediaInput.openHeader(part.file(), OpenPolicy.recording(), cancelled)) {
            for (int i = 0; i < input.streamCount(); i++) {
                AVStream stream = input.stream(i);
                boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
                tracks.add(new Feed(video, stream.codecpar(), TimeBase.of(stream.time_base()), stream));
            }
            while (!ended && input.read(packet)) {
                Feed feed = tracks.get(packet.stream_index());
                if (packet.pts() != AV_NOPTS_VALUE) {
                    if (packet.dts() == AV_NOPTS_VALUE) {
                        packet.dts(packet.pts());
                    }
                    double at = part.startMicros() / 1e6 + feed.timeBase.seconds(packet.pts());
                    if (belongs(feed, packet, at)) {
                        write(feed, packet, part.startMicros());
                    }
                }
                av_packet_unref(packet);
            }
        } finally {
            tracks.forEach(Feed::close);
            av_packet_free(packet);
        }
    }

    /** Whether a packet is not in the files yet. A picture's segment begins with its key frame, wherever that was cut. */
    private boolean belongs(Feed feed, AVPacket packet, double at) {
        if (!feed.video) {
            return at >= sound.end() - ROUNDING;
        }
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        return picture.writer != null || (key && at >= picture.end() - ROUNDING);
    }

    /** @param shiftMicros from the stream's time line to the recording's */
    void write(LiveTrack track, AVPacket packet, long shiftMicros) {
        if (ended || !track.isReady()) {
            return;
        }
        AVPacket copy = av_packet_clone(packet);
        try {
            Feed feed = feeds.get(track);
            if (feed == null) {
                feed = new Feed(track.isVideo(), track.parameters(), track.timeBase(), track.stream());
                feeds.put(track, feed);
            }
            write(feed, copy, shiftMicros);
        } catch (FFmpegException e) {
            // Whoever watches has bad luck; the recording itself is not to suffer.
            ended = true;
        } finally {
            av_packet_free(copy);
        }
    }

    /** The connection is over, and its tracks with it. */
    void disconnected() {
        feeds.values().forEach(Feed::close);
        feeds.clear();
    }

    private void write(Feed feed, AVPacket packet, long shiftMicros) throws FFmpegException {
        if (feed.video) {
            writePicture(feed, packet, shiftMicros);
        } else {
            writeSound(feed, packet, shiftMicros);
        }
    }

    private void writePicture(Feed feed, AVPacket packet, long shiftMicros) throws FFmpegException {
        if (feed.startCodes == null) {
            ended = true;
            return;
        }
        RenditionWriter writer = picture.writer;
        if (writer == null) {
            int width = feed.parameters.width();
            int height = feed.parameters.height();
            long rate = feed.parameters.bit_rate() > 0 ? feed.parameters.bit_rate() : 3_000_000;
            writer = picture.begin(
                    feed, (codecs, range) -> Rendition.video(codecs, width, height, feed.frameRate, rate, range));
        } else if (!StartCodes.same(setup(feed.parameters), picture.setup)) {
            ended = true;
            return;
        }
        feed.startCodes.convert(packet);
        place(packet, feed, picture, shiftMicros);
        double at = picture.timeBase.seconds(packet.pts());
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        boolean cut = key && at - picture.segmentBegan >= SEGMENT_SECONDS;
        if (cut) {
            picture.segmentBegan = at;
            cuts.add(at);
        }
        writer.write(packet, cut);
    }

    private void writeSound(Feed feed, AVPacket packet, long shiftMicros) throws FFmpegException {
        if (feed.parameters.codec_id() != AV_CODEC_ID_AAC) {
            return;
        }
        RenditionWriter writer = sound.writer;
        if (writer == null) {
            int channels = feed.parameters.ch_layout().nb_channels();
            int rate = feed.parameters.sample_rate();
            long bandwidth = feed.parameters.bit_rate() > 0 ? feed.parameters.bit_rate() : 128_000;
            writer = sound.begin(
                    feed, (codecs, range) -> Rendition.audio(codecs, channels, rate, null, bandwidth, range));
        } else if (!StartCodes.same(setup(feed.parameters), sound.setup)) {
            ended = true;
            return;
        }
        place(packet, feed, sound, shiftMicros);
        packet.dts(packet.pts());
        double at = sound.timeBase.seconds(packet.pts());
        boolean cut = picture.writer == null && at - sound.segmentBegan >= SEGMENT_SECONDS;
        while (!cuts.isEmpty() && at >= cuts.element() - 0.01) {
            cuts.remove();
            cut = true;
        }
        if (cut) {
            sound.segmentBegan = at;
        }
        writer.write(packet, cut);
    }

    private static void place(AVPacket packet, Feed feed, Copy into, long shiftMicros) {
        long shift = LiveTimes.ticks(shiftMicros, into.timeBase);
        packet.pts(into.timeBase.from(packet.pts(), feed.timeBase) + shift);
        packet.dts(into.timeBase.from(packet.dts(), feed.timeBase) + shift);
        packet.duration(into.timeBase.from(packet.duration(), feed.timeBase));
    }

    private static byte[] setup(AVCodecParameters parameters) {
        byte[] bytes = new byte[Math.max(0, parameters.extradata_size())];
        if (bytes.length > 0) {
            parameters.extradata().get(bytes);
        }
        return bytes;
    }

    @Override
    public void close() {
        ended = true;
        disconnected();
        for (Copy copy : List.of(picture, sound)) {
            if (copy.writer != null) {
                copy.writer.close();
            }
        }
    }
}
