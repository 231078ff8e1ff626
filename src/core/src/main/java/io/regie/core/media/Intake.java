package io.regie.core.media;

import io.regie.core.access.Visibility;
import io.regie.core.jobs.JobDraft;
import io.regie.core.jobs.JobEvent;
import io.regie.core.jobs.JobQueue;
import io.regie.core.jobs.JobState;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.storage.Stored;
import io.regie.core.uploads.UploadFinished;
import io.regie.spi.FailureKind;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.OutputRole;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * From bytes to an article.
 *
 * <ol>
 *   <li>An upload finished, or a job made a file: the article exists as processing, with a probe job, in the same
 *       transaction. A recording's article exists from its start, and its file comes later.
 *   <li>The probe accepts: facts and title are kept, and the jobs start that uploads of this kind trigger.
 *   <li>Or it refuses: the original goes, the article says why. When the uploader was still waiting and was told, the
 *       article goes too.
 * </ol>
 */
@ApplicationScoped
class Intake {

    /** Its file was not where it should be: lost, or the disk it is on is not mounted. */
    private static final String INPUT_AWAY = "no-input";

    private final MediaArticles articles;
    private final MediaService service;
    private final Slugs slugs;
    private final SettingsService settings;
    private final NewArticles standards;
    private final EssentialJobs essentials;
    private final Attachments attachments;
    private final Readiness readiness;
    private final UploadJobs uploadJobs;
    private final ChapterService chapters;
    private final Replacements replacements;
    private final JobQueue jobs;
    private final MediaConfig config;
    private final InstantSource clock;
    private final Event<FilesReleased> released;
    private final Map<UUID, CompletableFuture<Void>> verdicts = new ConcurrentHashMap<>();

    Intake(
            MediaArticles articles,
            MediaService service,
            Slugs slugs,
            SettingsService settings,
            NewArticles standards,
            EssentialJobs essentials,
            Attachments attachments,
            Readiness readiness,
            UploadJobs uploadJobs,
            ChapterService chapters,
            Replacements replacements,
            JobQueue jobs,
            MediaConfig config,
            InstantSource clock,
            Event<FilesReleased> released) {
        this.articles = articles;
        this.service = service;
        this.slugs = slugs;
        this.settings = settings;
        this.standards = standards;
        this.essentials = essentials;
        this.attachments = attachments;
        this.readiness = readiness;
        this.uploadJobs = uploadJobs;
        this.chapters = chapters;
        this.replacements = replacements;
        this.jobs = jobs;
        this.config = config;
        this.clock = clock;
        this.released = released;
    }

    void uploaded(@Observes UploadFinished finished) {
        UploadFinished.Upload upload = finished.upload();
        if (upload.annexOf() != null) {
            return;
        }
        Optional<MediaArticle> made = articles.findByUpload(upload.id());
        if (made.isPresent()) {
            finished.accept(shown(made.get()), CompletableFuture.completedFuture(null));
            return;
        }
        MediaArticle article =
                begin(upload.owner(), upload.filename(), upload.mediaType(), upload.file(), upload.title());
        article.upload = upload.id();
        article.visibility = upload.visibility();
        if (upload.licence() != null) {
            Licence.find(upload.licence()).ifPresent(licence -> article.licence = licence);
        }
        if (upload.replaces() != null) {
            prepare(article, upload.replaces());
        }
        CompletableFuture<Void> verdict = new CompletableFuture<>();
        UUID id = article.id;
        UUID shown = shown(article);
        if (start(article, Map.of())) {
            verdicts.put(id, verdict);
        } else {
            verdict.complete(null);
        }
        replacements.hasTaken(article);
        finished.accept(shown, verdict, () -> service.forget(id));
    }

    private static UUID shown(MediaArticle article) {
        return article.replaces == null ? article.id : article.replaces;
    }

