package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.regie.spi.Track;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what a video shows during a span: from the picture that stands when the span begins to the one that stands when
 * it ends, each for as long as in the original. Upright and in the original's pixels.
 */
final class ClipPictures implements ClipTrack {

    private final AVStream stream;
    private final Track track;
    private final Span span;
    private final TimeBase timeBase;
    private final Decoder decoder;
    private final PictureShape shape;
    private final Encoder.PacketConsumer sink;
    /** The newest picture: how long it stands is known when the next one comes. */
    private final AVFrame held = av_frame_alloc();

    private final Map<Long, Long> durations = new HashMap<>();
    private @Nullable FrameScaler scaler;
    private @Nullable Encoder encoder;
    private boolean holding;
    private long heldPts;
    private long lastPts = AV_NOPTS_VALUE;
    private boolean done;

    /** @param span in the track's ticks @param sink hears of packets whose time zero is the beginning of the span */
    ClipPictures(Source source, Span span, Encoder.PacketConsumer sink) throws FFmpegException {
        this.track = source.video().orElseThrow();
        this.stream = source.input().stream(track.index());
        this.span = span;
        this.timeBase = EncodedVideo.encodable(span.timeBase());
        this.sink = sink;
        this.decoder = Decoder.open(stream, source.input().policy(), 1);
        this.shape = new PictureShape(track, span.timeBase());
    }

    @Override
    public AVStream stream() {
        return stream;
    }

    @Override
    public @Nullable AVCodecParameters parameters() {
        return encoder == null ? null : encoder.parameters();
    }

    @Override
    public TimeBase timeBase() {
        return timeBase;
    }

    @Override
    public boolean copied() {
        return false;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        decoder.decode(packet, this::decoded);
    }

    private void decoded(AVFrame frame) throws FFmpegException {
        long pts = frame.best_effort_timestamp();
        if (pts == AV_NOPTS_VALUE) {
            pts = lastPts == AV_NOPTS_VALUE ? span.start() : lastPts + 1;
        }
        lastPts = pts;
        if (!done) {
            frame.pts(pts);
            shape.shape(frame, this::shaped);
        }
    }

    private void shaped(AVFrame frame) throws FFmpegException {
        if (done || (holding && frame.pts() <= heldPts)) {
            return;
        }
        if (frame.pts() >= span.end()) {
            done = true;
            return;
        }
        if (holding && frame.pts() > span.start()) {
            encodeHeld(frame.pts());
        }
        av_frame_unref(held);
        check(av_frame_ref(held, frame), "keep a picture");
        heldPts = frame.pts();
        holding = true;
        open(frame);
    }

    private void open(AVFrame frame) throws FFmpegException {
        if (encoder != null) {
            return;
        }
        int width = even(frame.width());
        int height = even(frame.height());
        scaler = new FrameScaler(width, height);
        encoder = Encoder.clip(width, height, pixelAspect(), rate(), timeBase, stream.codecpar());
    }

    private static int even(int side) {
        return Math.max(2, side - side % 2);
    }

    /** The original's, turned with the picture. */
    private AVRational pixelAspect() {
        AVRational stored = stream.sample_aspect_ratio().num() > 0
                ? stream.sample_aspect_ratio()
                : stream.codecpar().sample_aspect_ratio();
        boolean sane = stored.num() > 0 && stored.den() > 0;
        boolean lies = track.rotation() % 180 != 0;
        AVRational aspect = new AVRational();
        aspect.num(!sane ? 1 : lies ? stored.den() : stored.num());
        aspect.den(!sane ? 1 : lies ? stored.num() : stored.den());
        return aspect;
    }

    private double rate() {
        double known = track.frameRate();
        return known >= 1 && known <= 240 ? known : 25;
    }

    private void encodeHeld(long until) throws FFmpegException {
        Encoder target = encoder;
        FrameScaler fitting = scaler;
        if (target == null || fitting == null) {
            return;
        }
        long pts = timeBase.from(Math.max(heldPts, span.start()) - span.start(), span.timeBase());
        long end = timeBase.from(until - span.start(), span.timeBase());
        AVFrame frame = fitting.scale(held);
        frame.pts(pts);
        frame.duration(Math.max(1, end - pts));
        frame.pict_type(AV_PICTURE_TYPE_NONE);
        durations.put(pts, Math.max(1, end - pts));
        target.encode(frame, this::write);
    }

    private void write(AVPacket packet) throws FFmpegException {
        Long duration = durations.remove(packet.pts());
        if (duration != null) {
            packet.duration(duration);
        }
        sink.accept(packet);
    }

    /** @throws FFmpegException when there was no picture */
    @Override
    public void finish() throws FFmpegException {
        if (!done) {
            decoder.decode(null, this::decoded);
            shape.shape(null, this::shaped);
            done = true;
        }
        Encoder target = encoder;
        if (!holding || target == null) {
            throw new FFmpegException("There is no picture in this range that can be decoded");
        }
        encodeHeld(span.end());
        holding = false;
        target.encode(null, this::write);
    }

    @Override
    public void close() {
        av_frame_free(held);
        if (scaler != null) {
            scaler.close();
        }
        if (encoder != null) {
            encoder.close();
        }
        shape.close();
        decoder.close();
    }
}
