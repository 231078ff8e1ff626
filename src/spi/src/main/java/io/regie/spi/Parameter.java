package io.regie.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that may be set for a run: enough to draw a form and to check what comes back. The host checks; a handler
 * only ever sees valid values.
 *
 * @param name as used in {@link JobRequest#parameters()}
 * @param label message key in the plugin's bundle
 * @param fallback the default; null makes the parameter required
 * @param min smallest number, shortest text, fewest items, or least duration in seconds; null for none
 * @param max the same upwards
 * @param choices of a {@link Type#CHOICE}
 */
public record Parameter(
        String name,
        Type type,
        String label,
        @Nullable Object fallback,
        @Nullable Double min,
        @Nullable Double max,
        List<String> choices) {

    /** What a value is, and as what Java type it arrives. */
    public enum Type {
        /** String. */
        TEXT,
        /** String; never logged, never in an answer. */
        SECRET,
        /** Double, or Long when whole. */
        NUMBER,
        /** String, one of the choices. */
        CHOICE,
        /** Boolean. */
        BOOLEAN,
        /** Double, in seconds. */
        DURATION,
        /** {@code Map} with {@code start} and {@code end}, Double seconds of the input. */
        TIME_RANGE,
        /** {@code List} of {@code Map} with {@code input} (index into the inputs) and {@code seconds}. */
        IMAGE_LIST,
        /** String, the id of a live stream. */
        LIVE_STREAM
    }

    public Parameter {
        choices = List.copyOf(choices);
    }

    public static Parameter number(String name, String label, @Nullable Double fallback, double min, double max) {
        return new Parameter(name, Type.NUMBER, label, fallback, min, max, List.of());
    }

    public static Parameter choice(String name, String label, @Nullable String fallback, List<String> choices) {
        return new Parameter(name, Type.CHOICE, label, fallback, null, null, choices);
    }

    public static Parameter text(String name, String label, @Nullable String fallback, int maxLength) {
        return new Parameter(name, Type.TEXT, label, fallback, 0d, (double) maxLength, List.of());
    }

    public static Parameter flag(String name, String label, boolean fallback) {
        return new Parameter(name, Type.BOOLEAN, label, fallback, null, null, List.of());
    }
}
