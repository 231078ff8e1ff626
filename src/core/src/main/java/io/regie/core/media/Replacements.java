package io.regie.core.media;

import io.regie.core.housekeeping.Housekeeping;
import io.regie.core.jobs.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives articles other files. The new one is prepared as an article of its own, with all that makes uploads safe; once
 * it plays, the older article takes over its file and what was made of it, in one transaction, and keeps its address,
 * texts and pictures that people chose. Until then, and when the new file is refused, it stays as it was.
 */
@ApplicationScoped
class Replacements implements Housekeeping {

    private final MediaArticles articles;
    private final Renditions renditions;
    private final Attachments attachments;
    private final EssentialJobs essentials;
    private final UploadJobs uploadJobs;
    private final MediaService service;
    private final JobQueue jobs;
    private final Event<FilesReleased> released;
    private final InstantSource clock;

    Replacements(
            MediaArticles articles,
            Renditions renditions,
            Attachments attachments,
            EssentialJobs essentials,
            UploadJobs uploadJobs,
            MediaService service,
            JobQueue jobs,
            Event<FilesReleased> released,
            InstantSource clock) {
        this.articles = articles;
        this.renditions = renditions;
        this.attachments = attachments;
        this.essentials = essentials;
        this.uploadJobs = uploadJobs;
        this.service = service;
        this.jobs = jobs;
        this.released = released;
        this.clock = clock;
    }

    /**
     * Lets the older article take over what is ready.
     *
     * @param fresh locked; gone afterwards if this answers true
     */
    boolean hasTaken(MediaArticle fresh) {
        if (fresh.replaces == null) {
            return false;
        }
        Optional<MediaArticle> older = articles.findLocked(fresh.replaces);
        if (fresh.state != ArticleState.READY) {
            // It tells what is under way, or why nothing came of it.
            older.ifPresent(service::changed);
            return false;
        }
        older.ifPresentOrElse(article -> take(article, fresh), () -> service.forget(fresh.id));
        return true;
    }

    private void take(MediaArticle article, MediaArticle fresh) {
        // What works on the old file would put what it makes over what the new one made.
        jobs.cancelAllAbout(article.id);
        essentials.endAll(article.id);
        String old = article.originalKey;
        UUID upload = fresh.upload;
        List<String> upcoming = fresh.upcoming;
        renditions.take(article.id, fresh.id, clock.instant());
        attachments.take(article.id, fresh.id, clock.instant());
        articles.delete(fresh);
        articles.flush();
        article.upload = upload;
        article.filename = fresh.filename;
        article.mediaType = fresh.mediaType;
        article.originalKey = fresh.originalKey;
        article.originalBytes = fresh.originalBytes;
        article.originalSha256 = fresh.originalSha256;
        article.originalInfo = fresh.originalInfo;
        article.kind = fresh.kind;
        article.playable = fresh.playable;
        article.state = ArticleState.READY;
        article.failureReason = null;
        article.failure = null;
        article.upcoming = upcoming;
        article.revision++;
        if (old != null) {
            released.fire(new FilesReleased(List.of(old)));
        }
        uploadJobs.proceed(article);
        service.changed(article);
    }

    @Override
    public String name() {
        return "replacements";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    /** Of articles that were deleted meanwhile. */
    @Override
    @Transactional
    public void run() {
        articles.replacementsOfNothing().forEach(fresh -> service.forget(fresh.id));
    }
}
