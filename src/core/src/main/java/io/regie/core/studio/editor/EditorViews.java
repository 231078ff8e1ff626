package io.regie.core.studio.editor;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.categories.CategoryService;
import io.regie.core.jobs.CallersJobs;
import io.regie.core.jobs.JobFilter;
import io.regie.core.jobs.JobView;
import io.regie.core.live.LiveService;
import io.regie.core.media.AnnexService;
import io.regie.core.media.AnnexView;
import io.regie.core.media.Credits;
import io.regie.core.media.Estimates;
import io.regie.core.media.Licence;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.media.MediaView.AnimationView;
import io.regie.core.media.MediaView.RenditionView;
import io.regie.core.media.RelatedMedia;
import io.regie.core.richtext.RichDocument;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.settings.SiteAddress;
import io.regie.core.site.FeaturedMedia;
import io.regie.core.studio.CategoryChoice;
import io.regie.core.studio.Choice;
import io.regie.core.studio.LanguageChoices;
import io.regie.core.studio.PlayingTime;
import io.regie.core.studio.editor.EditorView.Animation;
import io.regie.core.studio.editor.EditorView.AnnexLine;
import io.regie.core.studio.editor.EditorView.AnnexList;
import io.regie.core.studio.editor.EditorView.Estimated;
import io.regie.core.studio.editor.EditorView.Facts;
import io.regie.core.studio.editor.EditorView.Line;
import io.regie.core.studio.editor.EditorView.Offers;
import io.regie.core.studio.editor.EditorView.Relative;
import io.regie.core.studio.editor.EditorView.Results;
import io.regie.core.studio.editor.EditorView.Ticket;
import io.regie.core.studio.editor.EditorView.Values;
import io.regie.core.studio.editor.EditorView.Work;
import io.regie.core.studio.live.LiveViews;
import io.regie.core.web.Sizes;
import io.regie.spi.MediaKind;
import io.regie.spi.Track;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what the editor shows. */
@ApplicationScoped
class EditorViews {

