package io.regie.ffmpeg;

import org.jspecify.annotations.Nullable;

/** A file that is not accepted, with a stable reason for programs and an English sentence for people. */
public class RefusedMediaException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. The codes are part of the worker's protocol and stay as they are. */
    public enum Reason {
        /** Damaged, incomplete, empty, or not a file at all. */
        UNREADABLE("unreadable"),
        /** Nothing that we open, whatever its name says. */
        TYPE_NOT_ALLOWED("type-not-allowed"),
        CODEC_NOT_ALLOWED("codec-not-allowed"),
        /** A known container without sound or pictures. */
        NO_MEDIA("no-media"),
        TOO_MANY_PIXELS("too-many-pixels"),
        TOO_MANY_STREAMS("too-many-streams"),
        TOO_LONG("too-long"),
        FRAME_RATE_TOO_HIGH("frame-rate-too-high"),
        TOO_LARGE("too-large"),
        ENCRYPTED("encrypted");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }

    private final Reason reason;

    RefusedMediaException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    RefusedMediaException(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    /** The same of one file among several. @param which as {@code "Image 2 of 3"} */
    RefusedMediaException at(String which) {
        return new RefusedMediaException(reason, which + ": " + getMessage(), this);
    }

    /** A stable code as {@code codec-not-allowed}. */
    public String reason() {
        return reason.code;
    }
}
