package io.regie.ffmpeg;

import java.util.concurrent.CancellationException;

/** An animation is given up on purpose, to try with less. */
final class OverBudgetException extends CancellationException {

    private static final long serialVersionUID = 1L;

    private final double projected;

    /** @param projected bytes that it would have had */
    OverBudgetException(double projected) {
        this.projected = projected;
    }

    double projected() {
        return projected;
    }
}
