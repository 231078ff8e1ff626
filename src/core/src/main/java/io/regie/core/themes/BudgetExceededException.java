package io.regie.core.themes;

/** A template wanted more than a page may cost. */
final class BudgetExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BudgetExceededException(String what) {
        super("The page was stopped: " + what, null, false, false);
    }
}
