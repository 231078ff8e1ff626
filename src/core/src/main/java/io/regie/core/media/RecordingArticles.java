package io.regie.core.media;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/**
 * Articles of recordings: there before their file is, so that a recording can be watched while it runs. Calls join the
 * caller's transaction.
 */
@ApplicationScoped
public class RecordingArticles {

    private final Intake intake;
    private final EssentialJobs essentials;

    RecordingArticles(Intake intake, EssentialJobs essentials) {
        this.intake = intake;
        this.essentials = essentials;
    }

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
}
