package io.regie.core.housekeeping;

import java.time.Duration;

/** Recurring work of a feature, found as a bean. One node at a time runs it; it must be harmless to run twice. */
public interface Housekeeping {

    /** Short and for ever the same: letters and dashes. */
    String name();

    /** The pause after a run. */
    Duration every();

    /** Does the work. What it throws is logged, and it runs again after the usual pause. */
    void run();
}