    /** As {@code <input type="datetime-local">} has it. */
    static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);

    private static final int JOBS = 8;

    private final MediaService service;
    private final AnnexService annexes;
    private final CallersJobs jobs;
    private final ActionForms actions;
    private final LiveService live;
    private final LiveViews liveViews;
    private final SettingsService settings;
    private final SiteAddress address;
    private final FeaturedMedia featured;
    private final CategoryService categories;
    private final RoutingContext request;

    EditorViews(
            MediaService service,
            AnnexService annexes,
            CallersJobs jobs,
            ActionForms actions,
            LiveService live,
            LiveViews liveViews,
            SettingsService settings,
            SiteAddress address,
            FeaturedMedia featured,
            CategoryService categories,
            RoutingContext request) {
        this.service = service;
        this.annexes = annexes;
        this.jobs = jobs;
        this.actions = actions;
        this.live = live;
        this.liveViews = liveViews;
        this.settings = settings;
        this.address = address;
        this.featured = featured;
        this.categories = categories;
        this.request = request;
    }

    EditorView page(MediaView media, Caller caller, Locale locale) {
        return page(media, values(media), null, null, caller, locale);
    }

    EditorView page(
            MediaView media,
            Values values,
            @Nullable String notice,
            @Nullable Values theirs,
            Caller caller,
            Locale locale) {
        return new EditorView(
                media,
                values,
                notice,
                theirs,
                LanguageChoices.of(media.language(), locale),
                Arrays.stream(Licence.values())
                        .map(licence -> new Choice(licence.code(), licence.name(locale)))
                        .toList(),
                CategoryChoice.of(categories.tree()),
                offers(media, locale),
                annexes(media, locale),
                results(media, locale),
                work(media, caller, locale),
                featured.isChosen(media.id()));
    }

    Offers offers(MediaView media, Locale locale) {
        return new Offers(media, media.original().format() == null ? List.of() : actions.of(kind(media), locale));
    }

    Estimated estimated(Estimates.Figures figures, Locale locale) {
        Long bytes = figures.bytes();
        Double seconds = figures.seconds();
        return new Estimated(
                "", bytes == null ? "" : Sizes.about(bytes, locale), seconds == null ? "" : roughly(seconds));
    }

    /** As exact as a guess should look. */
    private static String roughly(double seconds) {
        return seconds < 90 ? Math.max(1, Math.round(seconds)) + "\u00a0s" : Math.round(seconds / 60) + "\u00a0min";
    }

    AnnexList annexes(MediaView media, Locale locale) {
        List<AnnexView> files = media.annexes() == null ? List.of() : media.annexes();
        return new AnnexList(
                media,
                files.stream()
                        .map(file -> new AnnexLine(
                                file,
                                Sizes.about(file.bytes(), locale),
                                "/studio/media/" + media.id() + "/annexes/" + file.id()))
                        .toList(),
                Sizes.atMost(annexes.largest(), locale));
    }

    Results results(MediaView media, Locale locale) {
        String site = address.of(request);
        return new Results(
                media,
                media.animations().stream()
                        .map(file -> animation(file, media.title(), site, locale))
                        .toList());
    }

    private static Animation animation(AnimationView file, String title, String site, Locale locale) {
        boolean video = file.mediaType().startsWith("video/");
        String about =
                "src=\"%s\" width=\"%d\" height=\"%d\"".formatted(site + file.url(), file.width(), file.height());
        String embed = video
                ? "<video %s autoplay loop muted playsinline></video>".formatted(about)
                : "<img %s alt=\"%s\">".formatted(about, attribute(title));
        String format = file.mediaType().substring(file.mediaType().indexOf('/') + 1);
        return new Animation(
                file,
                format.equals("webp") ? "WebP" : format.toUpperCase(Locale.ROOT),
                Sizes.about(file.bytes(), locale),
                video,
                embed);
    }

    /** As it stands between quotes in HTML. */
    private static String attribute(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    Work work(MediaView media, Caller caller, Locale locale) {
        RelatedMedia related = service.related(caller, media.id(), locale);
        MediaView replacement =
                service.findReplacement(caller, media.id(), locale).orElse(null);
        return new Work(
                media,
                replacement,
                facts(media, locale),
                media.recording() || media.recordedAt() != null
                        ? live.recordingOf(media.id())
                                .map(recording -> liveViews.recorded(recording, locale))
                                .orElse(null)
                        : null,
                media.renditions().stream()
                        .map(rendition -> line(media, rendition, locale))
                        .toList(),
                Stream.concat(
                                replacement == null ? Stream.of() : tickets(replacement, caller, locale),
                                tickets(media, caller, locale))
                        .toList(),
                relatives(related.madeFrom(), caller),
                relatives(related.made(), caller));
    }

    private Stream<Ticket> tickets(MediaView about, Caller caller, Locale locale) {
        return jobs.list(caller, new JobFilter(about.id(), Set.of(), null), null, JOBS, locale).items().stream()
                .map(job -> ticket(job, locale));
    }

    private static List<Relative> relatives(List<MediaView> related, Caller caller) {
        return related.stream()
                .map(other -> new Relative(
                        other.title(),
                        Authorization.may(caller, Action.EDIT, other.guarded())
                                ? "/studio/media/" + other.id()
                                : other.watchUrl()))
                .toList();
    }

    private static Ticket ticket(JobView job, Locale locale) {
        Double progress = job.progress();
        return new Ticket(
                job,
                progress == null ? "" : NumberFormat.getPercentInstance(locale).format(progress));
    }

    Values values(MediaView media) {
        RichDocument text = media.text();
        return new Values(
                media.title(),
                media.slug(),
                media.visibility(),
                media.publication(),
                media.publishedAt() == null
                        ? ""
                        : LOCAL.format(media.publishedAt().atZone(settings.get(Setting.ZONE))),
                media.language(),
                media.licence() == null ? "" : media.licence(),
                String.join(", ", media.tags()),
                text == null ? "" : text.plainText(),
                Credits.text(media.credits()),
                media.kept(),
                media.downloads(),
                media.categories().stream()
                        .map(category -> category.id().toString())
                        .collect(Collectors.toSet()));
    }

    private static Facts facts(MediaView media, Locale locale) {
        Figures figures = new Figures(locale);
        MediaView.Original original = media.original();
        return new Facts(
                Sizes.about(original.bytes(), locale),
                media.durationSeconds() == null ? null : PlayingTime.of(media.durationSeconds()),
                original.width() == null || original.height() == null
                        ? null
                        : original.width() + "\u00a0×\u00a0" + original.height(),
                original.frameRate() == null || original.frameRate() <= 0
                        ? null
                        : figures.number(original.frameRate(), 2),
                original.bitrate() == null ? null : figures.bitrate(original.bitrate()),
                original.tracks().stream().map(track -> track(track, figures)).toList());
    }

    private static String track(Track track, Figures figures) {
        List<String> words = new ArrayList<>();
        words.add(track.codec());
        if (track.displayWidth() > 0) {
            words.add(track.displayWidth() + "\u00a0×\u00a0" + track.displayHeight());
        }
        if (track.channels() > 0) {
            words.add(track.channels() + "\u00a0ch");
        }
        if (track.sampleRate() > 0) {
            words.add(figures.number(track.sampleRate() / 1000.0, 1) + "\u00a0kHz");
        }
        if (track.bitrate() > 0) {
            words.add(figures.bitrate(track.bitrate()));
        }
        if (track.language() != null) {
            words.add(track.language());
        }
        return String.join(" · ", words);
    }

    private static MediaKind kind(MediaView media) {
        return MediaKind.valueOf(media.kind().toUpperCase(Locale.ROOT));
    }

    private Line line(MediaView media, RenditionView rendition, Locale locale) {
        Figures figures = new Figures(locale);
        Long bytes = rendition.bytes();
        String label = rendition.width() == null || rendition.height() == null
                ? rendition.name()
                : rendition.width() + "\u00a0×\u00a0" + rendition.height();
        return new Line(
                rendition.id().toString(),
                label,
                rendition.kind().equals("video"),
                rendition.codecs(),
                figures.bitrate(rendition.bandwidth()),
                bytes == null ? null : Sizes.about(bytes, locale),
                rendition.state().equals("growing"),
                actions.again(kind(media), rendition, locale));
    }
}
