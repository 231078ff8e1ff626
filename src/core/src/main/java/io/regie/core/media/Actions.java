package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.jobs.JobDraft;
import io.regie.core.plugins.JobTypes;
import io.regie.core.plugins.ParameterCheck;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
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

    /** @throws ProblemException when the type is not offered for this article or the parameters do not fit */
    JobDraft draft(MediaArticle article, Caller caller, String typeId, Map<String, Object> parameters) {
        JobType type = types.find(typeId)
                .filter(found ->
                        found.trigger() == Trigger.ON_DEMAND && found.accepts().contains(article.kind))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "media-no-such-action", typeId));
        if (article.originalInfo == null || article.originalKey == null) {
            throw new ProblemException(ProblemType.CONFLICT, "media-not-probed");
        }
        return draft(article, type, caller.account(), ParameterCheck.check(type, parameters));
    }

    JobDraft draft(MediaArticle article, JobType type, @Nullable UUID requestedBy, Map<String, Object> parameters) {
        MediaInfo info = article.originalInfo;
        String key = article.originalKey;
        if (info == null || key == null) {
            throw new IllegalStateException("Not probed: " + article.id);
        }
        return new JobDraft(
                type.id(),
                article.id,
                article.title,
                article.owner,
                requestedBy,
                List.of(new JobDraft.Input(key, info)),
                parameters);
    }
}
