package io.regie.core.media;

import io.regie.core.jobs.JobEvent;
import io.regie.core.jobs.JobQueue;
import io.regie.core.jobs.JobState;
import io.regie.core.plugins.JobTypes;
import io.regie.core.storage.Stored;
import io.regie.spi.Output;
import io.regie.spi.Placement;
import io.regie.spi.Rendition;
import io.regie.spi.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Joins what jobs make to their article, inside the transaction that holds the attempt's fence. */
@ApplicationScoped
class AttachOutputs {

    private final MediaArticles articles;
    private final Renditions renditions;
    private final Attachments attachments;
    private final EssentialJobs essentials;
    private final Readiness readiness;
    private final UploadJobs uploadJobs;
    private final MediaService service;
    private final Intake intake;
    private final Replacements replacements;
    private final JobTypes types;
    private final InstantSource clock;

    AttachOutputs(
            MediaArticles articles,
            Renditions renditions,
            Attachments attachments,
            EssentialJobs essentials,
            Readiness readiness,
            UploadJobs uploadJobs,
            MediaService service,
            Intake intake,
            Replacements replacements,
            JobTypes types,
            InstantSource clock) {
        this.articles = articles;
        this.renditions = renditions;
        this.attachments = attachments;
        this.essentials = essentials;
        this.readiness = readiness;
        this.uploadJobs = uploadJobs;
        this.service = service;
        this.intake = intake;
        this.replacements = replacements;
        this.types = types;
        this.clock = clock;
    }

    void begin(@Observes JobEvent.EarlyOutputStarted started) {
        if (articles.findLocked(started.job().subject()).isEmpty()) {
            return;
        }
        Rendition facts = started.output().rendition();
        if (facts == null) {
            throw new IllegalArgumentException(
                    "An early output is a rendition: " + started.output().name());
        }
        RenditionRow row = row(started.job(), started.output());
        row.describe(facts);
        row.growingFile = started.file().toString();
        renditions.persist(row);
    }

    void grow(@Observes JobEvent.EarlySegmentsAdded added) {
        JobEvent.Subject job = added.job();
        RenditionRow row =
                renditions.findOf(job.id(), job.attempt(), added.output()).orElse(null);
        if (row == null || row.state != RenditionRow.State.GROWING) {
            return;
        }
        renditions.append(row, added.segments());
        MediaArticle article = articles.findByIdOptional(row.article).orElse(null);
        if (article != null && !article.playable) {
            settle(row.article);
        }
    }

    void publish(@Observes JobEvent.OutputPublished published) {
        if (join(published.job(), published.output(), published.file())) {
            settle(published.job().subject());
        }
    }

    void lose(@Observes JobEvent.AttemptLost lost) {
        renditions.deleteGrowing(lost.job().id(), lost.job().attempt());
        settle(lost.job().subject());
    }

    void retry(@Observes JobEvent.JobRetried retried) {
        if (essentials.resume(retried.job().id())) {
            articles.findLocked(retried.job().subject()).ifPresent(article -> {
                if (article.awaitsOriginal()) {
                    article.recordedAt = null;
                }
                readiness.failed(article, null, null);
                settle(article);
            });
        }
    }

    void finish(@Observes JobEvent.JobFinished finished) {
        JobEvent.Subject job = finished.job();
        if (job.type().equals(JobQueue.PROBE)) {
            return;
        }
        MediaArticle article = articles.findLocked(job.subject()).orElse(null);
        if (article == null) {
            makeArticles(finished);
            return;
        }
        if (finished.state() == JobState.CANCELLED && article.awaitsOriginal()) {
            service.forget(article.id);
            return;
        }
        finished.outputs().forEach(published -> join(job, published.output(), published.file()));
        renditions.deleteGrowing(job.id(), job.attempt());
        if (article.awaitsOriginal()) {
            article.recordedAt = clock.instant();
        }
        if (finished.state() == JobState.SUCCEEDED) {
            boolean wholeSet = types.find(job.type())
                    .filter(type -> type.trigger() == Trigger.UPLOADED)
                    .isPresent();
            if (wholeSet) {
                renditions.retireOlderRuns(article.id, job.type(), job.id(), clock.instant());
            }
            suggestTitle(article, finished);
        }
        boolean essential = essentials.end(job.id());
        JobEvent.Failure failure = finished.failure();
        if (essential) {
            readiness.failed(
                    article, failure == null ? null : failure.reason(), failure == null ? null : failure.sentence());
        }
        settle(article);
    }

