package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.jobs.JobDraft;
import io.regie.core.jobs.JobQueue;
import io.regie.core.pictures.Picture;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.RichDocument;
import io.regie.core.web.Ids;
import io.regie.spi.MediaInfo;
import io.regie.spi.OutputRole;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door to media articles. Whatever a caller may not see is missing. */
@ApplicationScoped
public class MediaService {

    private static final String CHOSEN_POSTER = "chosen-poster";
    private static final int MOST_RELATED = 50;

    private final MediaArticles articles;
    private final Renditions renditions;
    private final Attachments attachments;
    private final Annexes annexes;
    private final Slugs slugs;
    private final OldSlugs former;
    private final Views views;
    private final VisitorViews visitorViews;
    private final RequestedActions actions;
    private final MediaSources sources;
    private final CategorisedArticles categorised;
    private final JobQueue jobs;
    private final Events events;
    private final Event<FilesReleased> released;
    private final MediaConfig config;
    private final InstantSource clock;

    MediaService(
            MediaArticles articles,
            Renditions renditions,
            Attachments attachments,
            Annexes annexes,
            Slugs slugs,
            OldSlugs former,
            Views views,
            VisitorViews visitorViews,
            RequestedActions actions,
            MediaSources sources,
            CategorisedArticles categorised,
            JobQueue jobs,
            Events events,
            Event<FilesReleased> released,
            MediaConfig config,
            InstantSource clock) {
        this.articles = articles;
        this.renditions = renditions;
        this.attachments = attachments;
        this.annexes = annexes;
        this.slugs = slugs;
        this.former = former;
        this.views = views;
        this.visitorViews = visitorViews;
        this.actions = actions;
        this.sources = sources;
        this.categorised = categorised;
        this.jobs = jobs;
        this.events = events;
        this.released = released;
        this.config = config;
        this.clock = clock;
    }

    /** By id, for the API. */
    @Transactional
    public MediaView require(Caller caller, UUID id, Locale locale) {
        return articles.findByIdOptional(id)
                .filter(article -> article.allows(Action.READ, caller, clock.instant()))
                .map(article -> views.of(article, caller, locale))
                .orElseThrow(ProblemException::notFound);
    }

    /**
     * By address of a page: the slug, or one that once was, leads to public articles, the id to any that the caller may
     * see.
     */
    // Without one of its own: beginning and ending it would cost pages as much as the question does.
    @Transactional(Transactional.TxType.SUPPORTS)
    public Optional<MediaView> findForReading(Caller caller, String address, Locale locale) {
        Instant now = clock.instant();
        Optional<MediaArticle> byId = Ids.parse(address).flatMap(articles::findByIdOptional);
        return byId.or(() -> articles.findBySlug(address)
                        .or(() -> former.findArticle(address).flatMap(articles::findByIdOptional))
                        .filter(article -> article.guarded(now).visibility() == Visibility.PUBLIC
                                || article.allows(Action.EDIT, caller, now)))
                .filter(article -> article.allows(Action.READ, caller, now))
                .map(article ->
                        caller.signedIn() ? views.of(article, caller, locale) : visitorViews.of(article, locale));
    }

    /** @param ifMatch the revision the caller saw, or null not to care */
    @Transactional
    public MediaView edit(Caller caller, UUID id, ArticleEdit edit, @Nullable Long ifMatch, Locale locale) {
        MediaArticle article = requireForEdit(caller, id, ifMatch);
        apply(edit, article);
        article.revision++;
        changed(article);
        return views.of(article, caller, locale);
    }

    private void apply(ArticleEdit edit, MediaArticle article) {
        if (edit.title != null) {
            article.title = Titles.clean(edit.title)
                    .orElseThrow(() -> new ProblemException(ProblemType.BAD_REQUEST, "media-title-empty"));
            article.titleChosen = true;
        }
        if (edit.visibility != null) {
            article.visibility = edit.visibility;
        }
        if (edit.tags != null) {
            article.tag(Tags.parse(edit.tags).values());
        }
        if (edit.description != null) {
            RichDocument text = edit.description.to();
            article.description = text == null || text.isBlank() ? null : text;
        }
        if (edit.published != null) {
            article.publishedAt = publishedAt(article, edit.published.to());
        }
        if (edit.language != null) {
            article.locale = ContentLanguages.require(edit.language);
        }
        if (edit.licence != null) {
            article.licence = edit.licence.to();
        }
        if (edit.download != null) {
            article.download = edit.download.to();
        }
        if (edit.kept != null) {
            article.kept = edit.kept;
        }
        if (edit.credits != null) {
            article.credits = Credits.require(edit.credits);
        }
        if (edit.categories != null) {
            categorised.put(article.id, edit.categories);
        }
        if (edit.slug != null) {
            slugs.choose(article, edit.slug);
        }
    }

