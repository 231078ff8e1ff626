package io.regie.core.media;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Articles of recordings: there before their file is, so that a recording can be watched while it runs. Calls join the
 * caller's transaction.
 */
@ApplicationScoped
public class RecordingArticles {

    private final Intake intake;
    private final EssentialJobs essentials;
    private final MediaArticles articles;
    private final MediaService service;

    RecordingArticles(Intake intake, EssentialJobs essentials, MediaArticles articles, MediaService service) {
        this.intake = intake;
        this.essentials = essentials;
        this.articles = articles;
        this.service = service;
    }

    /** A recording that is over. @param bytes of its original */
    public record Ended(UUID id, String title, Instant recordedAt, long bytes) {}

    /**
     * Makes the article that a recording will become. The job that records has it as its subject: what grows can be
     * watched, parts are kept with it, and the file that the job ends with becomes its original.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID begin(UUID owner, String title) {
        return intake.beginRecording(owner, title).id;
    }

    /** Says which job records it: until that has ended, the article is processing. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void recordedBy(UUID article, UUID job) {
        essentials.add(job, article);
    }

    /** Those that ended before, the oldest first; without what somebody wants kept, and what lies in the trash. */
    @Transactional
    public List<Ended> endedBefore(Instant time) {
        return articles.recordedBefore(time);
    }

    /**
     * Deletes one for good, at once: the trash gives no room back.
     *
     * @return false when it is gone, wanted or running again
     */
    @Transactional
    public boolean delete(UUID article) {
        return service.deleteRecorded(article);
    }
}
