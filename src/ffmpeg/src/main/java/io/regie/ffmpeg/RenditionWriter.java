package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_flush;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_seek;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import io.regie.spi.ByteRange;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one track as an append-only fragmented MP4 and knows the byte range of every segment. Belongs to one thread.
 *
 * <p>Each fragment states its own start on the article's time line, so that nothing adds up to a drift and a track that
 * begins late needs no empty edit, which players disagree about. The only edit takes out the delay of B-frames. Packets
 * before time zero (the priming of an AAC encoder) have no place on that line and are left out; they hold no sound that
 * anybody should hear.
 */
final class RenditionWriter implements AutoCloseable {

    /** A source without key frames must not fill the memory: fragments are cut at this size within a segment. */
    private static final long MAX_FRAGMENT_BYTES = 32L << 20;

    private final Path file;
    private final AVCodecParameters parameters = avcodec_parameters_alloc();
    private final TimeBase timeBase;
    private final Facts facts;
    private final RenditionListener listener;
    private final @Nullable GrownFile earlier;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private final AVPacket held = av_packet_alloc();
    private final List<Segment> segments = new ArrayList<>();
    private @Nullable Rendition nominal;
    private TimeBase fileTimeBase;
    /** Added to all times in the file, and taken out again by the edit list. */
    private long delay;

    private boolean holding;
    private boolean segmentBegun;
    private long segmentStart;
    private long segmentOffset;
    private long fragmentBytes;
    private long end;
    private long lastDuration;

    /** Makes a rendition's facts, without segments, of what is known once its file has begun. */
    @FunctionalInterface
    interface Facts {
        Rendition of(String codecs, ByteRange initialization);
    }

    /**
     * The file begins with the first packet.
     *
     * @param parameters copied
     * @param timeBase of the packets that will come
     */
    RenditionWriter(Path file, AVCodecParameters parameters, TimeBase timeBase, Facts facts, RenditionListener listener)
            throws FFmpegException {
        this(file, parameters, timeBase, facts, listener, null);
    }

    /** @param earlier what of the file there is and stays; the listener hears of that first. Null for a new file */
    RenditionWriter(
            Path file,
            AVCodecParameters parameters,
            TimeBase timeBase,
            Facts facts,
            RenditionListener listener,
            @Nullable GrownFile earlier)
            throws FFmpegException {
        this.earlier = earlier;
        this.file = file;
        this.timeBase = timeBase;
        this.fileTimeBase = timeBase;
        this.facts = facts;
        this.listener = listener;
        int copied = avcodec_parameters_copy(this.parameters, parameters);
        if (copied < 0) {
            close();
            throw new FFmpegException("copy codec parameters", copied);
        }
    }

    private void begin(AVPacket first) throws FFmpegException {
        String codecs = CodecStrings.of(parameters);
        check(avformat_alloc_output_context2(context, null, "mp4", (String) null), "prepare an MP4 file");
        AVStream stream = avformat_new_stream(context, null);
        check(avcodec_parameters_copy(stream.codecpar(), parameters), "copy codec parameters");
        // A tag of the source's container means nothing in this one.
        stream.codecpar().codec_tag(0);
        timeBase.copyTo(stream.time_base());
        context.avoid_negative_ts(0);
        GrownFile before = earlier;
        delay = before != null ? before.delay() : Math.max(0, first.pts() - first.dts());
        byte[] header = header();
        fileTimeBase = TimeBase.of(stream.time_base());
        long initialization;
        if (before == null) {
            byte[] bytes = Initialization.startingAt(header, fileTimeBase.from(delay, timeBase));
            initialization = bytes.length;
            segmentOffset = initialization;
            create(bytes);
        } else {
            initialization = before.initialization();
            segmentOffset = before.length();
            segments.addAll(before.segments());
            cut(segmentOffset);
        }
        append(segmentOffset);
        nominal = facts.of(codecs, new ByteRange(0, initialization));
        listener.started(nominal);
        segments.forEach(listener::segment);
    }

    private void create(byte[] initialization) throws FFmpegException {
        try {
            Files.write(file, initialization);
        } catch (IOException e) {
            throw FFmpegException.ofWriting(e);
        }
    }

