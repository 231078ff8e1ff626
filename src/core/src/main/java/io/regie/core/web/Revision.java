package io.regie.core.media;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Revisions as entity tags have them. */
final class Revision {

    private Revision() {}

    /** @return which one a change was made on; null where the caller does not care */
    static @Nullable Long named(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        if (!ifMatch.matches("\"[0-9]{1,18}\"")) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "media-revision-unreadable");
        }
        return Long.valueOf(ifMatch.substring(1, ifMatch.length() - 1));
    }

    static String tag(long revision) {
        return "\"" + revision + "\"";
    }
}
