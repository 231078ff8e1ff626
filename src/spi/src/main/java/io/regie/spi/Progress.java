package io.regie.spi;

import java.util.Map;

/**
 * How far a job is.
 *
 * @param fraction 0 to 1, or negative when unknown
 * @param speed media seconds per wall second, 0 when it does not apply
 * @param figures what else is worth showing of a job without a known end, by name: {@code duration} in seconds,
 *     {@code bitrate} in bit/s, {@code lost} packets, {@code reconnects},
 *     {@code drift} in parts per million by which a source's clock is slower than ours
 */
public record Progress(double fraction, double speed, Map<String, Double> figures) {

    public Progress {
        figures = Map.copyOf(figures);
    }

    public Progress(double fraction, double speed) {
        this(fraction, speed, Map.of());
    }

    public static Progress of(double fraction) {
        return new Progress(fraction, 0);
    }

    public static Progress of(double fraction, double speed) {
        return new Progress(fraction, speed);
    }

    /** Of a job that goes on until somebody stops it. */
    public static Progress endless(Map<String, Double> figures) {
        return new Progress(-1, 1, figures);
    }
}