    /** Nobody meets it but in the editor of the article it is for. */
    private void prepare(MediaArticle fresh, UUID replaces) {
        MediaArticle older = articles.findByIdOptional(replaces).orElseThrow(ProblemException::notFound);
        if (articles.findReplacement(replaces).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "media-replace-under-way");
        }
        fresh.replaces = replaces;
        fresh.visibility = Visibility.PRIVATE;
        fresh.title = older.title;
        fresh.titleChosen = true;
    }

    /** A job's output becomes an article of its own, linked to the one it was made from. */
    MediaArticle madeByJob(JobEvent.Subject job, JobEvent.Published published, @Nullable MediaArticle from) {
        String extension = Addresses.extension(published.file().key());
        String title = from == null ? null : from.title;
        MediaArticle article = begin(
                job.requestedBy() == null ? job.owner() : job.requestedBy(),
                published.output().name() + "." + extension,
                published.output().mediaType(),
                published.file(),
                title);
        article.visibility = from == null ? Visibility.PRIVATE : from.visibility;
        article.licence = from == null ? article.licence : from.licence;
        article.madeFrom = from == null ? null : from.id;
        article.madeBy = job.id();
        boolean recorded =
                from != null && from.recordedAt != null && published.output().role() == OutputRole.RECORDING;
        article.recordedAt = recorded ? clock.instant() : null;
        if (from != null && from.publication(clock.instant()) != Publication.PUBLISHED) {
            article.publishedAt = from.publishedAt;
        }
        start(article, limits(published));
        return article;
    }

    /** An article that waits for what a recording makes. */
    MediaArticle beginRecording(UUID owner, String title) {
        MediaArticle article = begin(owner, "recording.mp4", "video/mp4", new Stored("", 0, ""), title);
        article.originalKey = null;
        articles.persist(article);
        service.changed(article);
        return article;
    }

    /** A recording ended: its file becomes the original, as if it had been uploaded. */
    void recorded(MediaArticle article, JobEvent.Published published) {
        Stored file = published.file();
        article.filename = published.output().name() + "." + Addresses.extension(file.key());
        article.mediaType = published.output().mediaType();
        article.kind = kind(article.mediaType);
        article.originalKey = file.key();
        article.originalBytes = file.bytes();
        article.originalSha256 = file.sha256();
        article.recordedAt = clock.instant();
        released.fire(new FilesReleased(attachments.deleteAll(article.id, OutputRole.RECORDING)));
        start(article, limits(published));
    }

    private static Map<String, Object> limits(JobEvent.Published published) {
        boolean recorded = published.output().role() == OutputRole.RECORDING;
        return recorded ? Map.of(JobQueue.RECORDED_HERE, true) : Map.of();
    }

    void probed(@Observes JobEvent.JobFinished finished) {
        if (!finished.job().type().equals(JobQueue.PROBE)) {
            return;
        }
        MediaArticle article = articles.findLocked(finished.job().subject()).orElse(null);
        if (article == null) {
            return;
        }
        essentials.end(finished.job().id());
        MediaInfo info = finished.probed();
        JobEvent.Failure failure = finished.failure();
        if (info != null) {
            accept(article, info);
        } else if (failure != null
                && failure.reason() != null
                && failure.kind() == FailureKind.BAD_INPUT
                && refusal(failure).isPresent()) {
            refuse(article, failure.reason(), failure.sentence());
        } else if (failure != null) {
            readiness.failed(article, failure.reason(), failure.sentence());
        }
        readiness.settle(article);
        if (!replacements.hasTaken(article)) {
            service.changed(article);
        }
    }

    /** Tells a waiting uploader, once it is true for everybody. */
    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEvent.JobFinished finished) {
        if (!finished.job().type().equals(JobQueue.PROBE)) {
            return;
        }
        CompletableFuture<Void> verdict = verdicts.remove(finished.job().subject());
        if (verdict == null) {
            return;
        }
        Optional<ProblemException> refusal = Optional.ofNullable(finished.failure())
                .filter(failure -> finished.state() == JobState.FAILED)
                .flatMap(Intake::refusal);
        refusal.ifPresentOrElse(verdict::completeExceptionally, () -> verdict.complete(null));
    }

    private MediaArticle begin(
            UUID owner, String filename, String mediaType, Stored file, @Nullable String chosenTitle) {
        MediaArticle article = new MediaArticle();
        article.id = UUID.randomUUID();
        article.owner = owner;
        Optional<String> chosen = chosenTitle == null ? Optional.empty() : Titles.clean(chosenTitle);
        article.title = chosen.orElseGet(() -> Titles.fromFilename(filename));
        article.titleChosen = chosen.isPresent();
        article.slug = slugs.free(article.title, article.id);
        article.kind = kind(mediaType);
        article.state = ArticleState.PROCESSING;
        article.locale = settings.get(Setting.DEFAULT_LOCALE).toLanguageTag();
        article.translationGroup = article.id;
        article.filename = filename;
        article.mediaType = mediaType;
        article.originalKey = file.key();
        article.originalBytes = file.bytes();
        article.originalSha256 = file.sha256();
        article.createdAt = clock.instant();
        article.updatedAt = article.createdAt;
        article.publishedAt = article.createdAt;
        article.visibility = Visibility.PRIVATE;
        article.licence = standards.licence().orElse(null);
        return article;
    }

    /**
     * @param parameters of the probe
     * @return whether a verdict is to come
     */
    private boolean start(MediaArticle article, Map<String, Object> parameters) {
        articles.persist(article);
        boolean probe = article.kind != MediaKind.DOCUMENT;
        if (probe) {
            JobDraft draft = new JobDraft(
                    JobQueue.PROBE,
                    article.id,
                    article.title,
                    article.owner,
                    null,
                    List.of(new JobDraft.Input(article.originalKey, null)),
                    parameters);
            essentials.add(jobs.submit(draft), article.id);
        } else {
            article.state = ArticleState.READY;
        }
        service.changed(article);
        return probe;
    }

    private void accept(MediaArticle article, MediaInfo info) {
        article.originalInfo = info;
        article.kind = info.kind();
        article.mediaType = info.mediaType();
        if (article.replaces != null && isOtherKind(article)) {
            refuse(article, "other-kind", "The new file is of another kind than the one it was to replace.");
            return;
        }
        if (!article.titleChosen) {
            Titles.embedded(info).ifPresent(title -> {
                article.title = title;
                if (!article.slugChosen) {
                    article.slug = slugs.free(title, article.id);
                }
            });
        }
        chapters.adopt(article, info);
        boolean wanted = uploadJobs.begin(article);
        if (!wanted && !config.keepPlainFiles()) {
            refuse(article, "no-plugin", "No installed plugin works on files of this type.");
        }
    }

    private boolean isOtherKind(MediaArticle fresh) {
        return articles.findByIdOptional(fresh.replaces)
                .filter(older -> older.kind != fresh.kind)
                .isPresent();
    }

    private void refuse(MediaArticle article, String reason, String sentence) {
        readiness.failed(article, reason, sentence);
        if (article.originalKey != null) {
            released.fire(new FilesReleased(List.of(article.originalKey)));
            article.originalKey = null;
        }
    }

    /**
     * What the uploader is told when it is the file that cannot be used. When it is the server that could not look at
     * it, the file stays, and the probe can be tried again.
     */
    static Optional<ProblemException> refusal(JobEvent.Failure failure) {
        String reason = failure.reason();
        boolean setAside = "quarantined".equals(reason);
        boolean refused = failure.kind() == FailureKind.BAD_INPUT && reason != null && !reason.equals(INPUT_AWAY);
        if (!setAside && !refused) {
            return Optional.empty();
        }
        boolean wrongType = reason.equals("type-not-allowed") || reason.equals("no-media");
        String key = "media-refused-" + reason;
        return Optional.of(new ProblemException(
                wrongType ? ProblemType.UNSUPPORTED_TYPE : ProblemType.UNACCEPTABLE_MEDIA,
                // A newer worker may refuse for reasons we have no words for.
                Sentences.has(key) ? key : "media-refused-unreadable"));
    }

    private static MediaKind kind(String mediaType) {
        return switch (mediaType.substring(0, mediaType.indexOf('/'))) {
            case "video" -> MediaKind.VIDEO;
            case "audio" -> MediaKind.AUDIO;
            case "image" -> MediaKind.IMAGE;
            default -> MediaKind.DOCUMENT;
        };
    }
}
