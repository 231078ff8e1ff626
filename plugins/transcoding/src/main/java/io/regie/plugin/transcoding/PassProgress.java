package io.regie.plugin.transcoding;

import io.regie.spi.JobContext;
import io.regie.spi.Progress;
import java.util.function.DoubleConsumer;

/** Turns the position of a pass into the job's progress. */
final class PassProgress implements DoubleConsumer {

    private final JobContext context;
    private final double seconds;
    private final double from;
    private final double to;
    private final long startNanos = System.nanoTime();
    private long lastNanos;

    /** @param from fraction of the job at which this pass begins @param to and ends */
    PassProgress(JobContext context, double seconds, double from, double to) {
        this.context = context;
        this.seconds = seconds;
        this.from = from;
        this.to = to;
    }

    @Override
    public void accept(double position) {
        long now = System.nanoTime();
        // Once a frame would be a flood of objects for two lines a second.
        if (now - lastNanos < 200_000_000L) {
            return;
        }
        lastNanos = now;
        double done = seconds > 0 ? Math.min(position / seconds, 1) : 0;
        double elapsed = Math.max((now - startNanos) / 1e9, 1e-3);
        context.progress(Progress.of(from + (to - from) * done, position / elapsed));
    }
}
