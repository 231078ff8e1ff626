package io.regie.core.problem;

import java.util.Locale;

/** Every kind of problem a client can meet. Clients keep these for ever: never rename, never change a status. */
public enum ProblemType {
    BAD_REQUEST(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    GONE(410),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    UNSUPPORTED_TYPE(415),
    UNACCEPTABLE_MEDIA(422),
    LOCKED(423),
    PRECONDITION_REQUIRED(428),
    TOO_MANY_REQUESTS(429),
    CHECKSUM_MISMATCH(460),
    INTERNAL(500),
    UNAVAILABLE(503),
    NO_SPACE(507);

    private final int status;

    ProblemType(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The problem's {@code type} in answers. */
    public String uri() {
        return "urn:regie:problem:" + slug();
    }

    /** The last part of {@link #uri}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
