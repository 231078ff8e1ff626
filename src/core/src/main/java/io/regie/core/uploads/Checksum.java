package io.regie.core.uploads;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says its request's body hashes to. */
final class Checksum {

    static final String ALGORITHMS = "sha1,sha256";

    private static final Map<String, String> NAMES = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    private final String algorithm;
    private final byte[] expected;

    private Checksum(String algorithm, byte[] expected) {
        this.algorithm = algorithm;
        this.expected = expected;
    }

    /** @param header {@code Upload-Checksum}: the algorithm and a Base64 hash; null for no checksum */
    static @Nullable Checksum parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" ", -1);
        String algorithm = NAMES.get(parts[0]);
        if (algorithm == null || parts.length != 2) {
            throw malformed();
        }
        try {
            return new Checksum(algorithm, Base64.getDecoder().decode(parts[1]));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    MessageDigest digest() {
        return UploadFiles.digest(algorithm);
    }

    boolean matches(byte[] hash) {
        return MessageDigest.isEqual(expected, hash);
    }

    private static ProblemException malformed() {
        return new ProblemException(ProblemType.BAD_REQUEST, "uploads.checksum-malformed", ALGORITHMS);
    }
}
