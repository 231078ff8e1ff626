package io.regie.core.news;

import io.regie.core.richtext.RichDocument;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody writes of a post. Whatever is not mentioned stays as it is, or as new posts begin. */
public final class NewsEdit {

    @Nullable
    NewsKind kind;

    @Nullable
    String title;

    @Nullable
    String slug;

    @Nullable
    Change<RichDocument> text;

    @Nullable
    Change<When> published;

    /** A new value, or nothing at all. */
    record Change<T>(@Nullable T to) {}

    /** A moment, or empty for now. */
    record When(Optional<Instant> moment) {}

    public NewsEdit kind(NewsKind kind) {
        this.kind = kind;
        return this;
    }

    public NewsEdit title(String title) {
        this.title = title;
        return this;
    }

    public NewsEdit slug(String slug) {
        this.slug = slug;
        return this;
    }

    /** @param text null to take it away */
    public NewsEdit text(@Nullable RichDocument text) {
        this.text = new Change<>(text);
        return this;
    }

    /** Takes it back until somebody publishes it. */
    public NewsEdit draft() {
        this.published = new Change<>(null);
        return this;
    }

    /** A post that is out already stays out since when it was. */
    public NewsEdit publishNow() {
        this.published = new Change<>(new When(Optional.empty()));
        return this;
    }

    /** @param moment in the future to schedule it */
    public NewsEdit publishAt(Instant moment) {
        this.published = new Change<>(new When(Optional.of(moment)));
        return this;
    }
}
