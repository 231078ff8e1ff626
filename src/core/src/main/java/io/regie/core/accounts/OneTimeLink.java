package io.regie.core.accounts;

import java.time.Instant;

/**
 * A link that opens one thing once.
 *
 * @param link shown this once; only its digest is kept
 * @param mailed whether it was also sent to whom it is for
 */
public record OneTimeLink(String link, Instant expires, boolean mailed) {

    @Override
    public String toString() {
        return "OneTimeLink[" + expires + "]";
    }
}
