package io.regie.core.themes;

import io.quarkus.qute.ResolutionContext;

/**
 * What one page may still cost. Everything that repeats asks here first: Qute's own timeout does not interrupt a loop that
 * never waits.
 */
final class RenderBudget {

    static final String ATTRIBUTE = RenderBudget.class.getName();

    private final long deadline;
    private int iterations = ThemeLimits.ITERATIONS;
    private int includes = ThemeLimits.INCLUDES;
    private int depth;

    RenderBudget() {
        deadline = System.nanoTime() + ThemeLimits.TIME.toNanos();
    }

    static RenderBudget of(ResolutionContext context) {
        return (RenderBudget) context.getAttribute(ATTRIBUTE);
    }

    void iterate() {
        if (--iterations < 0) {
            throw new BudgetExceededException("its loops run more than " + ThemeLimits.ITERATIONS + " times.");
        }
        checkTime();
    }

    void enterInclude() {
        if (++depth > ThemeLimits.INCLUDE_DEPTH) {
            throw new BudgetExceededException(
                    "templates include each other more than " + ThemeLimits.INCLUDE_DEPTH + " levels deep.");
        }
        if (--includes < 0) {
            throw new BudgetExceededException("it includes more than " + ThemeLimits.INCLUDES + " templates.");
        }
        checkTime();
    }

    void leaveInclude() {
        depth--;
    }

    private void checkTime() {
        if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
            throw new BudgetExceededException("it took longer than " + ThemeLimits.TIME.toMillis() + " ms.");
        }
    }
}
