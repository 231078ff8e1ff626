package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.Track;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes the video track once and hands every picture to all rungs and to the stills. Frames keep the times
 * of the source; more than 60 in a second are thinned.
 */
final class EncodedVideo implements TrackSink {

    private static final double MIN_FRAME_SECONDS = 1 / 60.0;

    private final AVStream stream;
    private final Decoder decoder;
    private final PictureShape shape;
    private final TimeBase sourceTimeBase;
    private final TimeBase timeBase;
    private final long origin;
    private final SegmentCursor cursor;
    private final PassState state;
    private final List<RungEncoder> rungs = new ArrayList<>();
    private final List<FrameTap> taps = new ArrayList<>();
    private final long minFrameTicks;
    private boolean started;
    private long lastPts = Long.MIN_VALUE;

    EncodedVideo(Source source, SegmentPlan plan, PassState state) throws FFmpegException {
        Track track = source.video().orElseThrow();
        this.stream = source.input().stream(track.index());
        this.sourceTimeBase = TimeBase.of(stream.time_base());
        this.timeBase = encodable(sourceTimeBase);
        this.origin = source.origin(sourceTimeBase);
        this.cursor = new SegmentCursor(plan, timeBase);
        this.state = state;
        // A little less than the exact distance: time bases round.
        this.minFrameTicks = (long) (MIN_FRAME_SECONDS * 0.95 * timeBase.den() / timeBase.num());
        this.decoder = Decoder.open(stream, source.input().policy(), 1);
        this.shape = new PictureShape(track, sourceTimeBase);
    }

    /** The source's own ticks keep its times exact; only odd ones are replaced. */
    static TimeBase encodable(TimeBase source) {
        double ticks = (double) source.den() / source.num();
        return ticks > 1_000_000 || ticks < 20 ? new TimeBase(1, 90_000) : source;
    }

    void addRung(VideoEncoding encoding, Path file, RenditionListener listener) throws FFmpegException {
        rungs.add(new RungEncoder(encoding, timeBase, stream.codecpar(), file, state, listener));
    }

    void addTap(FrameTap tap) {
        taps.add(tap);
    }

    /** Nothing but stills is wanted: everything between key frames need not be decoded. */
    private boolean onlyStills() {
        return rungs.isEmpty();
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        if (!started) {
            started = true;
            if (onlyStills()) {
                decoder.onlyKeyFrames();
            }
            rungs.forEach(RungEncoder::start);
        }
        decoder.decode(packet, this::decoded);
    }

    private void decoded(AVFrame frame) throws FFmpegException {
        state.check();
        if (frame.best_effort_timestamp() != AV_NOPTS_VALUE) {
            frame.pts(frame.best_effort_timestamp() - origin);
        } else if (lastPts == Long.MIN_VALUE) {
            frame.pts(0);
        } else {
            frame.pts(sourceTimeBase.from(lastPts, timeBase) + 1);
        }
        shape.shape(frame, this::shaped);
    }

    private void shaped(AVFrame frame) throws FFmpegException {
        long pts = timeBase.from(frame.pts(), sourceTimeBase);
        if (pts < 0) {
            return;
        }
        for (FrameTap tap : taps) {
            tap.offer(frame, timeBase.seconds(pts));
        }
        if (lastPts != Long.MIN_VALUE && pts - lastPts < Math.max(minFrameTicks, 1)) {
            return;
        }
        lastPts = pts;
        frame.pts(pts);
        SegmentCursor.Mark mark = cursor.next(pts);
        for (RungEncoder rung : rungs) {
            rung.offer(frame, mark);
        }
    }

    @Override
    public void finish() throws FFmpegException {
        if (started) {
            decoder.decode(null, this::decoded);
            shape.shape(null, this::shaped);
        }
        if (!onlyStills() && lastPts == Long.MIN_VALUE) {
            throw new FFmpegException("No picture of the video could be decoded");
        }
        for (RungEncoder rung : rungs) {
            rung.end();
        }
        for (RungEncoder rung : rungs) {
            rung.join();
        }
        state.check();
    }

    @Override
    public void close() {
        rungs.forEach(RungEncoder::join);
        rungs.forEach(RungEncoder::close);
        shape.close();
        decoder.close();
    }
}
