package io.regie.ffmpeg;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Lets libav ask during blocking input and output whether to give up.
 *
 * <p>One callback object for the whole process, held for ever: JavaCPP has room for ten of a class (the eleventh would
 * silently be NULL), and one that is collected while native code holds it aborts the JVM. What differs per context
 * travels as the address of the opaque pointer: live streams ask a thousand times a second.
 */
final class Interrupts implements AutoCloseable {

    private static final Map<Long, BooleanSupplier> ASKED = new ConcurrentHashMap<>();
    private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new Callback();

    private final BytePointer id = new BytePointer(1);

    private Interrupts(BooleanSupplier cancelled) {
        ASKED.put(id.address(), cancelled);
    }

    /** Must be called before the context is opened, and closed after it. */
    static Interrupts watch(AVFormatContext context, BooleanSupplier cancelled) {
        Interrupts interrupts = new Interrupts(cancelled);
        context.interrupt_callback().callback(CALLBACK);
        context.interrupt_callback().opaque(interrupts.id);
        return interrupts;
    }

    @Override
    public void close() {
        if (!id.isNull()) {
            ASKED.remove(id.address());
            id.deallocate();
        }
    }

    private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            try {
                BooleanSupplier cancelled = ASKED.get(opaque.address());
                return cancelled == null || cancelled.getAsBoolean() ? 1 : 0;
            } catch (Throwable e) {
                // An exception cannot cross native frames; giving up is the safe answer.
                return 1;
            }
        }
    }
}
