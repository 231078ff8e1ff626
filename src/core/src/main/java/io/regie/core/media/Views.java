package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.categories.CategoryTree.Node;
import io.regie.core.jobs.JobFailure;
import io.regie.core.problem.Sentences;
import io.regie.core.richtext.RichDocument;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.OutputRole;
import io.regie.spi.Track;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns rows into what goes out. */
@ApplicationScoped
class Views {

    private static final Comparator<Attachment> BY_WIDTH = Comparator.comparingInt(file -> file.width);

    private final Renditions renditions;
    private final Attachments attachments;
    private final CaptionTracks captions;
    private final ChapterLists chapters;
    private final Annexes annexes;
    private final CategorisedArticles categorised;
    private final Downloads downloads;
    private final InstantSource clock;

    Views(
            Renditions renditions,
            Attachments attachments,
            CaptionTracks captions,
            ChapterLists chapters,
            Annexes annexes,
            CategorisedArticles categorised,
            Downloads downloads,
            InstantSource clock) {
        this.renditions = renditions;
        this.attachments = attachments;
        this.captions = captions;
        this.chapters = chapters;
        this.annexes = annexes;
        this.categorised = categorised;
        this.downloads = downloads;
        this.clock = clock;
    }

    MediaView of(MediaArticle article, Caller caller, Locale locale) {
        return of(
                article,
                new Details(
                        article.description,
                        captions.of(article.id).stream().map(CaptionView::of).toList(),
                        chapters.of(article.id),
                        annexes.of(article.id)),
                categorised.of(List.of(article.id)).getOrDefault(article.id, List.of()),
                renditions.current(article.id),
                attachments.current(article.id),
                caller,
                locale);
    }

    /**
     * For lists: with as many questions to the database for a hundred articles as for one, and without what people wrote
     * about them and added to them, which may be long.
     */
    List<MediaView> of(List<MediaArticle> articles, Caller caller, Locale locale) {
        List<UUID> ids = articles.stream().map(article -> article.id).toList();
        Map<UUID, List<RenditionRow>> rows =
                renditions.current(ids).stream().collect(Collectors.groupingBy(row -> row.article));
        Map<UUID, List<Attachment>> files =
                attachments.current(ids).stream().collect(Collectors.groupingBy(file -> file.article));
        Map<UUID, List<Node>> categories = categorised.of(ids);
        return articles.stream()
                .map(article -> of(
                        article,
                        new Details(null, null, null, null),
                        categories.getOrDefault(article.id, List.of()),
                        rows.getOrDefault(article.id, List.of()),
                        files.getOrDefault(article.id, List.of()),
                        caller,
                        locale))
                .toList();
    }

    /** What lists leave out. */
    private record Details(
            @Nullable RichDocument description,
            @Nullable List<CaptionView> captions,
            @Nullable List<Chapter> chapters,
            @Nullable List<Annex> annexes) {}

    private MediaView of(
            MediaArticle article,
            Details details,
            List<Node> categories,
            List<RenditionRow> rows,
            List<Attachment> files,
            Caller caller,
            Locale locale) {
        Instant now = clock.instant();
        RichDocument text = details.description();
        Guarded guarded = article.guarded(now);
        List<Attachment> posters = posters(files);
        Optional<Attachment> poster = posters.stream().max(BY_WIDTH);
        boolean mayDownload = downloads.may(caller, article);
        Optional<Attachment> made = byRole(files, OutputRole.DOWNLOAD);
        Optional<Attachment> download = made.filter(file -> mayDownload);
        boolean finished = rows.stream().anyMatch(row -> row.state == RenditionRow.State.FINISHED);
        boolean growing = rows.stream().anyMatch(row -> row.state == RenditionRow.State.GROWING);
        String original = originalFor(article, caller, guarded, mayDownload);
        List<Annex> annexed = details.annexes();
        boolean hasDownload = made.isPresent()
                || (article.originalKey != null && !plays(article))
                || (annexed != null && !annexed.isEmpty());
        MediaInfo info = article.originalInfo;
        return new MediaView(
                article.id,
                article.slug,
                article.title,
                lower(article.kind),
                lower(article.state),
                lower(article.visibility),
                article.tagNames(),
                lower(article.publication(now)),
                article.publishedAt,
                article.locale,
                article.licence == null ? null : article.licence.code(),
                article.credits,
                text == null ? null : text.json(),
                article.playable,
                info == null || info.duration() == null ? null : info.duration().toMillis() / 1000.0,
                original(article, original),
                rows.stream().map(Views::rendition).toList(),
                article.playable ? Addresses.multivariant(article.id) : null,
                article.playable && finished && !growing ? Addresses.dash(article.id) : null,
                download.map(Addresses::download).orElse(mayDownload ? original : null),
                article.download == null ? "default" : lower(article.download),
                poster.map(Addresses::attachment).orElse(null),
                posters.stream().min(BY_WIDTH).map(Addresses::attachment).orElse(null),
                poster.filter(file -> file.chosen).isPresent(),
                byRole(files, OutputRole.STORYBOARD).map(Addresses::storyboard).orElse(null),
                byRole(files, OutputRole.PREVIEW).map(Addresses::attachment).orElse(null),
                files.stream()
                        .filter(file -> file.role == OutputRole.ANIMATION)
                        .map(Views::animation)
                        .toList(),
                details.captions(),
                details.chapters(),
                annexed == null
                        ? null
                        : annexed.stream()
                                .map(annex -> AnnexView.of(annex, mayDownload))
                                .toList(),
                Addresses.watch(article, guarded),
                failure(article, locale),
                article.createdAt,
                article.updatedAt,
                article.awaitsOriginal() && article.recordedAt == null,
                article.recordedAt,
                article.kept,
                categories.stream()
                        .map(node -> new MediaView.CategoryView(node.id(), node.name(), node.slug(), node.url()))
                        .toList(),
                hasDownload && !mayDownload && downloads.ruleOf(article) == DownloadRule.SIGNED_IN,
                article.revision,
                guarded,
                download.map(Addresses::attachment).orElse(null),
                details.chapters() == null || details.chapters().isEmpty()
                        ? null
                        : Addresses.chapters(article.id, "vtt"),
                text,
                article.licence,
                posterSet(posters));
    }

