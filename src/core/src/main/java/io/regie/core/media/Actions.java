package io.regie.core.media;

import io.regie.core.jobs.JobDraft;
import io.regie.core.plugins.JobTypes;
import io.regie.spi.JobType;
import io.regie.spi.MediaInfo;
import io.regie.spi.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which jobs an article calls for. */
@ApplicationScoped
class Actions {

    private final JobTypes types;

    Actions(JobTypes types) {
        this.types = types;
    }

    /** The types that start by themselves for this original. */
    List<JobType> onUpload(MediaArticle article) {
        return types.startedBy(Trigger.UPLOADED, article.kind);
    }

    JobDraft draft(MediaArticle article, JobType type, @Nullable UUID requestedBy, Map<String, Object> parameters) {
        return draft(article, type, requestedBy, List.of(article), parameters);
    }

    JobDraft draft(
            MediaArticle article,
            JobType type,
            @Nullable UUID requestedBy,
            List<MediaArticle> inputs,
            Map<String, Object> parameters) {
        return new JobDraft(
                type.id(),
                article.id,
                article.title,
                article.owner,
                requestedBy,
                inputs.stream().map(Actions::input).toList(),
                parameters);
    }

    private static JobDraft.Input input(MediaArticle article) {
        MediaInfo info = article.originalInfo;
        String key = article.originalKey;
        if (info == null || key == null) {
            throw new IllegalStateException("Not probed: " + article.id);
        }
        return new JobDraft.Input(key, info);
    }
}
