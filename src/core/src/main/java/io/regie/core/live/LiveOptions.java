package io.regie.core.live;

import io.regie.core.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What may be set for reading a stream, by protocol. Everything else that a reader could be told is no user's business. */
final class LiveOptions {
    private static final Set<String> SECRET = Set.of("passphrase", "streamid");
    private static final Set<String> SRT = Set.of("latency", "passphrase", "streamid", "timeout");
    private static final Set<String> HTTP = Set.of("userAgent", "referer", "timeout");
    private static final Set<String> OTHERS = Set.of("timeout");

    private LiveOptions() {}

    static boolean isSecret(String name) {
        return SECRET.contains(name);
    }

    /** @return the same, without those that are empty */
    static Map<String, String> check(String scheme, Map<String, String> sent) {
        Map<String, String> checked = new TreeMap<>();
        sent.forEach((name, value) -> {
            if (!of(scheme).contains(name)) {
                throw ProblemException.invalidField("options", "live-option-unknown", printable(name));
            }
            if (value != null && !value.isEmpty()) {
                if (!isValid(name, value)) {
                    throw ProblemException.invalidField("options", "live-option-value", name);
                }
                checked.put(name, value);
            }
        });
        return checked;
    }

    private static Set<String> of(String scheme) {
        return switch (scheme) {
            case "srt" -> SRT;
            case "http", "https" -> HTTP;
            default -> OTHERS;
        };
    }

    private static boolean isValid(String name, String value) {
        return switch (name) {
            case "latency" -> isWithin(value, 0, 10_000);
            case "timeout" -> isWithin(value, 1, 60);
            case "passphrase" -> isPlain(value) && value.length() >= 10 && value.length() <= 79;
            default -> isPlain(value) && value.length() <= 512;
        };
    }

    private static boolean isWithin(String value, int min, int max) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
    }

    /** Nothing that begins another header or another line. */
    private static boolean isPlain(String value) {
        return value.codePoints().noneMatch(Character::isISOControl);
    }

    private static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "");
        return clean.length() > 64 ? clean.substring(0, 64) : clean;
    }
}
