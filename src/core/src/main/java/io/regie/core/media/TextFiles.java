package io.regie.core.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.FileForm;
import io.regie.core.access.Guarded;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.captions.Captions;
import io.regie.core.captions.Cue;
import io.regie.core.captions.CueText;
import io.regie.core.captions.ReadCaptions;
import io.regie.core.problem.ProblemException;
import io.regie.core.storage.ServedFile.Caching;
import io.regie.core.web.Ids;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Captions and chapters as players read them, below {@code /media/{id}/}. */
@ApplicationScoped
class TextFiles implements Routes.Contributor {

    private static final String VTT = "text/vtt";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The last chapter of what has no known end must still end. */
    private static final Duration LEAST_CHAPTER = Duration.ofSeconds(1);

    private final ArticleGate gate;
    private final MediaService media;
    private final CaptionService service;
    private final CaptionTracks tracks;
    private final ChapterLists chapters;
    private final InstantSource clock;

    TextFiles(
            ArticleGate gate,
            MediaService media,
            CaptionService service,
            CaptionTracks tracks,
            ChapterLists chapters,
            InstantSource clock) {
        this.gate = gate;
        this.media = media;
        this.service = service;
        this.tracks = tracks;
        this.chapters = chapters;
        this.clock = clock;
    }

    private record Text(String body, String mediaType, Guarded guarded) {}

    @Override
    public void contribute(Routes routes) {
        get(routes, "/media/:article/captions/:file", this::track);
        get(routes, "/media/:article/captions/:track/:file", this::segment);
        get(routes, "/media/:article/chapters/:file", this::chapters);
        routes.addForm("/studio/media/:article/texts", Policy.SIGNED_IN, Scope.EVERYTHING, new Form());
    }

    /** A track of captions, sent without a script. */
    private final class Form implements FileForm {
        @Override
        public int mostBytes() {
            return ReadCaptions.MOST_BYTES;
        }

        @Override
        public void gate(RoutingContext request) {
            media.requireEditable(CurrentCaller.of(request), id(request));
        }

        @Override
        public String take(RoutingContext request, MultiMap fields, byte[] file) {
            CaptionEdit wanted = new CaptionEdit(
                    fields.get("language"), fields.get("label"), fields.get("kind"), fields.contains("default"));
            CaptionText made = service.create(CurrentCaller.of(request), id(request), wanted, file);
            return "/studio/media/" + id(request) + "/texts/captions/"
                    + made.track().id();
        }

        private static UUID id(RoutingContext request) {
            return Ids.parse(request.pathParam("article")).orElseThrow(ProblemException::notFound);
        }
    }

    private void get(Routes routes, String path, Function<RoutingContext, Text> find) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            routes.addBlocking(method, path, Policy.OPEN, Scope.MEDIA_READ, request -> {
                Text text = QuarkusTransaction.requiringNew().call(() -> find.apply(request));
                Caching caching = ArticleGate.caching(text.guarded(), Caching.PUBLIC_REVALIDATED);
                SendManifest.send(request, text.body(), text.mediaType(), caching);
            });
        }
    }

    private Text track(RoutingContext request) {
        MediaArticle article = gate.require(request);
        String file = request.pathParam("file");
        CaptionTrack track = track(article, MediaFiles.stem(file));
        return switch (Addresses.extension(file)) {
            case "vtt" -> text(track.cues.vtt(), VTT, article);
            case "m3u8" ->
                text(
                        TextTracks.playlist(article.id, track.id, end(article, track.cues)),
                        "application/vnd.apple.mpegurl",
                        article);
            default -> throw ProblemException.notFound();
        };
    }

    private Text segment(RoutingContext request) {
        MediaArticle article = gate.require(request);
        String file = request.pathParam("file");
        CaptionTrack track = track(article, request.pathParam("track"));
        if (!file.matches("(0|[1-9][0-9]{0,4})\\.vtt")) {
            throw ProblemException.notFound();
        }
        int position = Integer.parseInt(MediaFiles.stem(file));
        if (position >= TextTracks.segments(end(article, track.cues))) {
            throw ProblemException.notFound();
        }
        return text(track.cues.segment(TextTracks.start(position), TextTracks.start(position + 1)), VTT, article);
    }

    private Text chapters(RoutingContext request) {
        MediaArticle article = gate.require(request);
        List<Chapter> found = chapters.of(article.id);
        if (found.isEmpty()) {
            throw ProblemException.notFound();
        }
        return switch (request.pathParam("file")) {
            case "chapters.vtt" ->
                text(cues(found, MediaFiles.duration(article)).vtt(), VTT, article);
            case "chapters.json" -> text(json(found, article.locale), "application/json", article);
            default -> throw ProblemException.notFound();
        };
    }

    private CaptionTrack track(MediaArticle article, String id) {
        return Ids.parse(id).flatMap(track -> tracks.find(article.id, track)).orElseThrow(ProblemException::notFound);
    }

    private Text text(String body, String mediaType, MediaArticle article) {
        return new Text(body, mediaType, article.guarded(clock.instant()));
    }

    private static Duration end(MediaArticle article, Captions captions) {
        Duration media = MediaFiles.duration(article);
        Duration said = captions.end();
        return media.compareTo(said) > 0 ? media : said;
    }

    /** Each until the next. */
    static Captions cues(List<Chapter> chapters, Duration end) {
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < chapters.size(); i++) {
            Duration start = start(chapters.get(i));
            Duration least = start.plus(LEAST_CHAPTER);
            Duration until =
                    i + 1 < chapters.size() ? start(chapters.get(i + 1)) : end.compareTo(start) > 0 ? end : least;
            cues.add(new Cue(start, until, CueText.of(chapters.get(i).title()), ""));
        }
        return new Captions(cues);
    }

    private static Duration start(Chapter chapter) {
        return Duration.ofMillis(Math.round(chapter.start() * 1000));
    }

    /** As Apple's players read it; lengths follow from the starts. */
    private static String json(List<Chapter> chapters, String language) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Chapter chapter : chapters) {
            list.add(Map.of(
                    "chapter", list.size() + 1,
                    "start-time", chapter.start(),
                    "titles", List.of(Map.of("language", language, "title", chapter.title()))));
        }
        try {
            return JSON.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
