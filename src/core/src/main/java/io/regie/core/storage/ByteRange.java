package io.regie.core.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a file a client asks for (RFC 9110, 14). Only one range is ever sent: of several, none, which is the
 * whole file. So no request makes us send more than one file's worth or hold more than one answer.
 */
record ByteRange(Kind kind, long first, long length) {

    enum Kind {
        WHOLE,
        PART,
        UNSATISFIABLE
    }

    private static final Pattern SINGLE = Pattern.compile("bytes=[ \\t]*(\\d{0,18})-(\\d{0,18})[ \\t]*");

    /**
     * @param header null where there is none
     * @param size of the whole
     */
    static ByteRange of(@Nullable String header, long size) {
        ByteRange whole = new ByteRange(Kind.WHOLE, 0, size);
        if (header == null) {
            return whole;
        }
        Matcher matcher = SINGLE.matcher(header);
        if (!matcher.matches()) {
            return whole;
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? whole : last(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return whole;
        }
        return first >= size ? unsatisfiable() : new ByteRange(Kind.PART, first, last - first + 1);
    }

    private static ByteRange last(long count, long size) {
        if (count == 0 || size == 0) {
            return unsatisfiable();
        }
        long length = Math.min(count, size);
        return new ByteRange(Kind.PART, size - length, length);
    }

    private static ByteRange unsatisfiable() {
        return new ByteRange(Kind.UNSATISFIABLE, 0, 0);
    }
}
