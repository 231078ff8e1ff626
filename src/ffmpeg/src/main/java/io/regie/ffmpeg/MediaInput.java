package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set_int;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The one gate through which files and live streams are opened for reading. Belongs to one thread.
 *
 * <p>Every open carries the allow-lists and limits of an {@link OpenPolicy} and can be interrupted. The path of a file
 * must be one that we generated: it is never a name that came with the file.
 */
public final class MediaInput implements AutoCloseable {

    /** Attempts to find the next readable packet; demuxers move on by themselves. */
    private static final int MAX_DAMAGED = 100;

    private final AVFormatContext context;
    private final Interrupts interrupts;
    private final @Nullable NestedOpens nested;
    private final OpenPolicy policy;
    private final BooleanSupplier cancelled;

    private MediaInput(
            AVFormatContext context,
            Interrupts interrupts,
            @Nullable NestedOpens nested,
            OpenPolicy policy,
            BooleanSupplier cancelled) {
        this.context = context;
        this.interrupts = interrupts;
        this.nested = nested;
        this.policy = policy;
        this.cancelled = cancelled;
    }

    /**
     * Opens a file and finds out what streams it has.
     *
     * @param cancelled asked often, from native code too: quick and without locks
     * @throws FFmpegException when the file is not what the policy allows, or broken
     * @throws CancellationException when {@code cancelled} said so
     */
    public static MediaInput open(Path file, OpenPolicy policy, BooleanSupplier cancelled) throws FFmpegException {
        MediaInput input = openHeader(file, policy, cancelled);
        try {
            input.findStreams();
            return input;
        } catch (FFmpegException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** Reads the container's header only. Enough for what MP4 and Matroska say about themselves. */
    static MediaInput openHeader(Path file, OpenPolicy policy, BooleanSupplier cancelled) throws FFmpegException {
        return openHeader("file:" + file.toAbsolutePath(), "file", Map.of(), Map.of(), policy, cancelled);
    }

    /** Connects to a live stream. What it has is found out by {@link #findStreams}. */
    static MediaInput connect(LiveAddress address, BooleanSupplier interrupted) throws FFmpegException {
        return openHeader(
                address.url(),
                String.join(",", address.protocols()),
                address.options(),
                address.nested(),
                address.policy(),
                interrupted);
    }

    private static MediaInput openHeader(
            String url,
            String protocols,
            Map<String, String> more,
            Map<String, String> inner,
            OpenPolicy policy,
            BooleanSupplier cancelled)
            throws FFmpegException {
        FFmpeg.load();
        AVFormatContext context = avformat_alloc_context();
        Interrupts interrupts = Interrupts.watch(context, cancelled);
        NestedOpens nested = inner.isEmpty() ? null : NestedOpens.of(context, inner);
        AVDictionary options = new AVDictionary(null);
        more.forEach((key, value) -> av_dict_set(options, key, value, 0));
        av_dict_set(options, "protocol_whitelist", protocols, 0);
        av_dict_set(options, "format_whitelist", policy.formatList(), 0);
        av_dict_set(options, "codec_whitelist", policy.codecList(), 0);
        av_dict_set_int(options, "max_streams", policy.maxStreams(), 0);
        av_dict_set_int(options, "probesize", policy.probeBytes(), 0);
        av_dict_set_int(options, "analyzeduration", policy.analyzeDuration().toNanos() / 1000, 0);
        // On failure libav frees the context by itself.
        int opened = avformat_open_input(context, url, onlyDemuxer(policy), options);
        av_dict_free(options);
        if (opened < 0) {
            interrupts.close();
            if (nested != null) {
                nested.close();
            }
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            throw new FFmpegException(url.startsWith("file:") ? "open the file" : "open the stream", opened);
        }
        return new MediaInput(context, interrupts, nested, policy, cancelled);
    }

    /** Where only one demuxer is allowed, it is not left to libav to guess: for images it would go by the name. */
    private static @Nullable AVInputFormat onlyDemuxer(OpenPolicy policy) {
        return policy.formats().size() == 1
                ? av_find_input_format(policy.formats().iterator().next())
                : null;
    }

    /** Looks into the streams of a file of which only the header was read, decoding a little where needed. */
    void findStreams() throws FFmpegException {
        int count = context.nb_streams();
        // Decoding a few frames is how libav learns about streams: the pixel limit must hold there too.
        try (PointerPointer<AVDictionary> perStream = new PointerPointer<>(Math.max(count, 1))) {
            AVDictionary[] options = new AVDictionary[count];
            for (int i = 0; i < count; i++) {
                options[i] = new AVDictionary(null);
                av_dict_set_int(options[i], "max_pixels", policy.maxPixels(), 0);
                av_dict_set(options[i], "threads", "1", 0);
                perStream.put(i, options[i]);
            }
            int found = avformat_find_stream_info(context, perStream);
            for (int i = 0; i < count; i++) {
                Pointer left = perStream.get(i);
                if (left != null && !left.isNull()) {
                    av_dict_free(new AVDictionary(left));
                }
            }
            if (found < 0) {
                throwIfCancelled();
                check(found, "understand the file");
            }
        }
        throwIfCancelled();
    }

    /** The demuxer's names, comma separated, as {@code mov,mp4,m4a,3gp,3g2,mj2}. */
    public String format() {
        AVInputFormat format = context.iformat();
        return format.name().getString();
    }

    /** Playing time as the container tells it, zero when it does not. */
    public Duration duration() {
        return context.duration() > 0 ? Duration.ofNanos(context.duration() * 1000) : Duration.ZERO;
    }

    public AVFormatContext context() {
        return context;
    }

    public int streamCount() {
        return context.nb_streams();
    }

    public AVStream stream(int index) {
        return context.streams(index);
    }

    public OpenPolicy policy() {
        return policy;
    }

    /**
     * Reads the next packet of any stream.
     *
     * @param packet empty; filled on success, to be unreferenced by the caller
     * @return false at the end of the file; a file that is cut short or damaged ends where it cannot be read any more
     */
    public boolean read(AVPacket packet) throws FFmpegException {
        throwIfCancelled();
        int result = av_read_frame(context, packet);
        for (int i = 0; result == AVERROR_INVALIDDATA && i < MAX_DAMAGED; i++) {
            throwIfCancelled();
            result = av_read_frame(context, packet);
        }
        if (result == AVERROR_INVALIDDATA) {
            return false;
        }
        if (result == AVERROR_EOF || result == AVERROR_EXIT) {
            throwIfCancelled();
            return false;
        }
        check(result, "read the file");
        return true;
    }

    /** Moves to the last key frame of a stream at or before a time in that stream's time base. */
    public void seek(int stream, long timestamp) throws FFmpegException {
        check(av_seek_frame(context, stream, timestamp, AVSEEK_FLAG_BACKWARD), "seek");
    }

    public void throwIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    @Override
    public void close() {
        if (!context.isNull()) {
            avformat_close_input(context);
            context.setNull();
        }
        interrupts.close();
        if (nested != null) {
            nested.close();
        }
    }
}
