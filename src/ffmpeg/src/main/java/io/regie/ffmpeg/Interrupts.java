package io.regie.ffmpeg;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Lets libav ask during blocking input and output whether to give up.
 *
 * <p>A live stream asks two thousand times a second, and each question that Java answers costs more than copying a
 * packet. So libav is given the C library's {@code atoi} to ask and a text to ask it of: {@code 0} to go on, {@code 1}
 * to give up. One thread writes the texts of all open contexts, 25 times a second. That also leaves no Java callback
 * that could be collected while native code holds it.
 */
final class Interrupts implements AutoCloseable {

    private static final long PERIOD_NANOS = 40_000_000;
    private static final Pointer ATOI = Objects.requireNonNull(Loader.addressof("atoi"));
    private static final Set<Interrupts> OPEN = ConcurrentHashMap.newKeySet();
    private static final Thread WRITER = new Thread(Interrupts::write, "interrupts");

    static {
        WRITER.setDaemon(true);
        WRITER.start();
    }

    private final BooleanSupplier cancelled;
    private final BytePointer answer = new BytePointer((byte) '0', (byte) 0);

    private Interrupts(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
    }

    /** Must be called before the context is opened, and closed after it. @param cancelled asked on another thread */
    static Interrupts watch(AVFormatContext context, BooleanSupplier cancelled) {
        Interrupts interrupts = new Interrupts(cancelled);
        interrupts.ask();
        AVIOInterruptCB callback = context.interrupt_callback();
        new PointerPointer<>(callback).put(0, ATOI);
        callback.opaque(interrupts.answer);
        OPEN.add(interrupts);
        LockSupport.unpark(WRITER);
        return interrupts;
    }

    @Override
    public void close() {
        OPEN.remove(this);
        synchronized (answer) {
            answer.deallocate();
        }
    }

    private void ask() {
        boolean giveUp;
        try {
            giveUp = cancelled.getAsBoolean();
        } catch (RuntimeException | Error e) {
            // Whoever cannot say any more does not want to go on.
            giveUp = true;
        }
        synchronized (answer) {
            if (!answer.isNull()) {
                answer.put(0, (byte) (giveUp ? '1' : '0'));
            }
        }
    }

    private static void write() {
        while (true) {
            if (OPEN.isEmpty()) {
                LockSupport.park();
            } else {
                OPEN.forEach(Interrupts::ask);
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        }
    }
}
