package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountService;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.uploads.UploadFinished;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Files that go with articles. They arrive as uploads that say {@code annex-of} and are kept as they come: no probe, no
 * job and no page ever opens one. Who may have them follows from the article and its {@link DownloadRule}.
 */
@ApplicationScoped
public class AnnexService {

    private final MediaService media;
    private final Annexes annexes;
    private final Downloads downloads;
    private final AccountService accounts;
    private final Event<FilesReleased> released;
    private final MediaConfig config;
    private final InstantSource clock;

    AnnexService(
            MediaService media,
            Annexes annexes,
            Downloads downloads,
            AccountService accounts,
            Event<FilesReleased> released,
            MediaConfig config,
            InstantSource clock) {
        this.media = media;
        this.annexes = annexes;
        this.downloads = downloads;
        this.accounts = accounts;
        this.released = released;
        this.config = config;
        this.clock = clock;
    }

    /** The most bytes that one may have. */
    public long largest() {
        return config.maxAnnexSize().asLongValue();
    }

    @Transactional
    public List<AnnexView> list(Caller caller, UUID article) {
        MediaArticle about = media.requireReadable(caller, article);
        boolean mayDownload = downloads.may(caller, about);
        return annexes.of(article).stream()
                .map(annex -> AnnexView.of(annex, mayDownload))
                .toList();
    }

    /** Before anything is sent. */
    @Transactional
    void requireRoom(Caller caller, UUID article) {
        requireRoom(media.requireForEdit(caller, article, null));
    }

    private void requireRoom(MediaArticle about) {
        if (about.replaces != null) {
            // It goes once the article it is for has taken its file.
            throw ProblemException.notFound();
        }
        if (annexes.count("article", about.id) >= config.maxAnnexes()) {
            throw new ProblemException(ProblemType.CONFLICT, "media-annex-many", config.maxAnnexes());
        }
    }

    void uploaded(@Observes UploadFinished finished) {
        UploadFinished.Upload upload = finished.upload();
        UUID article = upload.annexOf();
        if (article == null) {
            return;
        }
        if (annexes.findByIdOptional(upload.id()).isEmpty()) {
            add(upload, article);
        }
        finished.accept(article, CompletableFuture.completedFuture(null));
    }

    private void add(UploadFinished.Upload upload, UUID article) {
        MediaArticle about = media.requireForEdit(sender(upload.owner()), article, null);
        requireRoom(about);
        if (upload.file().bytes() == 0) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "media-annex-empty");
        }
        List<Annex> before = annexes.of(article);
        Annex annex = new Annex();
        annex.id = upload.id();
        annex.article = article;
        annex.position = before.isEmpty() ? 0 : before.get(before.size() - 1).position + 1;
        annex.filename = AnnexNames.clean(upload.filename());
        annex.title = title(upload.title() == null ? "" : upload.title(), annex.filename);
        annex.mediaType = upload.mediaType();
        annex.storageKey = upload.file().key();
        annex.sha256 = upload.file().sha256();
        annex.bytes = upload.file().bytes();
        annex.createdAt = clock.instant();
        annexes.persist(annex);
        media.changed(about);
    }

    /** As they are now: whoever began to send it days ago may have lost the right to since. */
    private Caller sender(UUID account) {
        return accounts.find(account)
                .filter(found -> !found.disabled())
                .map(found -> new Caller(
                        found.id(), found.role(), Set.of(Scope.MEDIA_READ, Scope.MEDIA_WRITE), Caller.Via.NOTHING))
                .orElse(Caller.visitor());
    }

    /** @param title empty to have one made of the file's name */
    @Transactional
    public AnnexView rename(Caller caller, UUID article, UUID id, String title) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        Annex annex = require(article, id);
        annex.title = title(title, annex.filename);
        media.changed(about);
        return AnnexView.of(annex, true);
    }

    private static String title(String wanted, String filename) {
        return Titles.clean(wanted).orElseGet(() -> Titles.fromFilename(filename));
    }

    /** @param order all of them */
    @Transactional
    public List<AnnexView> order(Caller caller, UUID article, List<UUID> order) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        List<Annex> all = annexes.of(article);
        Set<UUID> known = new HashSet<>(all.stream().map(annex -> annex.id).toList());
        if (order.size() != known.size() || !known.equals(new HashSet<>(order))) {
            throw new ProblemException(ProblemType.CONFLICT, "media-annex-order");
        }
        all.forEach(annex -> annex.position = order.indexOf(annex.id));
        media.changed(about);
        return all.stream()
                .sorted(Comparator.comparingInt(annex -> annex.position))
                .map(annex -> AnnexView.of(annex, true))
                .toList();
    }

    /** @param places down the list, up where negative; beyond its ends is at its ends */
    @Transactional
    public void move(Caller caller, UUID article, UUID id, int places) {
        media.requireEditable(caller, article);
        List<UUID> order = new ArrayList<>(
                annexes.of(article).stream().map(annex -> annex.id).toList());
        int from = order.indexOf(id);
        if (from < 0) {
            throw ProblemException.notFound();
        }
        order.remove(from);
        order.add(Math.max(0, Math.min(order.size(), from + places)), id);
        order(caller, article, order);
    }

    @Transactional
    public void delete(Caller caller, UUID article, UUID id) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        Annex annex = require(article, id);
        annexes.delete(annex);
        released.fire(new FilesReleased(List.of(annex.storageKey)));
        media.changed(about);
    }

    private Annex require(UUID article, UUID id) {
        return annexes.find(article, id).orElseThrow(ProblemException::notFound);
    }
}
