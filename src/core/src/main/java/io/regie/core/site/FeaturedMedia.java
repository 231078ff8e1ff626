package io.regie.core.site;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The media that editors put forward on the home page, the last chosen first. What visitors may not see is not shown,
 * however it was chosen. Kept for a second, like {@link LatestArticles}.
 */
@ApplicationScoped
public class FeaturedMedia {

    /** As many as stand together without hiding what is new. */
    static final int MOST = 4;

    private static final Setting<List<UUID>> CHOSEN =
            new Setting<>("site.featured", List.of(), FeaturedMedia::parse, FeaturedMedia::print);

    private static final Guarded HOME = new Guarded(new UUID(0, 0), Visibility.PUBLIC);
    private static final Guarded HIDDEN = new Guarded(new UUID(0, 0), Visibility.PRIVATE);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Kept(List<UUID> chosen, List<MediaView> views, Instant until) {}

    private final MediaService media;
    private final SettingsService settings;
    private final InstantSource clock;
    private final Map<Locale, Kept> kept = new ConcurrentHashMap<>();

    FeaturedMedia(MediaService media, SettingsService settings, InstantSource clock) {
        this.media = media;
        this.settings = settings;
        this.clock = clock;
    }

    public boolean mayChoose(Caller caller) {
        return Authorization.may(caller, Action.EDIT, HOME);
    }

    public boolean isChosen(UUID article) {
        return settings.get(CHOSEN).contains(article);
    }

    /** For editors: the id of an article is also the secret of who may see it by its address. */
    List<UUID> chosen(Caller caller) {
        if (!Authorization.may(caller, Action.READ, HIDDEN)) {
            throw editorsOnly();
        }
        return settings.get(CHOSEN);
    }

    /** Puts an article first. Where that makes too many, the one that was chosen longest ago goes. */
    @Transactional
    public void feature(Caller caller, UUID article, Locale locale) {
        requireEditor(caller);
        media.require(caller, article, locale);
        List<UUID> chosen = new ArrayList<>(settings.get(CHOSEN));
        chosen.remove(article);
        chosen.add(0, article);
        settings.set(CHOSEN, chosen.subList(0, Math.min(chosen.size(), MOST)));
    }

    /** To be asked again without harm. */
    @Transactional
    public void forget(Caller caller, UUID article) {
        requireEditor(caller);
        List<UUID> chosen = new ArrayList<>(settings.get(CHOSEN));
        if (chosen.remove(article)) {
            settings.set(CHOSEN, chosen);
        }
    }

    private void requireEditor(Caller caller) {
        if (!mayChoose(caller)) {
            throw editorsOnly();
        }
    }

    private static ProblemException editorsOnly() {
        return new ProblemException(ProblemType.FORBIDDEN, "site-featured-editors");
    }

    List<MediaView> in(Locale locale) {
        Instant now = clock.instant();
        List<UUID> chosen = settings.get(CHOSEN);
        Kept known = kept.get(locale);
        if (known == null || now.isAfter(known.until()) || !known.chosen().equals(chosen)) {
            List<MediaView> views = chosen.stream()
                    .flatMap(id -> media.findForReading(Caller.visitor(), id.toString(), locale).stream())
                    .filter(view -> view.guarded().visibility() == Visibility.PUBLIC)
                    .toList();
            known = new Kept(chosen, views, now.plus(FRESH));
            kept.put(locale, known);
        }
        return known.views();
    }

    private static List<UUID> parse(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(",")).stream().map(UUID::fromString).toList();
    }

    private static String print(List<UUID> ids) {
        return String.join(",", ids.stream().map(UUID::toString).toList());
    }
}
