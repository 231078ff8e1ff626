package io.regie.core.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.categories.CategoryTree;
import io.regie.core.media.AnnexView;
import io.regie.core.media.CaptionView;
import io.regie.core.media.Chapter;
import io.regie.core.media.Licence;
import io.regie.core.media.MediaView;
import io.regie.core.media.MediaView.Original;
import io.regie.core.richtext.RichDocument;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media articles as templates see them. */
record ArticleModel(Wording wording) {

    /** For lists. Public facts only, whoever looks. */
    Map<String, @Nullable Object> card(MediaView view) {
        Map<String, @Nullable Object> card = new LinkedHashMap<>();
        card.put("title", view.title());
        card.put("url", view.watchUrl());
        card.put("kind", view.kind());
        card.put("poster", view.posterUrl());
        card.put("posterSet", view.posterSet());
        card.put("preview", view.previewUrl());
        card.put("duration", view.durationSeconds() == null ? null : Wording.duration(view.durationSeconds()));
        card.put("processing", view.state().equals("processing") && !view.playable());
        Instant published = view.publishedAt() == null ? view.createdAt() : view.publishedAt();
        card.put("published", wording.date(published));
        card.put("publishedIso", published.toString());
        return card;
    }

    List<Map<String, @Nullable Object>> cards(List<MediaView> views) {
        return views.stream()
                .filter(view -> !view.state().equals("failed"))
                .map(this::card)
                .toList();
    }

    /** For the watch page. */
    Map<String, @Nullable Object> watch(MediaView view, CategoryTree tree, Caller caller) {
        Map<String, @Nullable Object> media = card(view);
        boolean processing = view.state().equals("processing");
        boolean failed = view.state().equals("failed") && !view.playable();
        boolean maker = Authorization.may(caller, Action.EDIT, view.guarded());
        media.put("visibility", view.visibility());
        media.put("publication", view.publication());
        media.put("language", view.language());
        RichDocument text = view.text();
        media.put("description", text == null ? null : text.html());
        Licence terms = view.terms();
        media.put("licence", terms == null ? null : terms.name(wording.locale()));
        media.put("licenceUrl", terms == null ? null : terms.address().orElse(null));
        media.put(
                "credits",
                view.credits().stream()
                        .map(credit -> Map.of("role", credit.role(), "name", credit.name()))
                        .toList());
        media.put(
                "categories",
                view.categories().stream()
                        .map(category -> Map.of(
                                "name",
                                category.name(),
                                "url",
                                category.url(),
                                "path",
                                CategoryModel.above(tree, category.id())))
                        .toList());
        media.put("edit", maker ? "/studio/media/" + view.id() : null);
        media.put("processing", processing);
        media.put("failed", failed);
        // Why is for whoever can do something about it.
        media.put("failure", maker && view.failure() != null ? failure(view.failure()) : null);
        media.put("playable", view.playable() && view.hlsUrl() != null);
        media.put("needsScript", view.playable() || processing);
        media.put("hls", view.hlsUrl());
        media.put("progressive", view.progressiveUrl());
        media.put("storyboard", view.storyboardUrl());
        List<Map<String, @Nullable Object>> captions = captions(view);
        List<Map<String, @Nullable Object>> chapters = chapters(view);
        media.put("captions", captions);
        media.put("chapters", chapters);
        media.put("chapterTrack", chapters.isEmpty() ? null : view.chaptersUrl());
        media.put("hasText", !captions.isEmpty() || !chapters.isEmpty());
        media.put("download", view.downloadUrl());
        media.put(
                "signInToDownload",
                view.signInToDownload() ? "/sign-in?next=" + URLEncoder.encode(view.watchUrl(), UTF_8) : null);
        media.put("files", files(view));
        media.put("seconds", view.durationSeconds() == null ? null : String.valueOf(view.durationSeconds()));
        media.put("resolution", resolution(view.original()));
        media.put("original", view.original().url());
        media.put("api", "/api/v1/media/" + view.id());
        return media;
    }

    /** Those that say something. */
    private static List<Map<String, @Nullable Object>> captions(MediaView view) {
        List<Map<String, @Nullable Object>> tracks = new ArrayList<>();
        for (CaptionView track : view.captions() == null ? List.<CaptionView>of() : view.captions()) {
            if (track.cues() > 0) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("kind", track.kind());
                one.put("language", track.language());
                one.put("label", track.label());
                one.put("url", track.url());
                one.put("standard", track.standard());
                tracks.add(one);
            }
        }
        return tracks;
    }

    private static List<Map<String, @Nullable Object>> chapters(MediaView view) {
        List<Map<String, @Nullable Object>> chapters = new ArrayList<>();
        for (Chapter chapter : view.chapters() == null ? List.<Chapter>of() : view.chapters()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put(
                    "seconds",
                    BigDecimal.valueOf(chapter.start()).stripTrailingZeros().toPlainString());
            one.put("time", Wording.duration(chapter.start()));
            one.put("title", chapter.title());
            chapters.add(one);
        }
        return chapters;
    }

    /** Those that this reader may have, or would with an account. */
    private List<Map<String, @Nullable Object>> files(MediaView view) {
        List<Map<String, @Nullable Object>> files = new ArrayList<>();
        for (AnnexView annex : view.annexes() == null ? List.<AnnexView>of() : view.annexes()) {
            if (annex.url() != null || view.signInToDownload()) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("title", annex.title());
                one.put("name", annex.filename());
                one.put("size", wording.size(annex.bytes()));
                one.put("url", annex.url());
                files.add(one);
            }
        }
        return files;
    }

    private static @Nullable String resolution(Original original) {
        return original.width() == null || original.height() == null
                ? null
                : original.width() + " × " + original.height();
    }

    /** What a plugin said, in the one language it says it in, follows what readers are told in theirs. */
    private static String failure(MediaView.FailureView failure) {
        return failure.said() == null ? failure.detail() : failure.detail() + " " + failure.said();
    }
}
