package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_LANCZOS;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;

import io.regie.ffmpeg.RefusedMediaException.Reason;
import io.regie.spi.Track;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/**
 * A range of a video at even distances: for each moment the frame that a player would show then. Backwards it is read in
 * windows from the end, each from the key frame before it, so that a long range needs no more memory than a short one.
 */
final class RangePictures implements Pictures {

    /** Times of files are rounded to their ticks. */
    private static final double TOLERANCE = 0.001;

    /** A hole of this length where packets are damaged is not made up for by a still picture. */
    private static final double MAX_HOLE = 0.5;

    /** How far before the wanted key frame to start where a format seeks without knowing its key frames. */
    private static final double[] STEPS_BACK = {0, 2, 10, 60, Double.MAX_VALUE};

    /** Held at most while playing backwards. */
    private static final long MAX_HELD_BYTES = 48L << 20;

    private static final int MIN_HELD = 8;

    private final Source source;
    private final Track track;
    private final AVStream stream;
    private final TimeBase ticks;
    private final double start;
    private final double end;
    private final AnimationSettings settings;
    private final DisplaySize size;
    private final boolean rough;
    private final SwsContext scaler = sws_alloc_context();

    /** Called for the picture of each moment, in order. */
    @FunctionalInterface
    private interface Visit {
        void accept(AVFrame frame) throws FFmpegException;
    }

