package io.regie.spi;

/**
 * How far a job is.
 *
 * @param fraction 0 to 1, or negative when unknown
 * @param speed media seconds per wall second, 0 when it does not apply
 */
public record Progress(double fraction, double speed) {

    public static Progress of(double fraction) {
        return new Progress(fraction, 0);
    }

    public static Progress of(double fraction, double speed) {
        return new Progress(fraction, speed);
    }
}
