package io.regie.core.media;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.storage.MediaTypes;
import io.regie.core.storage.SendFile;
import io.regie.core.storage.ServedFile;
import io.regie.core.storage.ServedFile.Caching;
import io.regie.core.storage.Storage;
import io.regie.core.web.Ids;
import io.regie.spi.MediaKind;
import io.regie.spi.OutputRole;
import io.regie.spi.Segment;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every byte of an article below {@code /media/{id}/}: files, growing files, and the manifests composed from rows. */
@ApplicationScoped
class MediaFiles implements Routes.Contributor {

    private final ArticleGate gate;
    private final CaptionTracks captions;
    private final ChapterLists chapters;
    private final Renditions renditions;
    private final Attachments attachments;
    private final Annexes annexes;
    private final Readiness readiness;
    private final Downloads downloads;
    private final Storage storage;
    private final InstantSource clock;

    MediaFiles(
            ArticleGate gate,
            CaptionTracks captions,
            ChapterLists chapters,
            Renditions renditions,
            Attachments attachments,
            Annexes annexes,
            Readiness readiness,
            Downloads downloads,
            Storage storage,
            InstantSource clock) {
        this.gate = gate;
        this.captions = captions;
        this.chapters = chapters;
        this.renditions = renditions;
        this.attachments = attachments;
        this.annexes = annexes;
        this.readiness = readiness;
        this.downloads = downloads;
        this.storage = storage;
        this.clock = clock;
    }

    /** What one address means; made inside a transaction, sent outside it. */
    private sealed interface Answer {
        record File(ServedFile file) implements Answer {}

        record Text(String body, String mediaType, Guarded guarded) implements Answer {}
    }

    @Override
    public void contribute(Routes routes) {
        get(routes, "/media/:article/master.m3u8", request -> multivariant(article(request)));
        get(routes, "/media/:article/manifest.mpd", request -> dash(article(request)));
        get(
                routes,
                "/media/:article/renditions/:file",
                request -> Addresses.extension(file(request)).equals("mp4")
                        ? whole(request)
                        : rendition(article(request), file(request)));
        get(
                routes,
                "/media/:article/early/:attempt/:file",
                request -> early(article(request), request.pathParam("attempt"), file(request)));
        get(routes, "/media/:article/files/:file", request -> attachment(article(request), request, false));
        get(routes, "/media/:article/downloads/:file", request -> attachment(article(request), request, true));
        get(routes, "/media/:article/annexes/:annex", request -> annex(article(request), request));
        get(routes, "/media/:article/storyboards/:file", request -> storyboard(article(request), file(request)));
        get(
                routes,
                "/media/:article/:original",
                request -> original(article(request), request.pathParam("original"), CurrentCaller.of(request)));
    }

