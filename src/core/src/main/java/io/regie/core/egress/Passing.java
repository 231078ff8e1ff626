package io.regie.core.egress;

import java.nio.ByteBuffer;

/** Looks at bytes on their way, without taking any. */
sealed interface Passing {

    /** Whether these may pass; if not, the connection is over. */
    boolean lets(ByteBuffer bytes);

    /** For who can reach nothing but the relay. */
    record All() implements Passing {
        @Override
        public boolean lets(ByteBuffer bytes) {
            return true;
        }
    }

    /**
     * Keeps the first line of an RTSP answer that sends its reader elsewhere from arriving whole. The reader would go
     * there by itself. A redirect of HTTP is no concern: its next connection comes through the relay as well.
     *
     * <p>Such a line need not follow another: it may come right behind binary data. So it is looked for everywhere;
     * that video happens to hold one is less likely than that a disk errs.
     */
    final class NoRedirects implements Passing {
        private static final byte[] START = {'R', 'T', 'S', 'P', '/'};

        private int matched;
        private boolean afterVersion;

        @Override
        public boolean lets(ByteBuffer bytes) {
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                if (sendsElsewhere(bytes.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean sendsElsewhere(byte next) {
            boolean inVersion = matched == START.length;
            if (inVersion && (next == ' ' || next == '\t')) {
                afterVersion = true;
            } else if (inVersion && afterVersion) {
                // Signs and zeros may come before a number.
                boolean harmless = next == '1' || next == '2' || next == '4' || next == '5';
                restart(next);
                return !harmless;
            } else if (!inVersion && next == START[matched]) {
                matched++;
            } else if (!inVersion || next == '\n' || next == '\r') {
                restart(next);
            }
            return false;
        }

        private void restart(byte next) {
            afterVersion = false;
            matched = next == START[0] ? 1 : 0;
        }
    }
}
