package io.regie.core.news;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.news.NewsPosts.After;
import io.regie.core.pictures.Picture;
import io.regie.core.pictures.PicturesReleased;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.Lines;
import io.regie.core.richtext.RichDocument;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** News posts and editorials. Editors write them; everybody reads what is out, and the rest is missing to them. */
@Singleton
public class NewsService {

    public static final int MAX_LIMIT = 100;

    static final int LONGEST_TITLE = 200;
    private static final int LONGEST_SLUG = 80;
    private static final String PAGE = "/news/";
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final NewsPosts posts;
    private final SettingsService settings;
    private final Events hints;
    private final Event<PicturesReleased> released;
    private final InstantSource clock;

    NewsService(
            NewsPosts posts,
            SettingsService settings,
            Events hints,
            Event<PicturesReleased> released,
            InstantSource clock) {
        this.posts = posts;
        this.settings = settings;
        this.hints = hints;
        this.released = released;
        this.clock = clock;
    }

    public boolean mayWrite(Caller caller) {
        return Authorization.may(caller, Action.EDIT, NewsPost.UNWRITTEN);
    }

    /**
     * What the caller may see: drafts first, then what is to come, then the newest.
     *
     * @param kind null for both
     * @param cursor of the part before, null for the first
     */
    public NewsPage list(Caller caller, @Nullable NewsKind kind, @Nullable String cursor, int limit) {
        boolean everything = Authorization.may(caller, Action.READ, NewsPost.UNWRITTEN);
        int count = Math.max(1, Math.min(limit, MAX_LIMIT));
        List<NewsPost> found = posts.list(
                kind, everything ? null : clock.instant(), cursor == null ? null : decode(cursor), count + 1);
        List<NewsPost> part = found.subList(0, Math.min(count, found.size()));
        String next = found.size() > count ? encode(part.get(count - 1)) : null;
        return new NewsPage(part.stream().map(this::view).toList(), next);
    }

    public NewsView require(Caller caller, UUID id) {
        return posts.find(id)
                .filter(post -> Authorization.may(caller, Action.READ, post.guarded(clock.instant())))
                .map(this::view)
                .orElseThrow(ProblemException::notFound);
    }

    /** By the slug that it has, or once had. */
    public Optional<NewsView> findForReading(Caller caller, String slug) {
        return posts.findBySlug(slug)
                .filter(post -> Authorization.may(caller, Action.READ, post.guarded(clock.instant())))
                .map(this::view);
    }

