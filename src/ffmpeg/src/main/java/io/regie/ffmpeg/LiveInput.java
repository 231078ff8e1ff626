package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * A live stream that is open. Nothing here waits longer than the longest silence allowed; why a wait ended is decided by
 * our own flags, since libav says the same for a cancel and for a time-out. Belongs to one thread.
 */
final class LiveInput implements AutoCloseable {

    private static final int MAX_DAMAGED = 1000;

    private final MediaInput input;
    private final Patience patience;
    private final BooleanSupplier stopped;

    /** Asked from native code, often. */
    private static final class Patience implements BooleanSupplier {
        private final BooleanSupplier cancelled;
        private final BooleanSupplier stopped;
        private final long nanos;
        private volatile long since = System.nanoTime();
        private volatile boolean waiting = true;
        private volatile boolean over;

        Patience(BooleanSupplier cancelled, BooleanSupplier stopped, Duration silence) {
            this.cancelled = cancelled;
            this.stopped = stopped;
            this.nanos = silence.toNanos();
        }

        @Override
        public boolean getAsBoolean() {
            return cancelled.getAsBoolean() || stopped.getAsBoolean() || isOver();
        }

        /** Stays true: libav was told, and may have given up in the middle of something. */
        boolean isOver() {
            if (waiting && System.nanoTime() - since > nanos) {
                over = true;
            }
            return over;
        }

        /** The source is waited for from now on. */
        void begin() {
            since = System.nanoTime();
            waiting = true;
        }

        /** It answered; how long we take ourselves is not its silence. */
        void end() {
            waiting = false;
        }
    }

    private LiveInput(MediaInput input, Patience patience, BooleanSupplier stopped) {
        this.input = input;
        this.patience = patience;
        this.stopped = stopped;
    }

    /**
     * Connects and finds out what the stream has.
     *
     * @param stopped ends waiting too, but what was read counts
     * @throws CancellationException when cancelled or stopped before there was anything to read
     */
    static LiveInput open(LiveAddress address, Duration silence, BooleanSupplier cancelled, BooleanSupplier stopped)
            throws FFmpegException {
        Patience patience = new Patience(cancelled, stopped, silence);
        MediaInput input;
        try {
            input = MediaInput.connect(address, patience);
        } catch (CancellationException e) {
            throwIfSilent(patience);
            throw e;
        }
        try {
            patience.begin();
            input.findStreams();
            patience.end();
            return new LiveInput(input, patience, stopped);
        } catch (CancellationException e) {
            input.close();
            throwIfSilent(patience);
            throw e;
        } catch (FFmpegException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static void throwIfSilent(Patience patience) throws FFmpegException {
        if (patience.isOver() && !patience.cancelled.getAsBoolean() && !patience.stopped.getAsBoolean()) {
            throw new FFmpegException("The source did not answer for " + patience.nanos / 1_000_000_000 + " s");
        }
    }

    /**
     * Reads the next packet.
     *
     * @return false when the source has ended the stream, or when stopped
     * @throws CancellationException when cancelled
     */
    boolean read(AVPacket packet) throws FFmpegException {
        patience.begin();
        for (int damaged = 0; ; damaged++) {
            if (patience.cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            if (stopped.getAsBoolean()) {
                return false;
            }
            int result = av_read_frame(input.context(), packet);
            if (result >= 0) {
                patience.end();
                return true;
            }
            av_packet_unref(packet);
            if (patience.cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            if (stopped.getAsBoolean() || result == AVERROR_EOF) {
                return false;
            }
            if (patience.isOver()) {
                throw new FFmpegException("The source sent nothing for " + patience.nanos / 1_000_000_000 + " s");
            }
            boolean again = result == AVERROR_INVALIDDATA || result == AVERROR_EAGAIN();
            if (!again || damaged >= MAX_DAMAGED) {
                throw new FFmpegException("read the stream", result);
            }
        }
    }

    boolean isFinite() {
        return !input.duration().isZero();
    }

    int streamCount() {
        return input.streamCount();
    }

    AVStream stream(int index) {
        return input.stream(index);
    }

    OpenPolicy policy() {
        return input.policy();
    }

    @Override
    public void close() {
        input.close();
    }
}