    /** @return whether there is still an article to join */
    private boolean join(JobEvent.Subject job, Output output, Stored file) {
        MediaArticle article = articles.findLocked(job.subject()).orElse(null);
        if (article == null) {
            return false;
        }
        switch (output.placement()) {
            case RENDITION -> joinRendition(job, output, file);
            case ATTACHMENT -> attach(job, output, file);
            case NEW_ARTICLE -> newArticle(job, new JobEvent.Published(output, file), article);
        }
        return true;
    }

    private void newArticle(JobEvent.Subject job, JobEvent.Published published, MediaArticle from) {
        if (from.awaitsOriginal()) {
            intake.recorded(from, published);
        } else {
            intake.madeByJob(job, published, from);
        }
    }

    /** Of a job that is not about an article. One whose article was deleted meanwhile makes nothing. */
    private void makeArticles(JobEvent.JobFinished finished) {
        boolean takesMedia = types.find(finished.job().type())
                .filter(type -> type.accepts().isEmpty())
                .isEmpty();
        if (takesMedia) {
            return;
        }
        for (JobEvent.Published published : finished.outputs()) {
            if (published.output().placement() == Placement.NEW_ARTICLE) {
                MediaArticle made = intake.madeByJob(finished.job(), published, null);
                suggestTitle(made, finished);
            }
        }
    }

    private void joinRendition(JobEvent.Subject job, Output output, Stored file) {
        Rendition facts = output.rendition();
        if (facts == null) {
            throw new IllegalArgumentException("A rendition has facts: " + output.name());
        }
        Optional<RenditionRow> early = renditions.findOf(job.id(), job.attempt(), output.name());
        RenditionRow row = early.orElseGet(() -> row(job, output));
        row.describe(facts);
        row.segments = facts.segments();
        row.storageKey = file.key();
        row.sha256 = file.sha256();
        row.bytes = file.bytes();
        row.state = RenditionRow.State.FINISHED;
        row.finishedAt = clock.instant();
        row.growingFile = null;
        renditions.persist(row);
        renditions.flush();
        renditions.forgetEarlySegments(row);
        renditions.retireOthers(row, clock.instant());
    }

    private void attach(JobEvent.Subject job, Output output, Stored file) {
        Attachment attachment = new Attachment();
        attachment.id = UUID.randomUUID();
        attachment.article = job.subject();
        attachment.job = job.id();
        attachment.role = output.role();
        attachment.name = output.name();
        attachment.mediaType = output.mediaType();
        attachment.storageKey = file.key();
        attachment.sha256 = file.sha256();
        attachment.bytes = file.bytes();
        attachment.width = output.width();
        attachment.height = output.height();
        attachment.storyboard = output.storyboard();
        attachment.createdAt = clock.instant();
        attachments.persist(attachment);
        attachments.flush();
        attachments.retireOthers(attachment);
    }

    private static RenditionRow row(JobEvent.Subject job, Output output) {
        RenditionRow row = new RenditionRow();
        row.id = UUID.randomUUID();
        row.article = job.subject();
        row.job = job.id();
        row.jobType = job.type();
        row.attempt = job.attempt();
        row.name = output.name();
        row.state = RenditionRow.State.GROWING;
        return row;
    }

    private static void suggestTitle(MediaArticle article, JobEvent.JobFinished finished) {
        String title = finished.metadata().get("title");
        if (title != null
                && !article.titleChosen
                && Titles.embedded(article.originalInfo).isEmpty()) {
            Titles.clean(title).ifPresent(clean -> article.title = clean);
        }
    }

    private void settle(UUID id) {
        articles.findLocked(id).ifPresent(this::settle);
    }

    private void settle(MediaArticle article) {
        readiness.settle(article);
        if (replacements.hasTaken(article)) {
            return;
        }
        uploadJobs.proceed(article);
        service.changed(article);
    }
}
