package io.regie.core.storage;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** What a feature with rows that name keys implements as a bean, so that the sweeper knows garbage from treasure. */
public interface StorageReferences {

    /** Which of these keys some row names. */
    Set<String> referenced(Collection<String> keys);

    /** Every key that some row names; the stream is closed by the caller. */
    Stream<String> all();
}
