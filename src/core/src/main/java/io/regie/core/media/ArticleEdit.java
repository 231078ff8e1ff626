package io.regie.core.media;

import io.regie.core.access.Visibility;
import io.regie.core.richtext.RichDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody wants to change of an article. Whatever is not mentioned stays as it is. */
public final class ArticleEdit {

    @Nullable
    String title;

    @Nullable
    String slug;

    @Nullable
    Visibility visibility;

    @Nullable
    List<String> tags;

    @Nullable
    Change<RichDocument> description;

    @Nullable
    Change<When> published;

    @Nullable
    String language;

    @Nullable
    Change<Licence> licence;

    @Nullable
    Boolean kept;

    @Nullable
    List<Credit> credits;

    @Nullable
    Change<DownloadRule> download;

    @Nullable
    Set<UUID> categories;

    /** A new value, or nothing at all. */
    record Change<T>(@Nullable T to) {}

    /** A moment, or empty for now. */
    record When(Optional<Instant> moment) {}

    public ArticleEdit title(String title) {
        this.title = title;
        return this;
    }

    public ArticleEdit slug(String slug) {
        this.slug = slug;
        return this;
    }

    public ArticleEdit visibility(Visibility visibility) {
        this.visibility = visibility;
        return this;
    }

    /** @param tags all of them; what is not named goes */
    public ArticleEdit tags(List<String> tags) {
        this.tags = List.copyOf(tags);
        return this;
    }

    /** @param description null to take it away */
    public ArticleEdit description(@Nullable RichDocument description) {
        this.description = new Change<>(description);
        return this;
    }

    /** Takes it back until somebody publishes it. */
    public ArticleEdit draft() {
        this.published = new Change<>(null);
        return this;
    }

    /** An article that is out already stays out since when it was. */
    public ArticleEdit publishNow() {
        this.published = new Change<>(new When(Optional.empty()));
        return this;
    }

    /** @param moment in the future to schedule it */
    public ArticleEdit publishAt(Instant moment) {
        this.published = new Change<>(new When(Optional.of(moment)));
        return this;
    }

    /** @param language BCP 47 */
    public ArticleEdit language(String language) {
        this.language = language;
        return this;
    }

    /** @param kept whether a recording is spared when old ones are deleted */
    public ArticleEdit kept(boolean kept) {
        this.kept = kept;
        return this;
    }

    /** @param credits all of them; who is not named goes */
    public ArticleEdit credits(List<Credit> credits) {
        this.credits = List.copyOf(credits);
        return this;
    }

    /** @param categories all of them; it leaves the others */
    public ArticleEdit categories(Collection<UUID> categories) {
        this.categories = Set.copyOf(categories);
        return this;
    }

    /** @param rule null for what the site says */
    public ArticleEdit download(@Nullable DownloadRule rule) {
        this.download = new Change<>(rule);
        return this;
    }

    /** @param licence null to say nothing about it */
    public ArticleEdit licence(@Nullable Licence licence) {
        this.licence = new Change<>(licence);
        return this;
    }
}
