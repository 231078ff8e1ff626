package io.regie.core.live;

import java.util.UUID;

/** What was planned to be recorded is not there, or not whole. Fired inside the transaction. */
public record PlanFailed(UUID stream, UUID owner, String name, Reason reason) {

    /** What became of it. */
    public enum Reason {
        /** It was over before this server could look: it was down, or no plugin records. */
        MISSED,
        /** It could not begin. */
        NOT_BEGUN,
        /** It ended as a failure. */
        FAILED,
        /** It ended by itself before its time; what was recorded is kept. */
        CUT_SHORT
    }

    static PlanFailed of(LiveStream stream, Reason reason) {
        return new PlanFailed(stream.id(), stream.owner(), stream.name(), reason);
    }
}