    private void cut(long length) throws FFmpegException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (IOException e) {
            throw FFmpegException.ofWriting(e);
        }
    }

    private byte[] header() throws FFmpegException {
        AVIOContext buffer = new AVIOContext(null);
        check(avio_open_dyn_buf(buffer), "prepare an MP4 header");
        context.pb(buffer);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "movflags", "frag_custom+empty_moov+default_base_moof+skip_trailer", 0);
        av_dict_set(options, "use_editlist", "0", 0);
        av_dict_set(options, "brand", "iso6", 0);
        int written = avformat_write_header(context, options);
        av_dict_free(options);
        context.pb(null);
        BytePointer bytes = new BytePointer((BytePointer) null);
        int size = avio_close_dyn_buf(buffer, bytes);
        byte[] header = new byte[Math.max(size, 0)];
        if (size > 0) {
            bytes.get(header);
        }
        av_free(bytes);
        check(written, "write an MP4 header");
        return header;
    }

    private void append(long offset) throws FFmpegException {
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "truncate", "0", 0);
        int opened = avio_open2(io, "file:" + file.toAbsolutePath(), AVIO_FLAG_WRITE, null, options);
        av_dict_free(options);
        check(opened, "open a file for writing");
        context.pb(io);
        long position = avio_seek(io, offset, 0);
        if (position < 0) {
            throw new FFmpegException("append to a file", (int) position);
        }
    }

    /**
     * Takes the packet's content over, times on the article's time line in the writer's time base.
     *
     * @param cut whether a new segment begins with this packet
     */
    void write(AVPacket packet, boolean cut) throws FFmpegException {
        if (packet.pts() < 0 && packet.pts() + packet.duration() <= 0) {
            av_packet_unref(packet);
            return;
        }
        if (nominal == null) {
            begin(packet);
        }
        if (holding) {
            // The difference is the truth, whatever the source claimed for its duration.
            long duration = packet.dts() - held.dts();
            writeHeld(duration > 0 ? duration : held.duration());
        }
        if (segmentBegun && cut) {
            finishSegment(packet.pts());
        } else if (fragmentBytes > MAX_FRAGMENT_BYTES) {
            flushFragment();
            stateStart();
        }
        if (!segmentBegun) {
            segmentBegun = true;
            segmentStart = packet.pts();
            stateStart();
        }
        fragmentBytes += packet.size();
        av_packet_move_ref(held, packet);
        holding = true;
    }

    /** Makes the next fragment tell its start by its first packet instead of by the sum of what was written before. */
    private void stateStart() {
        av_opt_set(context.priv_data(), "movflags", "+frag_discont", 0);
    }

    private void writeHeld(long duration) throws FFmpegException {
        holding = false;
        lastDuration = duration;
        end = Math.max(end, held.pts() + duration);
        long dts = fileTimeBase.from(held.dts() + delay, timeBase);
        held.duration(fileTimeBase.from(held.dts() + delay + duration, timeBase) - dts);
        held.pts(fileTimeBase.from(held.pts() + delay, timeBase));
        held.dts(dts);
        held.stream_index(0);
        held.pos(-1);
        int written = av_write_frame(context, held);
        av_packet_unref(held);
        check(written, "write a packet");
    }

    private void flushFragment() throws FFmpegException {
        check(av_write_frame(context, null), "write a segment");
        avio_flush(io);
        // Errors of buffered writing (a full disk) stay in the context until asked for.
        check(io.error(), "write a segment");
        fragmentBytes = 0;
    }

    private void finishSegment(long nextStart) throws FFmpegException {
        flushFragment();
        long offset = avio_tell(io);
        Segment segment = new Segment(
                timeBase.duration(segmentStart),
                timeBase.duration(nextStart).minus(timeBase.duration(segmentStart)),
                new ByteRange(segmentOffset, offset - segmentOffset));
        segmentOffset = offset;
        segmentBegun = false;
        segments.add(segment);
        listener.segment(segment);
    }

    /** Writes what is held and closes the file. Empty when no packet ever came: then there is no file. */
    Optional<Rendition> finish() throws FFmpegException {
        Rendition begun = nominal;
        if (begun == null) {
            return Optional.empty();
        }
        if (holding) {
            writeHeld(held.duration() > 0 ? held.duration() : Math.max(lastDuration, 1));
        }
        if (segmentBegun) {
            finishSegment(end);
        }
        check(av_write_trailer(context), "end the file");
        context.pb(null);
        check(avio_closep(io), "close the file");
        Rendition whole = begun.finished(segments);
        listener.finished(whole);
        return Optional.of(whole);
    }

    /** Between decoding and showing, in the writer's time base; known once the listener was told of the start. */
    long delay() {
        return delay;
    }

    /** When the last packet so far ends, in ticks of the article's time line. */
    long end() {
        return end;
    }

    @Override
    public void close() {
        av_packet_free(held);
        avcodec_parameters_free(parameters);
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