    private static @Nullable String posterSet(List<Attachment> posters) {
        return posters.isEmpty()
                ? null
                : posters.stream()
                        .map(file -> Addresses.attachment(file) + " " + file.width + "w")
                        .collect(Collectors.joining(", "));
    }

    /** The sizes of one picture: of the one that was chosen, or came last. */
    private static List<Attachment> posters(List<Attachment> files) {
        return byRole(files, OutputRole.POSTER)
                .map(first -> files.stream()
                        .filter(file -> file.role == OutputRole.POSTER)
                        .filter(file -> file.chosen == first.chosen && Objects.equals(file.job, first.job))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<Attachment> byRole(List<Attachment> files, OutputRole role) {
        return files.stream().filter(file -> file.role == role).findFirst();
    }

    private static boolean plays(MediaArticle article) {
        return article.kind == MediaKind.VIDEO || article.kind == MediaKind.AUDIO;
    }

    /** Of what plays, only makers get the original; of the rest it is all there is, and images are looked at. */
    private static @Nullable String originalFor(
            MediaArticle article, Caller caller, Guarded guarded, boolean mayDownload) {
        boolean allowed = plays(article)
                ? Authorization.may(caller, Action.EDIT, guarded)
                : mayDownload || article.kind == MediaKind.IMAGE;
        return article.originalKey != null && allowed ? Addresses.original(article, article.originalKey) : null;
    }

    private static MediaView.Original original(MediaArticle article, @Nullable String url) {
        MediaInfo info = article.originalInfo;
        Optional<Track> video = info == null ? Optional.empty() : info.video();
        return new MediaView.Original(
                article.filename,
                article.mediaType,
                article.originalBytes,
                article.originalSha256,
                info == null ? null : info.format(),
                info == null || info.bitrate() <= 0 ? null : info.bitrate(),
                video.map(Track::displayWidth).orElse(null),
                video.map(Track::displayHeight).orElse(null),
                video.map(Track::frameRate).orElse(null),
                info == null ? List.of() : info.tracks(),
                url);
    }

    private static MediaView.AnimationView animation(Attachment file) {
        return new MediaView.AnimationView(
                file.id,
                Addresses.attachment(file),
                Addresses.download(file),
                file.mediaType,
                file.width,
                file.height,
                file.bytes,
                file.job,
                file.createdAt);
    }

    private static MediaView.RenditionView rendition(RenditionRow row) {
        return new MediaView.RenditionView(
                row.id,
                row.name,
                lower(row.track),
                row.width == 0 ? null : row.width,
                row.height == 0 ? null : row.height,
                row.frameRate == 0 ? null : row.frameRate,
                row.channels == 0 ? null : row.channels,
                row.codecs,
                row.peakBandwidth,
                row.state == RenditionRow.State.GROWING ? null : row.bytes,
                lower(row.state),
                row.jobType);
    }

    private static MediaView.@Nullable FailureView failure(MediaArticle article, Locale locale) {
        if (article.failure == null) {
            return null;
        }
        String reason = article.failureReason == null ? "failed" : article.failureReason;
        Optional<String> refusal = find(locale, "media-refused-" + reason);
        Optional<String> known = refusal.isPresent() ? refusal : JobFailure.findSentence(reason, locale);
        return new MediaView.FailureView(
                reason,
                known.orElseGet(() -> Sentences.of(locale, "media-failed", List.of())),
                known.isPresent() || article.failure.isBlank() ? null : article.failure);
    }

    private static Optional<String> find(Locale locale, String key) {
        try {
            return Optional.of(Sentences.of(locale, key, List.of()));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
