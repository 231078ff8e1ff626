package io.regie.core.branding;

import io.quarkus.runtime.StartupEvent;
import io.regie.core.pictures.Picture;
import io.regie.core.pictures.PictureView;
import io.regie.core.pictures.Pictures;
import io.regie.core.pictures.PicturesReleased;
import io.regie.core.pictures.SvgDrawing;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.Lines;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.themes.ThemeDescriptor.ImageSize;
import io.regie.core.themes.ThemeRegistry;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The site's name, slogan and images. They belong to the site: a theme shows those it declares, and the next theme finds
 * them all again. Kept in memory, for five seconds, which is how long another node's change takes to arrive.
 */
@Singleton
public class BrandingService {

    public static final int LONGEST_NAME = 80;
    public static final int LONGEST_SLOGAN = 160;

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final BrandImages images;
    private final SettingsService settings;
    private final ThemeRegistry themes;
    private final Pictures pictures;
    private final Event<PicturesReleased> released;
    private final Event<BrandingChanged> changes;
    private final InstantSource clock;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Instant.MIN);

    private record Snapshot(Map<BrandKind, List<Picture>> images, Instant until) {}

    BrandingService(
            BrandImages images,
            SettingsService settings,
            ThemeRegistry themes,
            Pictures pictures,
            Event<PicturesReleased> released,
            Event<BrandingChanged> changes,
            InstantSource clock) {
        this.images = images;
        this.settings = settings;
        this.themes = themes;
        this.pictures = pictures;
        this.released = released;
        this.changes = changes;
        this.clock = clock;
    }

    /** The first page may come before anybody asked. */
    void start(@Observes StartupEvent event) {
        read();
    }

    /** Everything the site has, whether the theme shows it or not. May ask the database. */
    public Branding all() {
        return branding(known());
    }

    /** What the active theme shows. May ask the database. */
    public Branding shown() {
        Map<BrandKind, List<Picture>> shown = new EnumMap<>(BrandKind.class);
        Map<String, ImageSize> supported = worn().supports();
        known().forEach((kind, sizes) -> {
            if (supported.containsKey(kind.word())) {
                shown.put(kind, sizes);
            }
        });
        return branding(shown);
    }

    private Branding branding(Map<BrandKind, List<Picture>> from) {
        Map<BrandKind, List<PictureView>> found = new EnumMap<>(BrandKind.class);
        from.forEach((kind, sizes) -> found.put(
                kind, sizes.stream().map(size -> Branding.image(kind, size)).toList()));
        return new Branding(settings.get(Setting.SITE_NAME), settings.get(Setting.SITE_SLOGAN), found);
    }

    /** The theme that decides what of it is shown. */
    public ThemeRegistry.Worn worn() {
        themes.wear(settings.get(Setting.ACTIVE_THEME));
        return themes.worn();
    }

    /** @param name null to keep it. @param slogan null to keep it, blank for none */
    @Transactional
    public void rename(@Nullable String name, @Nullable String slogan) {
        if (name != null) {
            String line = Lines.clean(name, LONGEST_NAME)
                    .orElseThrow(() -> ProblemException.invalidField("name", "branding-name-empty"));
            settings.set(Setting.SITE_NAME, line);
        }
        if (slogan != null) {
            settings.set(
                    Setting.SITE_SLOGAN, Lines.clean(slogan, LONGEST_SLOGAN).orElse(""));
        }
    }

    /** @throws ProblemException when the active theme has no place for such an image */
    void requireShown(BrandKind kind) {
        ThemeRegistry.Worn theme = worn();
        if (!theme.supports().containsKey(kind.word())) {
            throw new ProblemException(ProblemType.CONFLICT, "branding-" + kind.word() + "-not-shown", theme.title());
        }
    }

    /** Draws what somebody sent in the sizes it needs; what is not of an accepted type is refused with a sentence. */
    List<Picture> draw(BrandKind kind, byte[] image) {
        if (SvgDrawing.looksLike(image)) {
            if (!kind.drawings()) {
                throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "branding-no-svg");
            }
            return List.of(pictures.keep(SvgDrawing.read(image)));
        }
        return pictures.draw(image, kind.format(), kind.sizes());
    }

    /** @param drawn published already */
    @Transactional
    void put(BrandKind kind, List<Picture> drawn) {
        released.fire(new PicturesReleased(images.put(kind, drawn, clock.instant())));
        changes.fire(new BrandingChanged());
    }

    /** Also where the active theme shows no such image. */
    @Transactional
    public void remove(BrandKind kind) {
        released.fire(new PicturesReleased(images.take(kind)));
        changes.fire(new BrandingChanged());
    }

    /** By the name in its address. */
    Optional<Picture> find(BrandKind kind, String fileName) {
        return among(known(), kind, fileName).or(() -> among(read(), kind, fileName));
    }

    private static Optional<Picture> among(Map<BrandKind, List<Picture>> all, BrandKind kind, String fileName) {
        return all.getOrDefault(kind, List.of()).stream()
                .filter(picture -> picture.fileName().equals(fileName))
                .findFirst();
    }

    void learn(@Observes(during = TransactionPhase.AFTER_SUCCESS) BrandingChanged change) {
        read();
    }

    private Map<BrandKind, List<Picture>> known() {
        Snapshot known = snapshot;
        return clock.instant().isBefore(known.until()) ? known.images() : read();
    }

    private Map<BrandKind, List<Picture>> read() {
        Map<BrandKind, List<Picture>> read = images.all();
        snapshot = new Snapshot(read, clock.instant().plus(FRESH));
        return read;
    }
}
