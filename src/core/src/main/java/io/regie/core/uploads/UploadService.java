package io.regie.core.uploads;

import io.quarkus.arc.All;
import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.storage.MediaTypes;
import io.regie.core.storage.Storage;
import io.regie.core.storage.Stored;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of an upload. Methods that take a row expect their caller to hold its lock. Completion, in steps that can
 * each be the last before a crash:
 *
 * <ol>
 *   <li>all bytes are durable in the upload's file and acknowledged in its row;
 *   <li>storage publishes them under a second name of the same file: a crash now leaves a file that the sweeper deletes
 *       and an upload that is finished again, from here;
 *   <li>one transaction marks the row finished and makes the article;
 *   <li>the upload's file goes: a crash before leaves it to {@link DeleteExpiredUploads}.
 * </ol>
 */
@Singleton
class UploadService {

    /** Of files that nobody is to open by what they are called. */
    private static final String PLAIN = "bin";

    private final Uploads uploads;
    private final UploadFiles files;
    private final Storage storage;
    private final HandOver handOver;
    private final Quotas quotas;
    private final List<OwnedMedia> media;
    private final UploadConfig config;
    private final InstantSource clock;

    @Inject
    UploadService(
            Uploads uploads,
            UploadFiles files,
            Storage storage,
            HandOver handOver,
            Quotas quotas,
            @All List<OwnedMedia> media,
            UploadConfig config,
            InstantSource clock) {
        this.uploads = uploads;
        this.files = files;
        this.storage = storage;
        this.handOver = handOver;
        this.quotas = quotas;
        this.media = media;
        this.config = config;
        this.clock = clock;
    }

    /** @param length null when it will be declared later */
    UploadRow begin(Caller caller, UploadMetadata metadata, @Nullable Long length) throws IOException {
        return begin(UUID.randomUUID(), caller, metadata, length);
    }

