package io.regie.core.media;

import io.regie.spi.MediaKind;
import io.regie.spi.TrackKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether an article is playable, ready or failed. */
@ApplicationScoped
class Readiness {

    /** With fewer, players stall before they measured anything. */
    static final int ENOUGH_SEGMENTS = 3;

    private final Renditions renditions;
    private final UploadJobs uploadJobs;
    private final Event<MediaSettled> settled;

    Readiness(Renditions renditions, UploadJobs uploadJobs, Event<MediaSettled> settled) {
        this.renditions = renditions;
        this.uploadJobs = uploadJobs;
        this.settled = settled;
    }

    /** Sets state and playability from what is there; the row is locked. @return whether either changed */
    boolean settle(MediaArticle article) {
        ArticleState state = article.state;
        boolean playable = article.playable;
        boolean waiting = uploadJobs.waiting(article);
        article.playable = plays(article, waiting);
        if (waiting) {
            article.state = ArticleState.PROCESSING;
        } else {
            boolean nothingToPlay = article.kind == MediaKind.IMAGE || article.kind == MediaKind.DOCUMENT;
            boolean usable = article.playable || (nothingToPlay && article.originalKey != null);
            article.state = usable ? ArticleState.READY : ArticleState.FAILED;
            if (article.state == ArticleState.FAILED && article.failure == null) {
                failed(article, "not-playable", "No job made anything playable of this file.");
            }
        }
        if (state == ArticleState.PROCESSING && article.state != state) {
            boolean ready = article.state == ArticleState.READY;
            settled.fire(new MediaSettled(article.id, article.owner, article.title, ready));
        }
        return state != article.state || playable != article.playable;
    }

    /** Keeps why, or forgets it when there is nothing to say any more. */
    void failed(MediaArticle article, @Nullable String reason, @Nullable String sentence) {
        article.failureReason = reason;
        article.failure = sentence;
    }

    /** Whether a rendition can stand in a manifest: three segments, or all there are. */
    boolean listable(RenditionRow row) {
        return row.state != RenditionRow.State.GROWING || renditions.segmentCount(row) >= ENOUGH_SEGMENTS;
    }

    private boolean plays(MediaArticle article, boolean waiting) {
        List<RenditionRow> listable =
                renditions.current(article.id).stream().filter(this::listable).toList();
        boolean video = listable.stream().anyMatch(row -> row.track == TrackKind.VIDEO);
        boolean audio = listable.stream().anyMatch(row -> row.track == TrackKind.AUDIO);
        if (article.kind == MediaKind.AUDIO) {
            return audio;
        }
        boolean silent =
                article.originalInfo == null || article.originalInfo.audio().isEmpty();
        // While its sound may still come, a silent picture would be a wrong promise.
        return video && (audio || silent || !waiting);
    }
}