    @Transactional
    public NewsView create(Caller caller, NewsEdit edit) {
        if (!mayWrite(caller)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "news-not-allowed");
        }
        if (edit.title == null) {
            throw ProblemException.invalidField("title", "news-title-empty");
        }
        Instant now = now();
        NewsPost blank = new NewsPost(
                UUID.randomUUID(),
                NewsKind.NEWS_POST,
                "",
                "",
                null,
                null,
                settings.get(Setting.DEFAULT_LOCALE).toLanguageTag(),
                List.of(),
                1,
                now,
                now);
        posts.lockSlugs();
        NewsPost post = edited(blank, edit, now, 1);
        posts.insert(post, caller.account());
        changed(post);
        return view(post);
    }

    /** @param ifMatch the revision the caller saw, or null not to care */
    @Transactional
    public NewsView edit(Caller caller, UUID id, NewsEdit edit, @Nullable Long ifMatch) {
        NewsPost before = requireForEdit(caller, id, ifMatch);
        if (edit.slug != null) {
            posts.lockSlugs();
        }
        NewsPost post = edited(before, edit, now(), before.revision() + 1);
        posts.update(before, post);
        changed(post);
        return view(post);
    }

    @Transactional
    public void delete(Caller caller, UUID id, @Nullable Long ifMatch) {
        NewsPost post = requireForEdit(caller, id, ifMatch);
        posts.delete(id);
        released.fire(new PicturesReleased(post.pictures()));
        hints.publish(new Hint("news", id.toString(), post.revision() + 1, post.guarded(clock.instant())));
    }

    @Transactional
    void requireEditable(Caller caller, UUID id) {
        requireForEdit(caller, id, null);
    }

    /** @param pictures published already, in their sizes; none to take the illustration away */
    @Transactional
    NewsView illustrate(Caller caller, UUID id, List<Picture> pictures) {
        NewsPost before = requireForEdit(caller, id, null);
        NewsPost post = new NewsPost(
                id,
                before.kind(),
                before.slug(),
                before.title(),
                before.text(),
                before.publishedAt(),
                before.locale(),
                pictures,
                // Whoever is writing the text meanwhile is not in the way of its illustration.
                before.revision(),
                before.created(),
                now());
        posts.update(before, post);
        released.fire(new PicturesReleased(before.pictures()));
        changed(post);
        return view(post);
    }

    /** A stored size of the illustration, by the name it has in its address. */
    Optional<Shown> findPicture(Caller caller, UUID id, String name) {
        Instant now = clock.instant();
        return posts.find(id)
                .filter(post -> Authorization.may(caller, Action.READ, post.guarded(now)))
                .flatMap(post -> post.pictures().stream()
                        .filter(picture -> picture.fileName().equals(name))
                        .findFirst()
                        .map(picture -> new Shown(picture, post.isOut(now))));
    }

    record Shown(Picture picture, boolean toEverybody) {}

    private NewsPost requireForEdit(Caller caller, UUID id, @Nullable Long ifMatch) {
        Instant now = clock.instant();
        NewsPost post = posts.lock(id)
                .filter(found -> Authorization.may(caller, Action.READ, found.guarded(now)))
                .orElseThrow(ProblemException::notFound);
        if (!Authorization.may(caller, Action.EDIT, post.guarded(now))) {
            throw new ProblemException(ProblemType.FORBIDDEN, "news-not-allowed");
        }
        if (ifMatch != null && ifMatch != post.revision()) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "news-changed-meanwhile");
        }
        return post;
    }

    private NewsPost edited(NewsPost before, NewsEdit edit, Instant now, long revision) {
        String title = edit.title == null
                ? before.title()
                : Lines.clean(edit.title, LONGEST_TITLE)
                        .orElseThrow(() -> ProblemException.invalidField("title", "news-title-empty"));
        RichDocument text = edit.text == null ? before.text() : edit.text.to();
        return new NewsPost(
                before.id(),
                edit.kind == null ? before.kind() : edit.kind,
                edit.slug == null || edit.slug.isBlank() ? slug(before, title) : chosen(before, edit.slug.strip()),
                title,
                text == null || text.isBlank() ? null : text,
                edit.published == null ? before.publishedAt() : publishedAt(before, edit.published.to(), now),
                before.locale(),
                before.pictures(),
                revision,
                before.created(),
                now);
    }

    /** One that nobody has or had, made of the title; it stays when the title changes. */
    private String slug(NewsPost post, String title) {
        if (!post.slug().isEmpty()) {
            return post.slug();
        }
        String slug = Lines.slug(title, LONGEST_SLUG);
        if (!slug.isEmpty() && !posts.slugTaken(slug, post.id())) {
            return slug;
        }
        String suffix = post.id().toString().substring(0, 8);
        return slug.isEmpty() ? "news-" + suffix : Lines.slug(slug, LONGEST_SLUG - 9) + "-" + suffix;
    }

    private String chosen(NewsPost post, String slug) {
        if (!Lines.isSlug(slug, LONGEST_SLUG)) {
            throw ProblemException.invalidField("slug", "news-slug-malformed", LONGEST_SLUG);
        }
        if (posts.slugTaken(slug, post.id())) {
            throw ProblemException.invalidField("slug", "news-slug-taken");
        }
        return slug;
    }

    private static @Nullable Instant publishedAt(NewsPost post, NewsEdit.@Nullable When when, Instant now) {
        if (when == null) {
            return null;
        }
        Instant moment = when.moment().orElseGet(() -> post.isOut(now) ? post.publishedAt() : now);
        if (moment == null || moment.isBefore(EARLIEST) || !moment.isBefore(LATEST)) {
            throw ProblemException.invalidField("publishedAt", "news-time-malformed");
        }
        return moment;
    }

    private NewsView view(NewsPost post) {
        Instant now = clock.instant();
        RichDocument text = post.text();
        return new NewsView(
                post.id(),
                post.kind().word(),
                post.slug(),
                PAGE + post.slug(),
                post.title(),
                text == null ? null : text.json(),
                post.publishedAt() == null ? "draft" : post.isOut(now) ? "published" : "scheduled",
                post.publishedAt(),
                post.locale(),
                post.pictures().stream()
                        .map(picture -> picture.view(NewsFiles.PREFIX + post.id() + "/"))
                        .toList(),
                post.created(),
                post.changed(),
                post.revision(),
                text,
                post.guarded(now));
    }

    private void changed(NewsPost post) {
        hints.publish(new Hint("news", post.id().toString(), post.revision(), post.guarded(clock.instant())));
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String encode(NewsPost last) {
        String text = (last.publishedAt() == null ? "" : last.publishedAt()) + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static After decode(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2) {
                Instant moment = parts[0].isEmpty() ? null : Instant.parse(parts[0]);
                if (moment == null || !moment.isBefore(EARLIEST) && moment.isBefore(LATEST)) {
                    return new After(moment, UUID.fromString(parts[1]));
                }
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            // Said below.
        }
        throw new ProblemException(ProblemType.BAD_REQUEST, "news-cursor-unknown");
    }
}
