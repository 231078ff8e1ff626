package io.regie.worker;

import org.jspecify.annotations.Nullable;

/** What the server wants of the running request by now. */
final class Control {

    private volatile boolean stopped;
    private volatile boolean cancelled;
    private @Nullable Thread handler;

    void stop() {
        stopped = true;
    }

    synchronized void cancel() {
        cancelled = true;
        if (handler != null) {
            handler.interrupt();
        }
    }

    /** The thread to interrupt by a cancel, also by one that came before. */
    synchronized void interrupts(Thread thread) {
        handler = thread;
        if (cancelled) {
            thread.interrupt();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isCancelled() {
        return cancelled;
    }
}
