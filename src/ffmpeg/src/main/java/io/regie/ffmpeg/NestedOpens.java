package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a playlist leads to, to the rules of the playlist itself. libav passes few options on to segments and keys,
 * and neither whether certificates are verified nor how many redirects are followed is among them.
 *
 * <p>One callback for the process, as in {@link Interrupts}.
 */
final class NestedOpens implements AutoCloseable {

    private static final Map<Long, Map<String, String>> RULES = new ConcurrentHashMap<>();
    private static final Callback CALLBACK = new Callback();

    private final long address;

    private NestedOpens(long address) {
        this.address = address;
    }

    /** Must be called before the context is opened, and closed after it. @param rules given to each open */
    static NestedOpens of(AVFormatContext context, Map<String, String> rules) {
        if (CALLBACK.libav == null) {
            CALLBACK.libav = context.io_open();
        }
        RULES.put(context.address(), Map.copyOf(rules));
        context.io_open(CALLBACK);
        return new NestedOpens(context.address());
    }

    @Override
    public void close() {
        RULES.remove(address);
    }

    private static final class Callback extends Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {

        /** What libav does by itself; the same for all contexts. */
        private volatile @Nullable Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer libav;

        @Override
        @SuppressWarnings("rawtypes")
        public int call(
                AVFormatContext context, PointerPointer io, BytePointer url, int flags, PointerPointer options) {
            try {
                Map<String, String> rules = RULES.get(context.address());
                Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer usual = libav;
                if (rules == null || usual == null || options == null || options.isNull()) {
                    return AVERROR_EXTERNAL;
                }
                rules.forEach((name, value) -> {
                    try (BytePointer key = new BytePointer(name);
                            BytePointer text = new BytePointer(value)) {
                        av_dict_set(options, key, text, 0);
                    }
                });
                return usual.call(context, io, url, flags, options);
            } catch (Throwable e) {
                // An exception cannot cross native frames; not opening is the safe answer.
                return AVERROR_EXTERNAL;
            }
        }
    }
}
