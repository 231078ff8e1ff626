package io.regie.core.uploads;

import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.storage.Stored;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All bytes of an upload are durable in storage. Fired inside the transaction that marks the upload finished; whoever
 * makes an article of it answers with {@link #accept}. Firing it twice for one upload must make one article.
 */
public final class UploadFinished {

    private final Upload upload;
    private @Nullable UUID article;
    private @Nullable CompletionStage<Void> verdict;
    private Runnable refusalTold = () -> {};

    /**
     * What was uploaded.
     *
     * @param mediaType from magic bytes; {@code application/octet-stream} where they say nothing, only of what goes with
     *     an article
     * @param title as the uploader gave it, null to derive one
     * @param licence a code as the uploader gave it, whether or not there is such a licence
     * @param replaces the article that is to have this file instead of its own, null for a new one
     * @param annexOf the article that this file is to go with, null for one that becomes media
     */
    public record Upload(
            UUID id,
            UUID owner,
            String filename,
            String mediaType,
            Stored file,
            @Nullable String title,
            Visibility visibility,
            @Nullable String licence,
            @Nullable UUID replaces,
            @Nullable UUID annexOf) {}

    public UploadFinished(Upload upload) {
        this.upload = upload;
    }

    public Upload upload() {
        return upload;
    }

    /**
     * @param article the article that now exists as processing
     * @param verdict completes when the probe accepted the file; completes with a {@link ProblemException} when it was
     *     refused, and then article and file are gone
     */
    public void accept(UUID article, CompletionStage<Void> verdict) {
        accept(article, verdict, () -> {});
    }

    /** @param refusalTold runs when the uploader hears of a refusal: nobody needs to find it in the article any more */
    public void accept(UUID article, CompletionStage<Void> verdict, Runnable refusalTold) {
        this.article = article;
        this.verdict = verdict;
        this.refusalTold = refusalTold;
    }

    /** Calls back when the file is refused, however late. */
    void whenRefused(Consumer<ProblemException> listener) {
        if (verdict == null) {
            return;
        }
        verdict.whenComplete((accepted, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof ProblemException refusal) {
                listener.accept(refusal);
            }
        });
    }

    /** The article, once somebody accepted. */
    public UUID article() {
        if (article == null) {
            throw new IllegalStateException("Nobody accepted upload " + upload.id());
        }
        return article;
    }

    /**
     * Waits for the verdict, but not for ever: what is undecided by then shows in the article.
     *
     * @throws ProblemException when the file was refused
     */
    public void awaitVerdict(Duration patience) throws InterruptedException {
        if (verdict == null) {
            return;
        }
        try {
            verdict.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException undecided) {
            // The article says processing; the verdict will show there.
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                refusalTold.run();
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
