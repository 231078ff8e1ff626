package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.captions.Captions;
import io.regie.core.captions.Cue;
import io.regie.core.captions.CueText;
import io.regie.core.captions.ReadCaptions;
import io.regie.core.media.CaptionText.CueView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Captions of articles: read by whoever may read the article, changed by whoever may edit it. */
@ApplicationScoped
public class CaptionService {

    private static final int MOST_TRACKS = 50;
    private static final int LONGEST_LABEL = 60;

    private final MediaService media;
    private final CaptionTracks tracks;
    private final InstantSource clock;

    CaptionService(MediaService media, CaptionTracks tracks, InstantSource clock) {
        this.media = media;
        this.tracks = tracks;
        this.clock = clock;
    }

    @Transactional
    public List<CaptionView> list(Caller caller, UUID article) {
        media.requireReadable(caller, article);
        return tracks.of(article).stream().map(CaptionView::of).toList();
    }

    @Transactional
    public CaptionText require(Caller caller, UUID article, UUID id) {
        media.requireReadable(caller, article);
        return view(tracks.find(article, id).orElseThrow(ProblemException::notFound));
    }

    /** @param file SRT or WebVTT; empty to begin with nothing */
    @Transactional
    public CaptionText create(Caller caller, UUID article, CaptionEdit wanted, byte[] file) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        if (tracks.of(article).size() >= MOST_TRACKS) {
            throw new ProblemException(ProblemType.CONFLICT, "captions-too-many-tracks", MOST_TRACKS);
        }
        CaptionTrack track = new CaptionTrack();
        track.id = UUID.randomUUID();
        track.article = article;
        track.kind = CaptionTrack.Kind.SUBTITLES;
        track.language = about.locale;
        track.label = "";
        track.createdAt = clock.instant();
        track.say(file.length == 0 ? Captions.NONE : new Captions(ReadCaptions.read(file)));
        apply(wanted, track);
        CaptionText made = changed(about, track);
        tracks.persist(track);
        return made;
    }

    @Transactional
    public CaptionText edit(Caller caller, UUID article, UUID id, CaptionEdit wanted, @Nullable Long ifMatch) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        CaptionTrack track = requireForEdit(article, id, ifMatch);
        apply(wanted, track);
        return changed(about, track);
    }

    /** Replaces all that it says. */
    @Transactional
    public CaptionText say(Caller caller, UUID article, UUID id, List<CueView> cues, @Nullable Long ifMatch) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        CaptionTrack track = requireForEdit(article, id, ifMatch);
        track.say(read(cues));
        return changed(about, track);
    }

    @Transactional
    public void delete(Caller caller, UUID article, UUID id, @Nullable Long ifMatch) {
        MediaArticle about = media.requireForEdit(caller, article, null);
        tracks.delete(requireForEdit(article, id, ifMatch));
        media.changed(about);
    }

    private CaptionTrack requireForEdit(UUID article, UUID id, @Nullable Long ifMatch) {
        // The article is locked: nobody else changes its tracks meanwhile.
        CaptionTrack track = tracks.find(article, id).orElseThrow(ProblemException::notFound);
        if (ifMatch != null && ifMatch != track.revision) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "captions-changed-meanwhile");
        }
        return track;
    }

    private void apply(CaptionEdit wanted, CaptionTrack track) {
        if (wanted.language() != null) {
            String before = name(track.language);
            track.language = ContentLanguages.require(wanted.language());
            if (track.label.equals(before)) {
                track.label = "";
            }
        }
        if (wanted.label() != null) {
            track.label = Titles.clean(wanted.label()).orElse("");
        }
        if (track.label.isEmpty()) {
            track.label = name(track.language);
        }
        if (track.label.codePointCount(0, track.label.length()) > LONGEST_LABEL) {
            throw ProblemException.invalidField("label", "captions-label-long", LONGEST_LABEL);
        }
        if (wanted.kind() != null) {
            track.kind = MediaQueryWords.parse(CaptionTrack.Kind.class, wanted.kind());
        }
        if (wanted.standard() != null) {
            if (wanted.standard()) {
                tracks.forgetStandard(track.article);
            }
            track.standard = wanted.standard();
        }
    }

    /** As those call it who speak it. */
    private static String name(String language) {
        Locale locale = Locale.forLanguageTag(language);
        String name = locale.getDisplayName(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    private static Captions read(List<CueView> sent) {
        if (sent.size() > ReadCaptions.MOST_CUES) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "captions-too-many", ReadCaptions.MOST_CUES);
        }
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            cues.add(read(sent.get(i), i));
        }
        cues.sort(Comparator.comparing(Cue::start));
        return new Captions(cues);
    }

    private static Cue read(CueView sent, int index) {
        String field = "cues[" + index + "]";
        double latest = Cue.LATEST.toSeconds();
        if (!(sent.start() >= 0 && sent.end() <= latest) || millis(sent.end()) <= millis(sent.start())) {
            throw ProblemException.invalidField(field, "captions-cue-order");
        }
        if (sent.text().length() > 4 * ReadCaptions.LONGEST_TEXT) {
            throw ProblemException.invalidField(field, "captions-text-long", ReadCaptions.LONGEST_TEXT);
        }
        CueText text = CueText.read(sent.text());
        if (text.isBlank()) {
            throw ProblemException.invalidField(field, "captions-text-empty");
        }
        if (text.plain().length() > ReadCaptions.LONGEST_TEXT) {
            throw ProblemException.invalidField(field, "captions-text-long", ReadCaptions.LONGEST_TEXT);
        }
        return new Cue(
                Duration.ofMillis(millis(sent.start())), Duration.ofMillis(millis(sent.end())), text, sent.settings());
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000);
    }

    private CaptionText changed(MediaArticle about, CaptionTrack track) {
        track.revision++;
        track.updatedAt = clock.instant();
        media.changed(about);
        return view(track);
    }

    private static CaptionText view(CaptionTrack track) {
        return new CaptionText(
                CaptionView.of(new CaptionTracks.Facts(
                        track.id,
                        track.article,
                        track.kind,
                        track.language,
                        track.label,
                        track.standard,
                        track.cueCount,
                        track.revision)),
                track.cues.cues().stream().map(CueView::of).toList());
    }
}
