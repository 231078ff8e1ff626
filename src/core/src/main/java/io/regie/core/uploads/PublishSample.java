package io.regie.core.uploads;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.accounts.SiteOpened;
import io.regie.core.settings.Installation;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.uploads.UploadLocks.Lease;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives a new site its first article, the way everybody's files take. The wish is kept in a setting with the setup
 * itself, and the upload has one id for ever, so whenever the server dies it goes on after the next start, and two nodes
 * make one article.
 */
@Singleton
class PublishSample {

    static final Setting<String> WISH = Setting.text("uploads.sample", "");

    private static final System.Logger LOG = System.getLogger(PublishSample.class.getName());
    /** Whoever tries things out may do with the clip what they like. */
    private static final String LICENCE =
            "licence " + Base64.getEncoder().encodeToString("CC0-1.0".getBytes(StandardCharsets.UTF_8));

    private static final int BLOCK = 64 << 10;

    private final Path file;
    private final UploadService service;
    private final Uploads uploads;
    private final UploadFiles files;
    private final UploadLocks locks;
    private final SettingsService settings;
    private final Vertx vertx;

    @Inject
    PublishSample(
            Installation installation,
            UploadService service,
            Uploads uploads,
            UploadFiles files,
            UploadLocks locks,
            SettingsService settings,
            Vertx vertx) {
        this.file = installation.bundled().resolve("sample").resolve("slow-waves.mp4");
        this.service = service;
        this.uploads = uploads;
        this.files = files;
        this.locks = locks;
        this.settings = settings;
        this.vertx = vertx;
    }

    void remember(@Observes SiteOpened opened) {
        if (opened.sampleContent()) {
            settings.set(WISH, opened.administrator() + " " + opened.language().toLanguageTag());
        }
    }

    void opened(@Observes(during = TransactionPhase.AFTER_SUCCESS) SiteOpened opened) {
        if (opened.sampleContent()) {
            runSoon();
        }
    }

    void start(@Observes StartupEvent started) {
        runSoon();
    }

    /** Not on a managed executor, which would take the setup's transaction along. */
    private void runSoon() {
        vertx.executeBlocking(
                        () -> {
                            run();
                            return null;
                        },
                        false)
                .onFailure(failure -> LOG.log(System.Logger.Level.ERROR, "The sample could not be published", failure));
    }

    private void run() {
        String[] wish = settings.get(WISH).split(" ");
        if (wish.length != 2) {
            return;
        }
        UUID owner = UUID.fromString(wish[0]);
        UUID id = UUID.nameUUIDFromBytes(("sample of " + owner).getBytes(StandardCharsets.UTF_8));
        locks.acquire(id, UploadLocks.Takeover.IF_STUCK)
                .thenAccept(lease -> publish(lease, id, owner, Locale.forLanguageTag(wish[1])));
    }

    private void publish(Lease lease, UUID id, UUID owner, Locale language) {
        try (lease) {
            UploadRow row = begin(id, owner, language);
            if (row.receiving()) {
                service.finish(receive(row));
            }
            settings.set(WISH, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // The next start tries again.
            LOG.log(System.Logger.Level.ERROR, "The sample could not be published", e);
        }
    }

    private UploadRow begin(UUID id, UUID owner, Locale language) throws IOException {
        Optional<UploadRow> begun = uploads.find(id);
        if (begun.isPresent()) {
            return begun.get();
        }
        // Left by a crash before its row was written.
        files.delete(id);
        SampleMessages words = MessageBundles.get(SampleMessages.class, Localized.Literal.of(language.toLanguageTag()));
        Caller caller = new Caller(owner, Role.ADMIN, Set.of(Scope.EVERYTHING), Caller.Via.NOTHING);
        UploadMetadata metadata = new UploadMetadata(
                LICENCE, file.getFileName().toString(), words.title(), Optional.of(Visibility.PUBLIC));
        return service.begin(id, caller, metadata, Files.size(file));
    }

    private UploadRow receive(UploadRow row) throws IOException {
        try (GrowingFile growing = service.open(row, 0, null);
                InputStream bytes = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            for (int count = bytes.read(block); count >= 0; count = bytes.read(block)) {
                growing.append(block, count);
            }
            return service.keep(row, growing);
        }
    }
}
