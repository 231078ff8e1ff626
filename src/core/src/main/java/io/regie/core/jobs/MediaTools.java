package io.regie.core.jobs;

/** What the feature that tries the media tools implements as a bean. */
public interface MediaTools {

    /** Whether jobs that encode would only fail now, one after the other: they wait instead. Asked often. */
    boolean broken();
}
