package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.richtext.RichDocument;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** The page about one piece of media. Rows are locked before they change: several jobs report on one at a time. */
@Entity
class MediaArticle {

    @Id
    UUID id;

    UUID owner;
    String slug;
    /** Whether a person chose the slug; otherwise the probe may still find a better one. */
    boolean slugChosen;

    String title;
    /** Whether a person chose the title; otherwise the probe may still find a better one. */
    boolean titleChosen;

    @Enumerated(EnumType.STRING)
    MediaKind kind;

    @Enumerated(EnumType.STRING)
    Visibility visibility;

    @Enumerated(EnumType.STRING)
    ArticleState state;

    /** Null for a draft, in the future for a scheduled article. */
    @Nullable
    Instant publishedAt;

    @Convert(converter = JsonColumns.Description.class)
    @Nullable
    RichDocument description;

    @Convert(converter = Licence.Column.class)
    @Nullable
    Licence licence;

    @Convert(converter = JsonColumns.CreditsColumn.class)
    List<Credit> credits = List.of();

    /** Null for what the site says. */
    @Enumerated(EnumType.STRING)
    @Nullable
    DownloadRule download;

    boolean playable;

    /** Types of the jobs that its original calls for and that are yet to start, see {@link UploadJobs}. */
    List<String> upcoming = List.of();

    @Nullable
    String failureReason;

    @Nullable
    String failure;

    String locale;
    UUID translationGroup;

    @Nullable
    UUID upload;
    /** The article that takes its file over once it plays, see {@link Replacements}; null for what stays itself. */
    @Nullable
    UUID replaces;
    /** The article whose job made this one. */
    @Nullable
    UUID madeFrom;
    /** The job that made this one; it may have worked on others as well. */
    @Nullable
    UUID madeBy;

    String filename;
    String mediaType;
    /** Null before a recording has ended, and once a refused original was deleted. */
    @Nullable
    String originalKey;

    long originalBytes;
    String originalSha256;

    @Convert(converter = JsonColumns.Info.class)
    @Nullable
    MediaInfo originalInfo;

    @ElementCollection
    @CollectionTable(name = "media_tag", joinColumns = @JoinColumn(name = "article"))
    @BatchSize(size = 100)
    Set<Tag> tags = new HashSet<>();

    /** Hidden from everybody since, soon to be deleted. */
    @Nullable
    Instant trashedAt;

    /** The tags as text, so that the next line needs no other table. */
    String tagWords = "";

    /** What search finds the article by. */
    String searchText = "";

    /** What lists sort titles by. */
    String titleKey = "";

    /** Zero while unknown. */
    long durationMillis;

    /** When it ended, of a recording; null while it runs and for everything else. */
    @Nullable
    Instant recordedAt;

    /** Whether only people delete it. */
    boolean kept;

    /** Counts edits by people: the entity tag that {@code If-Match} names. */
    long revision;
    /** Counts every change, for event hints. */
    long version;

    Instant createdAt;
    Instant updatedAt;

    /** Keeps what lists are searched and sorted by in step with what it is made of. */
    @PrePersist
    @PreUpdate
    void index() {
        searchText = SearchWords.stored(title, tagWords, filename);
        titleKey = SearchWords.sortKey(title);
        Duration duration = originalInfo == null ? null : originalInfo.duration();
        durationMillis = duration == null ? 0 : duration.toMillis();
    }

    /** Whether it is a recording that still runs: nothing was ever its original. */
    boolean awaitsOriginal() {
        return originalKey == null && originalSha256.isEmpty();
    }

    List<String> tagNames() {
        return tags.stream()
                .sorted(Comparator.comparing(Tag::key))
                .map(Tag::name)
                .toList();
    }

    void tag(Collection<Tag> wanted) {
        Tags.refuseTooMany(wanted);
        // What stays keeps its row.
        tags.retainAll(wanted);
        tags.addAll(wanted);
        tagWords = String.join(" ", tagNames());
    }

    boolean allows(Action action, Caller caller, Instant now) {
        return gate().allows(action, caller, now);
    }

    Guarded guarded(Instant now) {
        return gate().guarded(now);
    }

    Publication publication(Instant now) {
        return gate().publication(now);
    }

    private Gate gate() {
        return new Gate(owner, visibility, publishedAt, trashedAt);
    }
}