    private @Nullable Instant publishedAt(MediaArticle article, ArticleEdit.@Nullable When when) {
        Instant now = clock.instant();
        if (when == null) {
            return null;
        }
        boolean out = article.publication(now) == Publication.PUBLISHED;
        return when.moment().orElseGet(() -> out ? article.publishedAt : now);
    }

    /** Deletes an article with all its files and cancels its jobs. */
    @Transactional
    public void delete(Caller caller, UUID id, @Nullable Long ifMatch) {
        remove(requireForEdit(caller, id, ifMatch));
    }

    /**
     * What a frame is taken from.
     *
     * @param originalKey of the file
     * @param info what the probe found
     */
    record Footage(String originalKey, MediaInfo info) {}

    @Transactional
    Footage requireFootage(Caller caller, UUID id) {
        MediaArticle article = requireForEdit(caller, id, null);
        MediaInfo info = article.originalInfo;
        if (info == null || article.originalKey == null) {
            throw new ProblemException(ProblemType.CONFLICT, "media-not-probed");
        }
        if (info.video().isEmpty()) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "media-poster-no-video");
        }
        return new Footage(article.originalKey, info);
    }

    @Transactional
    void requireEditable(Caller caller, UUID id) {
        requireForEdit(caller, id, null);
    }

    @Transactional
    MediaArticle requireReadable(Caller caller, UUID id) {
        return articles.findByIdOptional(id)
                .filter(article -> article.allows(Action.READ, caller, clock.instant()))
                .orElseThrow(ProblemException::notFound);
    }

    @Transactional
    void requireReplaceable(Caller caller, UUID id) {
        MediaArticle article = requireForEdit(caller, id, null);
        if (article.replaces != null || article.awaitsOriginal()) {
            throw new ProblemException(ProblemType.CONFLICT, "media-replace-not-now");
        }
        if (articles.findReplacement(id).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "media-replace-under-way");
        }
    }

    /** What is being prepared to be the file of an article that the caller may edit. */
    @Transactional
    public Optional<MediaView> findReplacement(Caller caller, UUID id, Locale locale) {
        requireForEdit(caller, id, null);
        return articles.findReplacement(id).map(found -> views.of(found, caller, locale));
    }

    /** The article keeps the file it has. */
    @Transactional
    public void cancelReplacement(Caller caller, UUID id) {
        MediaArticle article = requireForEdit(caller, id, null);
        UUID replacement = articles.findReplacement(id).orElseThrow(ProblemException::notFound).id;
        forget(replacement);
        changed(article);
    }

    /** Puts a picture that is published already above all other posters. */
    @Transactional
    MediaView choosePoster(Caller caller, UUID id, Picture drawn, Locale locale) {
        MediaArticle article = requireForEdit(caller, id, null);
        Attachment poster = new Attachment();
        poster.id = UUID.randomUUID();
        poster.article = id;
        poster.chosen = true;
        poster.role = OutputRole.POSTER;
        poster.name = CHOSEN_POSTER;
        poster.mediaType = "image/jpeg";
        poster.storageKey = drawn.key();
        poster.sha256 = drawn.sha256();
        poster.bytes = drawn.bytes();
        poster.width = drawn.width();
        poster.height = drawn.height();
        poster.createdAt = clock.instant();
        attachments.persist(poster);
        attachments.flush();
        attachments.retireOthers(poster);
        changed(article);
        return views.of(article, caller, locale);
    }

    @Transactional
    MediaView forgetPoster(Caller caller, UUID id, Locale locale) {
        MediaArticle article = requireForEdit(caller, id, null);
        attachments.retireChosen(id, OutputRole.POSTER, clock.instant());
        changed(article);
        return views.of(article, caller, locale);
    }

    /** Deletes an animation with its file: whoever shows it elsewhere shows nothing from now on. */
    @Transactional
    public void deleteAnimation(Caller caller, UUID id, UUID animation) {
        MediaArticle article = requireForEdit(caller, id, null);
        Attachment found =
                attachments.findCurrent(id, animation, OutputRole.ANIMATION).orElseThrow(ProblemException::notFound);
        attachments.delete(found);
        released.fire(new FilesReleased(List.of(found.storageKey)));
        changed(article);
    }

    /** Starts an on-demand job on an article. @param inputs see {@link RequestedActions#plan} */
    @Transactional
    public UUID act(Caller caller, UUID id, String jobType, Map<String, Object> parameters, List<UUID> inputs) {
        RequestedActions.Planned planned =
                actions.plan(requireForEdit(caller, id, null), caller, jobType, parameters, inputs);
        UUID job = jobs.submit(planned.draft());
        sources.add(
                job,
                planned.inputs().stream()
                        .filter(input -> !input.equals(id))
                        .distinct()
                        .toList());
        return job;
    }

    /** What {@link #act} would start. */
    @Transactional
    JobDraft requireDraft(Caller caller, UUID id, String jobType, Map<String, Object> parameters, List<UUID> inputs) {
        return actions.plan(requireForEdit(caller, id, null), caller, jobType, parameters, inputs)
                .draft();
    }

    /** What an article was made of and what was made of it. */
    @Transactional
    public RelatedMedia related(Caller caller, UUID id, Locale locale) {
        Instant now = clock.instant();
        MediaArticle article = articles.findByIdOptional(id)
                .filter(found -> found.allows(Action.READ, caller, now))
                .orElseThrow(ProblemException::notFound);
        List<UUID> from = new ArrayList<>();
        if (article.madeFrom != null) {
            from.add(article.madeFrom);
        }
        if (article.madeBy != null) {
            from.addAll(sources.of(article.madeBy));
        }
        List<MediaArticle> madeFrom = articles.list(from).stream()
                .sorted(Comparator.comparingInt(found -> from.indexOf(found.id)))
                .toList();
        return new RelatedMedia(
                visible(madeFrom, caller, locale), visible(articles.madeOf(id, MOST_RELATED), caller, locale));
    }

    private List<MediaView> visible(List<MediaArticle> found, Caller caller, Locale locale) {
        Instant now = clock.instant();
        return views.of(
                found.stream()
                        .filter(article -> article.allows(Action.READ, caller, now))
                        .limit(MOST_RELATED)
                        .toList(),
                caller,
                locale);
    }

    /** One of many. */
    @Transactional
    void change(Caller caller, UUID id, @Nullable Visibility visibility, Map<String, Tag> added, Set<String> removed) {
        MediaArticle article = requireForEdit(caller, id, null);
        if (visibility != null) {
            article.visibility = visibility;
        }
        Map<String, Tag> tags = new HashMap<>(added);
        // A tag that is there already stays as its author wrote it.
        article.tags.forEach(tag -> tags.put(tag.key(), tag));
        tags.keySet().removeAll(removed);
        article.tag(tags.values());
        article.revision++;
        changed(article);
    }

    /** One of many. */
    @Transactional
    void categorise(Caller caller, UUID id, Set<UUID> added, Set<UUID> removed) {
        if (!added.isEmpty() || !removed.isEmpty()) {
            categorised.change(requireForEdit(caller, id, null).id, added, removed);
        }
    }

    /** Hides an article from everybody; it is deleted when nobody restores it in time. */
    @Transactional
    public void trash(Caller caller, UUID id) {
        MediaArticle article = requireForEdit(caller, id, null);
        article.trashedAt = clock.instant();
        changed(article);
    }

    /** To be asked again without harm: what is not in the trash stays as it is. */
    @Transactional
    public void restore(Caller caller, UUID id) {
        Instant now = clock.instant();
        Instant before = now.minus(config.undo());
        MediaArticle article = articles.findLocked(id)
                .filter(found -> Authorization.may(caller, Action.EDIT, found.guarded(now)))
                .filter(found -> found.trashedAt == null || found.trashedAt.isAfter(before))
                .orElseThrow(ProblemException::notFound);
        if (article.trashedAt != null) {
            article.trashedAt = null;
            changed(article);
        }
    }

    /** Unless somebody restored it, or threw it away anew, meanwhile. */
    @Transactional
    void deleteTrashed(UUID id, Instant before) {
        articles.findLocked(id)
                .filter(article -> article.trashedAt != null && !article.trashedAt.isAfter(before))
                .ifPresent(this::remove);
    }

    /** Unless it is wanted after all, or runs again. */
    @Transactional
    boolean deleteRecorded(UUID id) {
        Optional<MediaArticle> old = articles.findLocked(id)
                .filter(article -> article.recordedAt != null && !article.kept && article.trashedAt == null);
        old.ifPresent(this::remove);
        return old.isPresent();
    }

    /** Removes what its uploader was told is refused. */
    @Transactional
    void forget(UUID id) {
        articles.findLocked(id).ifPresent(this::remove);
    }

    private void remove(MediaArticle article) {
        jobs.cancelAllAbout(article.id);
        List<String> keys = new ArrayList<>();
        if (article.originalKey != null) {
            keys.add(article.originalKey);
        }
        keys.addAll(renditions.keys(article.id));
        keys.addAll(attachments.keys(article.id));
        keys.addAll(annexes.keys(article.id));
        Guarded guarded = article.guarded(clock.instant());
        articles.delete(article);
        released.fire(new FilesReleased(keys));
        events.publish(new Hint("media", article.id.toString(), article.version + 1, guarded));
    }

    void changed(MediaArticle article) {
        article.version++;
        article.updatedAt = clock.instant();
        events.publish(new Hint("media", article.id.toString(), article.version, article.guarded(clock.instant())));
    }

    MediaArticle requireForEdit(Caller caller, UUID id, @Nullable Long ifMatch) {
        Instant now = clock.instant();
        MediaArticle article = articles.findLocked(id)
                .filter(found -> found.allows(Action.READ, caller, now))
                .orElseThrow(ProblemException::notFound);
        if (!article.allows(Action.EDIT, caller, now)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "media-not-yours");
        }
        if (ifMatch != null && ifMatch != article.revision) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "media-changed-meanwhile");
        }
        return article;
    }
}
