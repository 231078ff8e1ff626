package io.regie.core.egress;

/**
 * A connection was not made. Whoever asked for it by an address of their own choice learns no more than that: what is
 * there and what is not inside a network is nobody's business.
 */
public final class EgressRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** For the server's log and for administrators. */
    public enum Reason {
        /** Neither a name nor an address, or a port that is none. */
        MALFORMED,
        /** A port that nothing worth connecting to listens on. */
        PORT,
        /** An address that is not public and not allowed. */
        ADDRESS,
        /** A host other than the one this job may reach. */
        OTHER_HOST,
        UNKNOWN_HOST,
        UNREACHABLE,
        /** Too many connections at once. */
        BUSY
    }

    EgressRefusedException(Reason reason) {
        super("Refused: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