    /** @param id new */
    UploadRow begin(UUID id, Caller caller, UploadMetadata metadata, @Nullable Long length) throws IOException {
        if (!caller.role().atLeast(Role.CONTRIBUTOR)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "uploads.not-allowed");
        }
        requireTarget(caller, metadata.header());
        long largest = largest(metadata.header());
        requireAcceptable(length == null ? 0 : length, largest);
        UploadDraft draft = new UploadDraft(
                owner(caller), metadata, metadata.visibility().orElse(config.defaultVisibility()), length);
        files.create(id);
        try {
            return uploads.insert(
                    id,
                    draft,
                    clock.instant(),
                    expires(),
                    unfinished -> reserve(draft.owner(), length, largest, unfinished));
        } catch (RuntimeException e) {
            files.delete(id);
            throw e;
        }
    }

    /** What is for an article that is there already must be welcome there. */
    private void requireTarget(Caller caller, @Nullable String metadata) {
        Optional<UUID> replaced = UploadMetadata.replaces(metadata);
        Optional<UUID> joined = UploadMetadata.annexOf(metadata);
        if (replaced.isPresent() && joined.isPresent()) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.metadata-malformed");
        }
        for (OwnedMedia articles : media) {
            replaced.ifPresent(article -> articles.requireReplaceable(caller, article));
            joined.ifPresent(article -> articles.requireRoomForAnnex(caller, article));
        }
    }

    /** The most bytes that an upload may have. */
    private long largest(@Nullable String metadata) {
        long largest = config.maxSize().asLongValue();
        return UploadMetadata.annexOf(metadata).isEmpty()
                ? largest
                : media.stream().mapToLong(OwnedMedia::largestAnnex).reduce(largest, Math::min);
    }

    private void requireAcceptable(long length, long largest) throws IOException {
        if (length > largest) {
            throw tooLarge(largest);
        }
        files.requireRoomFor(length);
    }

    private long reserve(UUID owner, @Nullable Long length, long largest, Uploads.Unfinished unfinished) {
        if (unfinished.count() >= config.maxUnfinished()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS, "uploads.too-many-unfinished", config.maxUnfinished());
        }
        long left = quotas.find(owner, unfinished.reserved()).map(Quota::left).orElse(Long.MAX_VALUE);
        if (length == null) {
            return Math.min(left, largest);
        }
        if (length > left) {
            throw overQuota();
        }
        return length;
    }

    private static ProblemException tooLarge(long largest) {
        return new ProblemException(ProblemType.TOO_LARGE, "uploads.too-large", largest);
    }

    private static ProblemException overQuota() {
        return new ProblemException(ProblemType.TOO_LARGE, "uploads.quota");
    }

    /** What the caller began and did not end. */
    List<UploadRow> unfinished(Caller caller) {
        return uploads.unfinished(owner(caller), clock.instant());
    }

    /** An article that the caller made of a file like this one. @param sha256 null while nobody computed it */
    Optional<UUID> findDuplicate(Caller caller, String filename, long bytes, @Nullable String sha256) {
        UUID owner = owner(caller);
        return media.stream()
                .flatMap(articles -> (sha256 == null
                                ? articles.findByName(owner, filename, bytes)
                                : articles.findByOriginal(owner, sha256))
                        .stream())
                .findFirst();
    }

    /** Only its owner's; to everybody else it does not exist. */
    UploadRow require(Caller caller, UUID id) {
        UploadRow row = uploads.find(id)
                .filter(found -> found.owner().equals(caller.account()))
                .orElseThrow(ProblemException::notFound);
        if (row.receiving() && row.expires().isBefore(clock.instant())) {
            throw new ProblemException(ProblemType.GONE, "uploads.gone");
        }
        return row;
    }

    UploadRow declareLength(UploadRow row, long length, long offset) throws IOException {
        if (row.length() != null) {
            if (row.length() == length) {
                return row;
            }
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.length-declared");
        }
        if (length < offset) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.length-below-offset");
        }
        long largest = largest(row.metadata());
        requireAcceptable(length - offset, largest);
        if (length > row.reserved()) {
            throw length > largest ? tooLarge(largest) : overQuota();
        }
        uploads.declareLength(row.id(), length);
        return uploads.find(row.id()).orElseThrow(ProblemException::notFound);
    }

    long offset(UploadRow row) throws IOException {
        return row.receiving() ? files.offset(row) : row.acknowledged();
    }

    /** @param part hashes this request's bytes for a checksum; until that is compared they do not count */
    GrowingFile open(UploadRow row, long offset, @Nullable MessageDigest part) throws IOException {
        if (!uploads.begin(row.id(), part == null ? files.boot() : null)) {
            throw ProblemException.notFound();
        }
        return files.open(row.id(), offset, part);
    }

    /** Makes what arrived durable and says so. */
    UploadRow keep(UploadRow row, GrowingFile file) throws IOException {
        try {
            file.sync();
        } catch (IOException e) {
            // What the kernel could not write it has dropped: the client must send it again.
            file.undo();
            uploads.acknowledge(row.id(), file.size(), expires());
            throw e;
        }
        files.remember(row.id(), file);
        return acknowledge(row, file);
    }

    UploadRow drop(UploadRow row, GrowingFile file) throws IOException {
        file.undo();
        return acknowledge(row, file);
    }

    private UploadRow acknowledge(UploadRow row, GrowingFile file) {
        if (!uploads.acknowledge(row.id(), file.size(), expires())) {
            throw ProblemException.notFound();
        }
        return uploads.find(row.id()).orElseThrow(ProblemException::notFound);
    }

    /** Gives a complete upload its outcome; one that has it keeps it. */
    UploadRow finish(UploadRow row) throws IOException, InterruptedException {
        if (!row.receiving()) {
            return row;
        }
        UUID annexOf = UploadMetadata.annexOf(row.metadata()).orElse(null);
        Optional<MagicBytes> magic = MagicBytes.of(files.path(row.id()));
        if (magic.isEmpty() && annexOf == null) {
            return refuse(row, new ProblemException(ProblemType.UNSUPPORTED_TYPE, "uploads.type-unknown"));
        }
        Stored stored;
        try {
            // What goes with an article is never served as what it is.
            stored = publish(row, annexOf == null ? magic.orElseThrow().extension() : PLAIN);
        } catch (SyncFailedException e) {
            // The disk lost bytes that share their blocks with ours: only sending them again helps.
            terminate(row);
            throw e;
        }
        Optional<UUID> duplicate = media.stream()
                .filter(articles -> annexOf == null)
                .flatMap(articles -> articles.findByOriginal(row.owner(), stored.sha256()).stream())
                .findFirst();
        UploadFinished finished;
        try {
            finished = handOver.commit(
                    new UploadFinished.Upload(
                            row.id(),
                            row.owner(),
                            row.filename(),
                            magic.map(MagicBytes::mediaType).orElse(MediaTypes.UNKNOWN),
                            stored,
                            row.title(),
                            row.visibility(),
                            UploadMetadata.licence(row.metadata()),
                            UploadMetadata.replaces(row.metadata()).orElse(null),
                            annexOf),
                    duplicate.orElse(null),
                    expires());
        } catch (ProblemException refusal) {
            // Nothing else may delete here: of any other failure we do not know whether it came after the commit.
            storage.delete(stored.key());
            return refuse(row, refusal);
        }
        files.delete(row.id());
        finished.whenRefused(refusal -> uploads.refuse(row.id(), refusal, expires()));
        try {
            finished.awaitVerdict(config.verdictPatience());
        } catch (ProblemException refusal) {
            return refuse(row, refusal);
        }
        return uploads.find(row.id()).orElseThrow(ProblemException::notFound);
    }

    private Stored publish(UploadRow row, String extension) throws IOException {
        Path file = files.secondName(row.id());
        Optional<String> hash = files.hash(row.id(), row.acknowledged());
        return hash.isPresent() ? storage.take(file, extension, hash.get()) : storage.take(file, extension);
    }

    private UploadRow refuse(UploadRow row, ProblemException refusal) throws IOException {
        uploads.refuse(row.id(), refusal, expires());
        files.delete(row.id());
        return uploads.find(row.id()).orElseThrow(ProblemException::notFound);
    }

    /** Ends an upload. What became of a finished one is no longer its business. */
    void terminate(UploadRow row) throws IOException {
        uploads.delete(row.id());
        files.delete(row.id());
    }

    private Instant expires() {
        return clock.instant().plus(config.expiry());
    }

    private static UUID owner(Caller caller) {
        if (caller.account() == null) {
            throw ProblemException.notFound();
        }
        return caller.account();
    }
}