    /**
     * @param source closed by the caller
     * @param start seconds from where the article begins to play
     * @param rough for statistics: frames that no other needs are not decoded
     */
    RangePictures(
            Source source,
            Track track,
            double start,
            double end,
            AnimationSettings settings,
            DisplaySize size,
            boolean rough) {
        this.source = source;
        this.track = track;
        this.stream = source.input().stream(track.index());
        this.ticks = TimeBase.of(stream.time_base());
        this.start = start;
        this.end = end;
        this.settings = settings;
        this.size = size;
        this.rough = rough;
        scaler.flags(SWS_LANCZOS | SWS_FULL_CHR_H_INT | SWS_ACCURATE_RND).threads(1);
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    private int moments() {
        return Math.max(1, (int) Math.round((end - start) / settings.speed() * 100 / settings.centiseconds()));
    }

    /** Backwards, neither the last nor the first picture comes a second time. */
    private int backwards() {
        return settings.boomerang() ? Math.max(0, moments() - 2) : 0;
    }

    @Override
    public int count() {
        return moments() + backwards();
    }

    private double moment(int index) {
        return start + index * settings.speed() * settings.centiseconds() / 100;
    }

    @Override
    public void show(Screen screen) throws RefusedMediaException, FFmpegException {
        read(0, moments(), frame -> {
            try (Canvas canvas = paint(frame)) {
                screen.show(canvas, settings.centiseconds());
            }
        });
        int window = (int) Math.max(MIN_HELD, MAX_HELD_BYTES / (4L * width() * height()));
        for (int to = 1 + backwards(); to > 1; to -= window) {
            showBackwards(Math.max(1, to - window), to, screen);
        }
    }

    private void showBackwards(int from, int to, Screen screen) throws RefusedMediaException, FFmpegException {
        List<Canvas> held = new ArrayList<>();
        try {
            read(from, to, frame -> held.add(paint(frame)));
            Collections.reverse(held);
            for (Canvas canvas : held) {
                source.input().throwIfCancelled();
                screen.show(canvas, settings.centiseconds());
            }
        } finally {
            held.forEach(Canvas::close);
        }
    }

    private Canvas paint(AVFrame frame) throws FFmpegException {
        boolean lies = size.rotation() % 180 != 0;
        return Canvas.scaled(frame, lies ? height() : width(), lies ? width() : height(), scaler)
                .upright(Canvas.orientation(size.rotation()));
    }

    private void read(int from, int to, Visit visit) throws RefusedMediaException, FFmpegException {
        long origin = source.origin(ticks);
        for (double back : STEPS_BACK) {
            boolean fromStart = back >= moment(from);
            double seconds = Math.max(0, moment(from) - back);
            try {
                source.input()
                        .seek(track.index(), origin + ticks.from(Math.round(seconds * 1e6), TimeBase.MICROSECONDS));
            } catch (FFmpegException e) {
                // Some formats only find times that they have seen; from the beginning everything can be reached.
                if (fromStart) {
                    throw e;
                }
                continue;
            }
            try (Walk walk = new Walk(from, to, origin, fromStart, visit)) {
                if (walk.run()) {
                    return;
                }
            }
            if (fromStart) {
                break;
            }
        }
        throw new RefusedMediaException(
                Reason.UNREADABLE, "There is no picture at %s of this video.".formatted(time(moment(from))));
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** One way through a part of the file. */
    private final class Walk implements AutoCloseable {

        private final int to;
        private final long origin;
        private final boolean fromStart;
        private final Visit visit;
        private final AVFrame shown = av_frame_alloc();
        private final AVPacket packet = av_packet_alloc();
        private final Decoder decoder;
        private final @Nullable PictureShape shape;
        private int next;
        private boolean has;
        private boolean startsLate;
        private double last;
        private int refused;
        private double holeFrom = -1;
        private double holeTo;

        Walk(int from, int to, long origin, boolean fromStart, Visit visit) throws FFmpegException {
            this.next = from;
            this.to = to;
            this.origin = origin;
            this.fromStart = fromStart;
            this.visit = visit;
            this.decoder = Decoder.open(stream, source.input().policy(), 1);
            this.shape = track.interlaced() ? new PictureShape(upright(track), ticks) : null;
            if (rough) {
                decoder.context().skip_frame(AVDISCARD_NONREF);
            }
        }

        private boolean ended() {
            return next >= to || startsLate || holeFrom >= 0;
        }

        /** @return false when the file gave nothing at or before the first moment */
        boolean run() throws RefusedMediaException, FFmpegException {
            while (!ended() && source.input().read(packet)) {
                if (packet.stream_index() == track.index()) {
                    decoder.decode(packet, this::decoded);
                }
                av_packet_unref(packet);
            }
            if (!ended()) {
                decoder.decode(null, this::decoded);
                if (shape != null) {
                    shape.shape(null, this::shaped);
                }
            }
            if (startsLate || !has) {
                return false;
            }
            if (!ended()) {
                requireWhole();
            }
            if (holeFrom >= 0) {
                throw new RefusedMediaException(
                        Reason.UNREADABLE,
                        "The video is damaged between %s and %s.".formatted(time(holeFrom), time(holeTo)));
            }
            while (next < to) {
                source.input().throwIfCancelled();
                next++;
                visit.accept(shown);
            }
            return true;
        }

        /** The last picture stays while the sound goes on, but not in place of pictures that should be there. */
        private void requireWhole() throws RefusedMediaException {
            long duration = stream.duration();
            if (duration == AV_NOPTS_VALUE || duration <= 0) {
                return;
            }
            double promised = ticks.seconds(Math.max(0, stream.start_time()) + duration - origin);
            if (Math.min(promised, moment(to - 1)) - last > MAX_HOLE) {
                throw new RefusedMediaException(
                        Reason.UNREADABLE, "The video is damaged: it breaks off at %s.".formatted(time(last)));
            }
        }

        private void decoded(AVFrame frame) throws FFmpegException {
            long time = frame.best_effort_timestamp();
            frame.pts(
                    time == AV_NOPTS_VALUE ? origin + ticks.from(Math.round(last * 1e6), TimeBase.MICROSECONDS) : time);
            if (shape != null) {
                shape.shape(frame, this::shaped);
            } else {
                shaped(frame);
            }
        }

        private void shaped(AVFrame frame) throws FFmpegException {
            if (ended()) {
                return;
            }
            source.input().throwIfCancelled();
            double seconds = ticks.seconds(frame.pts() - origin);
            if (!has && !fromStart && seconds > moment(next) + TOLERANCE) {
                startsLate = true;
                return;
            }
            if (has && decoder.refused() > refused && seconds - last > MAX_HOLE && seconds > moment(next)) {
                holeFrom = last;
                holeTo = seconds;
                return;
            }
            refused = decoder.refused();
            while (has && next < to && seconds > moment(next) + TOLERANCE) {
                next++;
                visit.accept(shown);
            }
            av_frame_unref(shown);
            check(av_frame_ref(shown, frame), "keep a picture");
            has = true;
            last = seconds;
        }

        @Override
        public void close() {
            if (shape != null) {
                shape.close();
            }
            decoder.close();
            av_packet_free(packet);
            av_frame_free(shown);
        }
    }

    /** Rotation is ours, whoever brings fields together. */
    private static Track upright(Track track) {
        return new Track(
                track.index(),
                track.kind(),
                track.codec(),
                track.profile(),
                track.bitrate(),
                track.width(),
                track.height(),
                track.displayWidth(),
                track.displayHeight(),
                0,
                track.frameRate(),
                track.pixelFormat(),
                track.interlaced(),
                track.channels(),
                track.sampleRate(),
                track.language(),
                track.attachedPicture());
    }

    @Override
    public void close() {
        sws_free_context(scaler);
    }
}
