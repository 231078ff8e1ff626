package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Caller;
import io.regie.core.jobs.JobDraft;
import io.regie.core.plugins.JobTypes;
import io.regie.core.plugins.ParameterCheck;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import io.regie.spi.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What somebody wants done with articles: checked before there is a job. */
@ApplicationScoped
class RequestedActions {

    private static final int MAX_INPUTS = 500;
    /** Players and forms round. */
    private static final double ROUNDING = 0.001;

    private final JobTypes types;
    private final Actions actions;
    private final MediaArticles articles;
    private final InstantSource clock;

    RequestedActions(JobTypes types, Actions actions, MediaArticles articles, InstantSource clock) {
        this.types = types;
        this.actions = actions;
        this.articles = articles;
        this.clock = clock;
    }

    /** A job to be done, and the articles that it works on. */
    record Planned(JobDraft draft, List<UUID> inputs) {}

    /**
     * @param wanted articles to work on, where the type takes several; empty for this one
     * @throws ProblemException when the type is not offered for this article or the parameters do not fit
     */
    Planned plan(MediaArticle article, Caller caller, String typeId, Map<String, Object> sent, List<UUID> wanted) {
        JobType type = types.find(typeId)
                .filter(found ->
                        found.trigger() == Trigger.ON_DEMAND && found.accepts().contains(article.kind))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "media-no-such-action", typeId));
        if (article.originalInfo == null || article.originalKey == null) {
            throw new ProblemException(ProblemType.CONFLICT, "media-not-probed");
        }
        Map<String, Object> parameters = ParameterCheck.check(type, sent);
        List<MediaArticle> inputs = inputs(article, caller, type, wanted);
        for (Parameter parameter : type.parameters()) {
            Object value = parameters.get(parameter.name());
            if (parameter.type() == Parameter.Type.TIME_RANGE && value != null) {
                refusePastEnd(inputs.get(0), (Map<?, ?>) value);
            } else if (parameter.type() == Parameter.Type.IMAGE_LIST && value != null) {
                refuseMissing(inputs.size(), (List<?>) value);
            }
        }
        return new Planned(
                actions.draft(article, type, caller.account(), inputs, parameters),
                inputs.stream().map(input -> input.id).toList());
    }

    /** Whoever may do something with an article may make something of it; who may not does not hear that it exists. */
    private List<MediaArticle> inputs(MediaArticle article, Caller caller, JobType type, List<UUID> ids) {
        if (ids.isEmpty() || ids.equals(List.of(article.id))) {
            return List.of(article);
        }
        boolean several =
                type.parameters().stream().anyMatch(parameter -> parameter.type() == Parameter.Type.IMAGE_LIST);
        if (!several) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "media-inputs-one");
        }
        if (ids.size() > MAX_INPUTS) {
            throw refused("media-inputs-many", MAX_INPUTS);
        }
        Map<UUID, MediaArticle> found = new HashMap<>();
        articles.list(ids).forEach(input -> found.put(input.id, input));
        List<MediaArticle> inputs = new ArrayList<>();
        for (UUID id : ids) {
            int position = inputs.size() + 1;
            MediaArticle input = Optional.ofNullable(found.get(id))
                    .filter(candidate -> candidate.allows(Action.EDIT, caller, clock.instant()))
                    .orElseThrow(() -> refused("media-input-missing", position));
            if (!type.accepts().contains(input.kind)) {
                throw refused("media-input-kind", position, input.title);
            }
            if (input.originalInfo == null || input.originalKey == null) {
                throw refused("media-input-not-probed", position, input.title);
            }
            inputs.add(input);
        }
        return inputs;
    }

    private static void refusePastEnd(MediaArticle input, Map<?, ?> range) {
        Duration duration = input.originalInfo == null ? null : input.originalInfo.duration();
        double end = ((Number) range.get("end")).doubleValue();
        if (duration != null && end > duration.toNanos() / 1e9 + ROUNDING) {
            throw refused("media-range-past-end", time(end), time(duration.toNanos() / 1e9));
        }
    }

    private static void refuseMissing(int inputs, List<?> images) {
        for (int i = 0; i < images.size(); i++) {
            long input = ((Number) ((Map<?, ?>) images.get(i)).get("input")).longValue();
            if (input >= inputs) {
                throw refused("media-image-no-input", i + 1, inputs);
            }
        }
    }

    private static String time(double seconds) {
        long millis = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }

    private static ProblemException refused(String key, Object... arguments) {
        return new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, key, arguments);
    }
}
