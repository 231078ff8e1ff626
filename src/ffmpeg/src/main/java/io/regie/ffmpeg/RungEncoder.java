package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.regie.spi.Rendition;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * One rung on a thread of its own: scales, encodes and writes what the decoding thread puts into its queue. The queue is
 * short, so that the slowest rung holds the decoder back instead of filling the memory with pictures.
 */
final class RungEncoder implements AutoCloseable {

    private static final int QUEUE = 3;
    private static final long POLL_MILLIS = 50;

    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUE);
    private final PassState state;
    private final FrameScaler scaler;
    private final Encoder encoder;
    private final RenditionWriter writer;
    private final Thread thread;
    /** Presentation times of frames sent to the encoder that begin a segment. */
    private final Deque<Long> boundaries = new ArrayDeque<>();

    /** @param frame null at the end */
    private record Item(@Nullable AVFrame frame, boolean segment) {}

    RungEncoder(
            VideoEncoding encoding,
            TimeBase timeBase,
            AVCodecParameters colours,
            Path file,
            PassState state,
            RenditionListener listener)
            throws FFmpegException {
        this.state = state;
        this.encoder = Encoder.h264(encoding, timeBase, colours);
        FrameScaler openedScaler = null;
        try {
            openedScaler = new FrameScaler(encoding.width(), encoding.height());
            this.scaler = openedScaler;
            this.writer = new RenditionWriter(
                    file,
                    encoder.parameters(),
                    timeBase,
                    (codecs, range) -> Rendition.video(
                            codecs,
                            encoding.width(),
                            encoding.height(),
                            encoding.frameRate(),
                            encoding.maxRate(),
                            range),
                    listener);
        } catch (FFmpegException | RuntimeException e) {
            if (openedScaler != null) {
                openedScaler.close();
            }
            encoder.close();
            throw e;
        }
        this.thread = new Thread(this::run, "rung-" + Math.min(encoding.width(), encoding.height()));
    }

    void start() {
        thread.start();
    }

    /** Called on the decoding thread; waits while the queue is full. */
    void offer(AVFrame frame, SegmentCursor.Mark mark) throws FFmpegException {
        AVFrame reference = av_frame_clone(frame);
        if (reference == null || reference.isNull()) {
            throw new FFmpegException("Out of memory");
        }
        reference.pict_type(mark == SegmentCursor.Mark.NOTHING ? AV_PICTURE_TYPE_NONE : AV_PICTURE_TYPE_I);
        boolean handedOver = false;
        try {
            put(new Item(reference, mark == SegmentCursor.Mark.SEGMENT));
            handedOver = true;
        } finally {
            if (!handedOver) {
                av_frame_free(reference);
            }
        }
    }

    /** Says that no more frames will come. */
    void end() throws FFmpegException {
        put(new Item(null, false));
    }

    private void put(Item item) throws FFmpegException {
        try {
            while (!queue.offer(item, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                state.check();
            }
        } catch (InterruptedException e) {
            // Cancelling interrupts as well; what counts is the flag.
            Thread.currentThread().interrupt();
            state.check();
            throw new CancellationException();
        }
    }

    private void run() {
        try {
            while (!state.ended()) {
                Item item = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (item == null) {
                    continue;
                }
                AVFrame frame = item.frame();
                if (frame == null) {
                    encoder.encode(null, this::write);
                    writer.finish();
                    return;
                }
                try {
                    if (item.segment()) {
                        boundaries.add(frame.pts());
                    }
                    encoder.encode(scaler.scale(frame), this::write);
                } finally {
                    av_frame_free(frame);
                }
            }
        } catch (Throwable e) {
            state.fail(e);
        }
    }

    private void write(AVPacket packet) throws FFmpegException {
        Long boundary = boundaries.peek();
        // Frames come out in another order, but nothing passes a forced IDR picture.
        boolean cut = boundary != null && packet.pts() == boundary;
        if (cut) {
            boundaries.remove();
        }
        writer.write(packet, cut);
    }

    /** Waits for the thread, which ends by itself when the pass has ended. */
    void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Frees everything. The thread must have ended or never been started. */
    @Override
    public void close() {
        for (Item item = queue.poll(); item != null; item = queue.poll()) {
            if (item.frame() != null) {
                av_frame_free(item.frame());
            }
        }
        writer.close();
        scaler.close();
        encoder.close();
    }
}
