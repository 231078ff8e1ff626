package io.regie.core.process;

/** A worker said something that is not in the protocol: to be treated as if it had crashed. */
public class ProtocolBrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    public ProtocolBrokenException(String message) {
        super(message);
    }
}
