package io.regie.core.storage;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk is full. Everything written before is still there. */
public final class NoSpaceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** A failed write with less room than this left failed for want of room, whatever language its message is in. */
    private static final long NEARLY_NOTHING = 1 << 20;

    public NoSpaceException(Throwable cause) {
        super("No space left", cause);
    }

    /** What the client is told. */
    public ProblemException problem() {
        return new ProblemException(ProblemType.NO_SPACE, "no-space");
    }

    /**
     * The same failure, as this class where a full disk caused it.
     *
     * @param place an existing file or directory on that disk
     */
    public static IOException of(IOException failure, Path place) {
        if (failure instanceof NoSpaceException) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        boolean said = message.contains("No space left") || message.contains("quota exceeded");
        return said || nearlyFull(place) ? new NoSpaceException(failure) : failure;
    }

    private static boolean nearlyFull(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < NEARLY_NOTHING;
        } catch (IOException e) {
            return false;
        }
    }
}
