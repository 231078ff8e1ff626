package io.regie.core.jobs;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What the feature whose things jobs are about implements as a bean: the queue knows them by id only. */
public interface JobSubjects {

    /** The present titles of those that still exist. */
    Map<UUID, String> titles(Collection<UUID> subjects);
}
