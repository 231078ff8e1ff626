package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
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
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * One file of an animation while it is made, as {@link AnimationState} says. Belongs to one thread.
 *
 * <p>Whatever happens, the end is the same: graph, frames, codec and packets are freed, the file is closed, and only then
 * it gets its name or is deleted. What is not finished when it is closed has failed.
 */
final class AnimationFile implements AutoCloseable {

    /** The filter remembers each colour that it ever met: it is made anew after so many pictures, and memory stays flat. */
    private static final int PICTURES_PER_GRAPH = 60;

    private final Path file;
    private final Path part;
    private final AnimationSettings settings;
    private final int quality;
    private final Consumer<AnimationState> watcher;
    private AnimationState state = AnimationState.CREATED;

    private final AVFormatContext muxer = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private @Nullable Palette palette;
    private @Nullable PaletteUse colours;
    private int pictures;
    private @Nullable FrameScaler planar;
    private @Nullable Encoder encoder;
    private long time;
    private int lastDelay;
    private long bytes;

    /**
     * @param file what it will be called once it is whole
     * @param quality of formats that have one: x264's rate factor, WebP's 0 to 100
     * @param watcher told of each state, on this thread
     */
    AnimationFile(Path file, AnimationSettings settings, int quality, Consumer<AnimationState> watcher) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.settings = settings;
        this.quality = quality;
        this.watcher = watcher;
        watcher.accept(state);
    }

    private void become(AnimationState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("The file of an animation is " + state + " and cannot become " + next);
        }
        state = next;
        watcher.accept(next);
    }

    /** @param palette for a GIF, else null; has to stay until this is closed */
    void open(int width, int height, @Nullable Palette palette) throws FFmpegException {
        this.palette = palette;
        encoder = switch (settings.format()) {
            case GIF -> Encoder.gif(width, height);
            case WEBP -> Encoder.webp(width, height, quality);
            case MP4 -> Encoder.loop(width, height, quality);
        };
        if (settings.format() == AnimationFormat.MP4) {
            planar = new FrameScaler(width, height);
        }
        check(
                // The index goes in front at the end: for that the muxer opens the file once more, by its name.
                avformat_alloc_output_context2(muxer, null, settings.format().muxer(), url()), "prepare the animation");
        AVStream stream = avformat_new_stream(muxer, null);
        check(avcodec_parameters_copy(stream.codecpar(), encoder.parameters()), "copy codec parameters");
        Palette.CENTISECONDS.copyTo(stream.time_base());
        check(avio_open2(io, url(), AVIO_FLAG_WRITE, null, null), "create a file");
        muxer.pb(io);
        AVDictionary options = new AVDictionary(null);
        switch (settings.format()) {
            // The format counts repetitions, people count how often it plays.
            case GIF ->
                av_dict_set(
                        options,
                        "loop",
                        Integer.toString(settings.loops() == 1 ? -1 : Math.max(0, settings.loops() - 1)),
                        0);
            case WEBP -> av_dict_set(options, "loop", Integer.toString(settings.loops()), 0);
            case MP4 -> av_dict_set(options, "movflags", "faststart", 0);
        }
        int header = avformat_write_header(muxer, options);
        av_dict_free(options);
        check(header, "begin the animation");
        become(AnimationState.OPENED);
    }

    private String url() {
        return "file:" + part.toAbsolutePath();
    }

    /** Adds a picture that stays for some time. */
    void write(Canvas picture, int centiseconds) throws FFmpegException {
        if (state == AnimationState.OPENED) {
            become(AnimationState.ENCODING);
        }
        AVFrame frame = picture.frame();
        frame.pts(time);
        frame.duration(centiseconds);
        time += centiseconds;
        lastDelay = centiseconds;
        if (palette != null) {
            colours(picture, palette).draw(frame, this::encode);
        } else {
            encode(planar == null ? frame : planar.scale(frame));
        }
    }

    private PaletteUse colours(Canvas picture, Palette palette) throws FFmpegException {
        PaletteUse used = colours;
        if (used != null && ++pictures % PICTURES_PER_GRAPH != 0) {
            return used;
        }
        if (used != null) {
            used.draw(null, this::encode);
            colours = null;
            used.close();
        }
        PaletteUse fresh = new PaletteUse(picture.width(), picture.height(), palette, settings.look());
        colours = fresh;
        return fresh;
    }

    private void encode(@Nullable AVFrame frame) throws FFmpegException {
        if (encoder != null) {
            encoder.encode(frame, this::mux);
        }
    }

    private void mux(AVPacket packet) throws FFmpegException {
        // The muxer chose the time base when it wrote the header.
        TimeBase into = TimeBase.of(muxer.streams(0).time_base());
        packet.pts(into.from(packet.pts(), Palette.CENTISECONDS));
        packet.dts(into.from(packet.dts(), Palette.CENTISECONDS));
        packet.duration(into.from(packet.duration(), Palette.CENTISECONDS));
        packet.stream_index(0);
        check(av_interleaved_write_frame(muxer, packet), "write the animation");
        check(io.error(), "write the animation");
        bytes = avio_tell(io);
    }

    /** So far, without what the encoder still holds. */
    long bytes() {
        return bytes;
    }

    /** How long it plays so far, in hundredths of a second. */
    long centiseconds() {
        return time;
    }

    /** Makes the file whole and gives it its name. */
    void finish() throws IOException {
        if (state != AnimationState.ENCODING) {
            throw new FFmpegException("There are no pictures to write");
        }
        if (colours != null) {
            colours.draw(null, this::encode);
        }
        encode(null);
        if (settings.format() == AnimationFormat.GIF) {
            av_opt_set_int(muxer.priv_data(), "final_delay", lastDelay, 0);
        }
        check(av_write_trailer(muxer), "end the animation");
        release();
        if (settings.format() == AnimationFormat.WEBP) {
            WebpTimes.complete(part, time * 10);
        }
        bytes = Files.size(part);
        if (settings.isLimited() && bytes > settings.budget()) {
            throw new OverBudgetException(bytes);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        become(AnimationState.FINISHED);
    }

    /** Gives up. @param cause why: that somebody cancelled it, or a fault */
    void abandon(Throwable cause) {
        end(cause instanceof CancellationException ? AnimationState.CANCELLED : AnimationState.FAILED);
    }

    private void end(AnimationState last) {
        if (state.isEnd()) {
            return;
        }
        try {
            release();
        } finally {
            delete();
            become(last);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The workspace goes with the job, and with it what cannot be deleted here.
            System.getLogger(AnimationFile.class.getName()).log(System.Logger.Level.WARNING, "Not deleted", e);
        }
    }

    /** In this order: what uses something goes before it. */
    private void release() {
        if (colours != null) {
            colours.close();
            colours = null;
        }
        if (planar != null) {
            planar.close();
            planar = null;
        }
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
        if (!io.isNull()) {
            if (!muxer.isNull()) {
                muxer.pb(null);
            }
            avio_closep(io);
            io.setNull();
        }
        if (!muxer.isNull()) {
            avformat_free_context(muxer);
            muxer.setNull();
        }
    }

    AnimationState state() {
        return state;
    }

    @Override
    public void close() {
        end(AnimationState.FAILED);
    }
}
