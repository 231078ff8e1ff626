package io.regie.core.web;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Revisions as entity tags have them (RFC 9110, section 8.8.3). */
public final class Revision {

    private Revision() {}

    /** @return which one a change was made on; null where the caller does not care */
    public static @Nullable Long named(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        if (!ifMatch.matches("\"[0-9]{1,18}\"")) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "revision-unreadable");
        }
        return Long.valueOf(ifMatch.substring(1, ifMatch.length() - 1));
    }

    public static String tag(long revision) {
        return "\"" + revision + "\"";
    }

    /** @return which one a form was made of, by its field that nobody sees; null where it names none */
    public static @Nullable Long posted(String field) {
        return field.matches("[0-9]{1,18}") ? Long.valueOf(field) : null;
    }
}
