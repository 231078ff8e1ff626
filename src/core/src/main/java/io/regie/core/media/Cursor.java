package io.regie.core.media;

import io.regie.core.media.MediaQuery.Sort;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page of a list begins: after this article.
 *
 * @param value what the list is sorted by, of the last article of the page before
 */
record Cursor(Sort sort, Object value, UUID id) {

    private static final String BETWEEN = "\n";

    String encode() {
        String text = String.join(BETWEEN, Views.lower(sort), value.toString(), id.toString());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param sort of the list that it is given to: a cursor of another order leads nowhere */
    static Cursor decode(String encoded, Sort sort) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8).split(BETWEEN, -1);
            if (parts.length == 3 && parts[0].equals(Views.lower(sort)) && parts[1].indexOf('\0') < 0) {
                return new Cursor(sort, value(sort, parts[1]), UUID.fromString(parts[2]));
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw unknown();
        }
        throw unknown();
    }

    private static Object value(Sort sort, String text) {
        return switch (sort) {
            case NEWEST, OLDEST, CHANGED -> inOurTimes(Instant.parse(text));
            case TITLE -> text;
            case LONGEST, LARGEST -> Long.valueOf(text);
        };
    }

    /** The database knows fewer years than Java. */
    private static Instant inOurTimes(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
            throw unknown();
        }
        return time;
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.BAD_REQUEST, "media-cursor-unknown");
    }
}
