package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.jobs.JobEvent;
import io.regie.core.jobs.JobState;
import io.regie.core.storage.Storage;
import io.regie.core.storage.Stored;
import io.regie.spi.FailureKind;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.testkit.Clips;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class RecordingArticlesTest {

    @Inject
    RecordingArticles recordings;

    @Inject
    MediaArticles articles;

    @Inject
    Attachments attachments;

    @Inject
    Storage storage;

    @Inject
    Event<JobEvent> events;

    @TempDir
    Path folder;

    private final UUID owner = UUID.randomUUID();
    private final UUID job = UUID.randomUUID();
    private UUID article;

    @BeforeEach
    void beginRecording() {
        article = QuarkusTransaction.requiringNew().call(() -> {
            UUID begun = recordings.begin(owner, "Front door");
            recordings.recordedBy(begun, job);
            return begun;
        });
    }

    @Test
    void isProcessingWhileItIsRecorded() {
        publish("part-0001");

        MediaArticle now = article().orElseThrow();
        assertThat(now.state).isEqualTo(ArticleState.PROCESSING);
        assertThat(now.owner).isEqualTo(owner);
        assertThat(now.title).isEqualTo("Front door");
        assertThat(now.originalKey).isNull();
        assertThat(now.recordedAt).isNull();
        assertThat(recordings.delete(article)).as("deleted while it runs").isFalse();
        assertThat(parts()).hasSize(1);
    }

    @Test
    void runsAgainWhenRetried() {
        end(JobState.FAILED, List.of(), new JobEvent.Failure(FailureKind.EXTERNAL, null, "Gone."));
        assertThat(article().orElseThrow().recordedAt).isNotNull();

        fire(new JobEvent.JobRetried(subject()));
        assertThat(article().orElseThrow().recordedAt).isNull();
        assertThat(recordings.delete(article)).isFalse();

        end(JobState.FAILED, List.of(), new JobEvent.Failure(FailureKind.EXTERNAL, null, "Gone."));
        assertThat(recordings.delete(article)).isTrue();
        assertThat(article()).isEmpty();
    }

    @Test
    void playsWhatTheRecordingEndedWithAndForgetsTheParts() throws IOException {
        String part = publish("part-0001");
        Stored whole = storage.take(Clips.standard(folder), "mp4");
        Output output = Output.newArticle("recording", Path.of("/w/recording.mp4"), OutputRole.RECORDING, "video/mp4");

        end(JobState.STOPPED, List.of(new JobEvent.Published(output, whole)), null);

        await().atMost(Duration.ofSeconds(60)).until(() -> article().orElseThrow().state == ArticleState.READY);
        MediaArticle now = article().orElseThrow();
        assertThat(now.originalKey).isEqualTo(whole.key());
        assertThat(now.title).isEqualTo("Front door");
        assertThat(now.playable).isTrue();
        assertThat(now.recordedAt).isNotNull();
        assertThat(parts()).isEmpty();
        await().until(() -> !storage.exists(part));
        assertThat(storage.exists(whole.key())).isTrue();
    }

    @Test
    void leavesNothingOfCancelledRecording() {
        String part = publish("part-0001");

        end(JobState.CANCELLED, List.of(), null);

        assertThat(article()).isEmpty();
        await().until(() -> !storage.exists(part));
    }

    @Test
    void keepsPartsOfRecordingThatFailed() {
        String part = publish("part-0001");

        end(JobState.FAILED, List.of(), new JobEvent.Failure(FailureKind.RESOURCES, null, "The disk is full."));

        MediaArticle now = article().orElseThrow();
        assertThat(now.state).isEqualTo(ArticleState.FAILED);
        assertThat(now.failure).isEqualTo("The disk is full.");
        assertThat(parts()).hasSize(1);
        assertThat(storage.exists(part)).isTrue();
    }

    private String publish(String name) {
        Stored stored;
        try {
            stored = storage.copy(Files.writeString(folder.resolve(name), name), "mp4");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Output output = Output.attachment(name, folder.resolve(name), OutputRole.RECORDING, "video/mp4", 320, 180);
        fire(new JobEvent.OutputPublished(subject(), output, stored));
        return stored.key();
    }

    private void end(JobState state, List<JobEvent.Published> outputs, JobEvent.Failure failure) {
        fire(new JobEvent.JobFinished(subject(), state, outputs, Map.of(), null, failure));
    }

    private void fire(JobEvent event) {
        QuarkusTransaction.requiringNew().run(() -> events.fire(event));
    }

    private JobEvent.Subject subject() {
        return new JobEvent.Subject(job, 1, "recording.record", article, owner, owner);
    }

    private Optional<MediaArticle> article() {
        return QuarkusTransaction.requiringNew().call(() -> articles.findByIdOptional(article));
    }

    private List<Attachment> parts() {
        return QuarkusTransaction.requiringNew()
                .call(() -> attachments.list("article = ?1 and role = ?2", article, OutputRole.RECORDING));
    }
}
