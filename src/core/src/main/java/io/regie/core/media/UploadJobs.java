package io.regie.core.media;

import io.regie.core.jobs.JobQueue;
import io.regie.core.plugins.JobTypes;
import io.regie.spi.JobType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Starts the jobs that an original calls for, in this order, so that they do not take the processors from each other:
 *
 * <ol>
 *   <li>what makes the article ready and needs little of a processor: it may be all that is needed to watch it;
 *   <li>what makes it ready and encodes, once the article plays or the first have ended;
 *   <li>what only adds to a ready article.
 * </ol>
 *
 * What is yet to start is kept with the article and changes in the transaction that starts it.
 */
@ApplicationScoped
class UploadJobs {

    private final JobTypes types;
    private final Actions actions;
    private final EssentialJobs essentials;
    private final JobQueue jobs;

    UploadJobs(JobTypes types, Actions actions, EssentialJobs essentials, JobQueue jobs) {
        this.types = types;
        this.actions = actions;
        this.essentials = essentials;
        this.jobs = jobs;
    }

    /** @return false when no installed plugin does anything with such a file */
    boolean begin(MediaArticle article) {
        List<JobType> all = actions.onUpload(article);
        article.upcoming = ids(all);
        proceed(article);
        return !all.isEmpty();
    }

    /** Starts what has come due; the row is locked. */
    void proceed(MediaArticle article) {
        if (article.upcoming.isEmpty()) {
            return;
        }
        List<JobType> upcoming = upcoming(article);
        List<JobType> due = due(article, upcoming);
        if (article.originalKey != null) {
            due.forEach(type -> start(article, type));
        }
        article.upcoming =
                ids(upcoming.stream().filter(type -> !due.contains(type)).toList());
    }

    /** Whether the article becomes ready only by something that runs or is yet to start. */
    boolean waiting(MediaArticle article) {
        return essentials.waiting(article.id) || upcoming(article).stream().anyMatch(JobType::essential);
    }

    private List<JobType> due(MediaArticle article, List<JobType> upcoming) {
        List<JobType> essential = upcoming.stream().filter(JobType::essential).toList();
        List<JobType> light = essential.stream()
                .filter(type -> !type.resources().processorBound())
                .toList();
        if (!light.isEmpty()) {
            return light;
        }
        boolean running = essentials.waiting(article.id);
        if (!essential.isEmpty()) {
            return article.playable || !running ? essential : List.of();
        }
        // What only adds is made of a file once that is where it stays.
        return running || article.replaces != null ? List.of() : upcoming;
    }

    private void start(MediaArticle article, JobType type) {
        UUID job = jobs.submit(actions.draft(article, type, null, Map.of()));
        if (type.essential()) {
            essentials.add(job, article.id);
        }
    }

    /** Without those of plugins that are gone. */
    private List<JobType> upcoming(MediaArticle article) {
        return article.upcoming.stream().flatMap(id -> types.find(id).stream()).toList();
    }

    private static List<String> ids(List<JobType> types) {
        return types.stream().map(JobType::id).toList();
    }
}
