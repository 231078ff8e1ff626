package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.core.jobs.JobDraft;
import io.regie.core.jobs.JobQueue;
import io.regie.core.plugins.JobTypes;
import io.regie.spi.JobType;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Resources;
import io.regie.spi.Trigger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadJobsTest {

    private static final JobType COPY =
            JobType.essentialOnUpload("film.copy", "", Set.of(MediaKind.VIDEO), Resources.light());
    private static final JobType LADDER =
            JobType.essentialOnUpload("film.ladder", "", Set.of(MediaKind.VIDEO), Resources.heavy());
    private static final JobType LOOP = new JobType(
            "loop.make", "", Set.of(MediaKind.VIDEO), Trigger.UPLOADED, false, false, List.of(), Resources.light());

    private final MediaArticle article = new MediaArticle();
    private final List<JobType> installed = new ArrayList<>(List.of(LOOP, LADDER, COPY));
    private final Queue queue = new Queue();
    private final Running running = new Running();
    private UploadJobs uploadJobs;

    @BeforeEach
    void anUploadedFilm() {
        article.id = UUID.randomUUID();
        article.kind = MediaKind.VIDEO;
        article.title = "Film";
        article.owner = UUID.randomUUID();
        article.originalKey = "key";
        article.originalInfo = new MediaInfo(MediaKind.VIDEO, "mp4", "video/mp4", 3, null, 0, List.of(), Map.of());
        JobTypes types = new Installed();
        uploadJobs = new UploadJobs(types, new Actions(types), running, queue);
    }

    @Test
    void startsWithWhatNeedsLittleOfAProcessor() {
        assertThat(uploadJobs.begin(article)).isTrue();

        assertThat(queue.submitted).containsExactly("film.copy");
        assertThat(uploadJobs.waiting(article)).isTrue();
    }

    @Test
    void encodesAsSoonAsTheArticlePlays() {
        uploadJobs.begin(article);
        uploadJobs.proceed(article);
        assertThat(queue.submitted).containsExactly("film.copy");

        article.playable = true;
        uploadJobs.proceed(article);

        assertThat(queue.submitted).containsExactly("film.copy", "film.ladder");
    }

    @Test
    void encodesWhenTheFirstEndedWithoutMakingItPlay() {
        uploadJobs.begin(article);
        running.jobs.clear();
        assertThat(uploadJobs.waiting(article)).as("for what has not started").isTrue();

        uploadJobs.proceed(article);

        assertThat(queue.submitted).containsExactly("film.copy", "film.ladder");
        assertThat(uploadJobs.waiting(article)).isTrue();
    }

    @Test
    void addsToAnArticleOnlyWhenItIsReady() {
        uploadJobs.begin(article);
        article.playable = true;
        uploadJobs.proceed(article);
        uploadJobs.proceed(article);
        assertThat(queue.submitted).doesNotContain("loop.make");

        running.jobs.clear();
        assertThat(uploadJobs.waiting(article)).as("for what only adds to it").isFalse();
        uploadJobs.proceed(article);
        uploadJobs.proceed(article);

        assertThat(queue.submitted).containsExactly("film.copy", "film.ladder", "loop.make");
        assertThat(running.jobs).isEmpty();
    }

    @Test
    void startsAtOnceWhatNothingComesBefore() {
        installed.removeAll(List.of(COPY, LADDER));
        uploadJobs.begin(article);
        assertThat(queue.submitted).containsExactly("loop.make");
    }

    @Test
    void waitsForNothingOfAPluginThatIsGone() {
        uploadJobs.begin(article);
        running.jobs.clear();
        installed.remove(LADDER);

        assertThat(uploadJobs.waiting(article)).isFalse();
        uploadJobs.proceed(article);
        assertThat(queue.submitted).containsExactly("film.copy", "loop.make");
    }

    @Test
    void startsNothingOfAnOriginalThatIsGone() {
        uploadJobs.begin(article);
        running.jobs.clear();
        article.originalKey = null;

        uploadJobs.proceed(article);
        uploadJobs.proceed(article);

        assertThat(queue.submitted).containsExactly("film.copy");
        assertThat(article.upcoming).isEmpty();
    }

    private static final class Queue implements JobQueue {
        final List<String> submitted = new ArrayList<>();

        @Override
        public UUID submit(JobDraft draft) {
            submitted.add(draft.type());
            return UUID.randomUUID();
        }

        @Override
        public void stop(UUID job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancelAllAbout(UUID subject) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Running extends EssentialJobs {
        final Set<UUID> jobs = new HashSet<>();

        @Override
        void add(UUID job, UUID article) {
            jobs.add(job);
        }

        @Override
        boolean waiting(UUID article) {
            return !jobs.isEmpty();
        }
    }

    private final class Installed implements JobTypes {

        @Override
        public Optional<JobType> find(String id) {
            return installed.stream().filter(type -> type.id().equals(id)).findFirst();
        }

        @Override
        public List<JobType> startedBy(Trigger trigger, MediaKind kind) {
            return List.copyOf(installed);
        }

        @Override
        public List<JobType> startedBy(Trigger trigger) {
            return List.copyOf(installed);
        }

        @Override
        public String text(String typeId, String key, Locale locale) {
            return key;
        }

        @Override
        public Path jarOf(String typeId) {
            throw new UnsupportedOperationException();
        }
    }
}
