package io.regie.core.jobs;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param media what they are about, or null for whatever they are about
 * @param states any of these; all when empty
 * @param type of job, or null for all
 */
public record JobFilter(@Nullable UUID media, Set<JobState> states, @Nullable String type) {

    public static final JobFilter ALL = new JobFilter(null, Set.of(), null);

    public JobFilter {
        states = Set.copyOf(states);
    }

    /** The states that these words name. */
    public static Set<JobState> states(Collection<String> words) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (String word : words) {
            states.add(state(word));
        }
        return states;
    }

    private static JobState state(String word) {
        for (JobState state : JobState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
                return state;
            }
        }
        throw new ProblemException(ProblemType.BAD_REQUEST, "jobs-state-unknown", word);
    }
}