    private void get(Routes routes, String path, Function<RoutingContext, Answer> find) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            routes.addBlocking(method, path, Policy.OPEN, Scope.MEDIA_READ, request -> send(request, find));
        }
    }

    private void send(RoutingContext request, Function<RoutingContext, Answer> find) {
        Answer answer = QuarkusTransaction.requiringNew().call(() -> find.apply(request));
        if (answer instanceof Answer.File file) {
            SendFile.send(request, file.file());
        } else if (answer instanceof Answer.Text text) {
            SendManifest.send(
                    request,
                    text.body(),
                    text.mediaType(),
                    ArticleGate.caching(text.guarded(), Caching.PUBLIC_REVALIDATED));
        }
    }

    private MediaArticle article(RoutingContext request) {
        return gate.require(request);
    }

    private static String file(RoutingContext request) {
        return request.pathParam("file");
    }

    private Answer multivariant(MediaArticle article) {
        List<RenditionRow> rows = listable(article);
        if (!article.playable || rows.isEmpty()) {
            throw ProblemException.notFound();
        }
        return playlist(HlsPlaylists.multivariant(rows, texts(article), Addresses::playlist), article);
    }

    private TextTracks texts(MediaArticle article) {
        return new TextTracks(
                article.id, captions.of(article.id), !chapters.of(article.id).isEmpty());
    }

    private Answer dash(MediaArticle article) {
        List<RenditionRow> finished = renditions.current(article.id).stream()
                .filter(row -> row.state == RenditionRow.State.FINISHED)
                .toList();
        if (!article.playable || finished.isEmpty()) {
            throw ProblemException.notFound();
        }
        String text = DashManifest.compose(
                finished, renditions::segments, Addresses::file, duration(article), texts(article));
        return new Answer.Text(text, "application/dash+xml", article.guarded(clock.instant()));
    }

    private Answer rendition(MediaArticle article, String file) {
        RenditionRow row = Ids.parse(stem(file))
                .flatMap(id -> renditions.find(article.id, id))
                .filter(found -> found.storageKey != null)
                .orElseThrow(ProblemException::notFound);
        if (!Addresses.extension(file).equals("m3u8")) {
            throw ProblemException.notFound();
        }
        return playlist(
                HlsPlaylists.media(Addresses.file(row), row.initialization(), renditions.segments(row), true), article);
    }

    private Answer whole(RoutingContext request) {
        Instant now = clock.instant();
        Renditions.Whole found = Ids.parse(request.pathParam("article"))
                .flatMap(article -> Ids.parse(stem(file(request))).flatMap(id -> renditions.findWhole(article, id)))
                .filter(whole -> whole.gate().allows(Action.READ, CurrentCaller.of(request), now))
                .orElseThrow(ProblemException::notFound);
        Caching caching = ArticleGate.caching(found.gate().guarded(now), Caching.PUBLIC_IMMUTABLE);
        return stored(found.storageKey(), found.bytes(), found.sha256(), caching, null);
    }

    /** Early addresses keep answering the same bytes after the rendition is finished: whoever watches goes on. */
    private Answer early(MediaArticle article, String jobAndAttempt, String file) {
        int dash = jobAndAttempt.lastIndexOf('-');
        if (dash != 36 || !jobAndAttempt.substring(dash + 1).matches("[0-9]{1,9}")) {
            throw ProblemException.notFound();
        }
        int attempt = Integer.parseInt(jobAndAttempt.substring(dash + 1));
        RenditionRow row = Ids.parse(jobAndAttempt.substring(0, dash))
                .flatMap(job -> renditions.findOf(job, attempt, stem(file)))
                .filter(found -> found.article.equals(article.id))
                .orElseThrow(ProblemException::notFound);
        List<Segment> segments = renditions.segments(row);
        if (finishedMeanwhile(row, segments)) {
            renditions.readAgain(row);
            segments = renditions.segments(row);
        }
        boolean growing = row.state == RenditionRow.State.GROWING;
        return switch (Addresses.extension(file)) {
            case "m3u8" ->
                playlist(
                        HlsPlaylists.media(Addresses.earlyFile(row), row.initialization(), segments, !growing),
                        article);
            case "mp4" -> growing ? growing(row, segments) : finished(row, article);
            default -> throw ProblemException.notFound();
        };
    }

    /** Its segments and its file move elsewhere then, one after the other. */
    private static boolean finishedMeanwhile(RenditionRow row, List<Segment> segments) {
        return row.state == RenditionRow.State.GROWING
                && (segments.isEmpty() || row.growingFile == null || !Files.exists(Path.of(row.growingFile)));
    }

    /** Not a byte past the last committed segment: the rest may still be in the making. */
    private static Answer growing(RenditionRow row, List<Segment> segments) {
        if (row.growingFile == null || segments.isEmpty()) {
            throw ProblemException.notFound();
        }
        long visible = segments.get(segments.size() - 1).range().end();
        return new Answer.File(new ServedFile(
                Path.of(row.growingFile), visible, MediaTypes.ofExtension("mp4"), null, Caching.NO_STORE, null));
    }

    private Answer finished(RenditionRow row, MediaArticle article) {
        String key = row.storageKey;
        if (key == null) {
            throw ProblemException.notFound();
        }
        return stored(
                key,
                row.bytes,
                row.sha256,
                ArticleGate.caching(article.guarded(clock.instant()), Caching.NO_STORE),
                null);
    }

    private Answer attachment(MediaArticle article, RoutingContext request, boolean download) {
        Attachment found = find(article, file(request));
        Caching caching = ArticleGate.caching(article.guarded(clock.instant()), Caching.PUBLIC_IMMUTABLE);
        if (found.role == OutputRole.DOWNLOAD) {
            caching = requireDownload(article, request);
        }
        String name = download ? article.title + "." + Addresses.extension(found.storageKey) : null;
        return stored(found.storageKey, found.bytes, found.sha256, caching, name);
    }

    private Answer annex(MediaArticle article, RoutingContext request) {
        Annex found = Ids.parse(request.pathParam("annex"))
                .flatMap(id -> annexes.find(article.id, id))
                .orElseThrow(ProblemException::notFound);
        Caching caching = requireDownload(article, request);
        return stored(found.storageKey, found.bytes, found.sha256, caching, found.filename);
    }

    /** Who may have it can change; what caches of everybody's hold nobody takes back. */
    private Caching requireDownload(MediaArticle article, RoutingContext request) {
        downloads.require(CurrentCaller.of(request), article);
        return downloads.ruleOf(article) == DownloadRule.YES
                ? ArticleGate.caching(article.guarded(clock.instant()), Caching.PUBLIC_REVALIDATED)
                : Caching.PRIVATE_REVALIDATED;
    }

    private Answer storyboard(MediaArticle article, String file) {
        Attachment sheet = find(article, file);
        if (sheet.role != OutputRole.STORYBOARD || sheet.storyboard == null) {
            throw ProblemException.notFound();
        }
        String text = StoryboardTrack.compose(sheet.storyboard, Addresses.attachment(sheet), duration(article));
        return new Answer.Text(text, "text/vtt", article.guarded(clock.instant()));
    }

    private Answer original(MediaArticle article, String file, Caller caller) {
        String key = article.originalKey;
        boolean plays = article.kind == MediaKind.VIDEO || article.kind == MediaKind.AUDIO;
        if (key == null
                || !file.equals("original." + Addresses.extension(key))
                || (plays && !Authorization.may(caller, Action.EDIT, article.guarded(clock.instant())))) {
            throw ProblemException.notFound();
        }
        boolean shown = article.kind == MediaKind.IMAGE && MediaTypes.inline(article.mediaType);
        if (!plays && !shown) {
            downloads.require(caller, article);
        }
        Caching caching = plays || (!shown && downloads.ruleOf(article) != DownloadRule.YES)
                ? Caching.PRIVATE_REVALIDATED
                : ArticleGate.caching(article.guarded(clock.instant()), Caching.PUBLIC_REVALIDATED);
        return stored(key, article.originalBytes, article.originalSha256, caching, shown ? null : article.filename);
    }

    private Attachment find(MediaArticle article, String file) {
        return Ids.parse(stem(file))
                .flatMap(id -> attachments.find(article.id, id))
                .orElseThrow(ProblemException::notFound);
    }

    private Answer stored(String key, long bytes, @Nullable String sha256, Caching caching, @Nullable String name) {
        try {
            return new Answer.File(
                    new ServedFile(storage.localFile(key), bytes, MediaTypes.ofName(key), sha256, caching, name));
        } catch (NoSuchFileException e) {
            throw ProblemException.notFound();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<RenditionRow> listable(MediaArticle article) {
        return renditions.current(article.id).stream()
                .filter(readiness::listable)
                .toList();
    }

    private Answer playlist(String text, MediaArticle article) {
        return new Answer.Text(text, "application/vnd.apple.mpegurl", article.guarded(clock.instant()));
    }

    static Duration duration(MediaArticle article) {
        Duration known = article.originalInfo == null ? null : article.originalInfo.duration();
        return known == null ? Duration.ZERO : known;
    }

    static String stem(String file) {
        int dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
