package io.regie.core.themes;

import io.quarkus.runtime.StartupEvent;
import io.regie.core.settings.Installation;
import io.regie.core.themes.Theme.Loaded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows the installed themes and renders pages with the active one. A theme that cannot be used, or whose template fails
 * while a page is made, is replaced by the built-in theme, and the administrators are told.
 */
@ApplicationScoped
public class ThemeRegistry {

    /** The languages Regie speaks. */
    public static final Set<String> LANGUAGES = Set.of("en", "fr");

    static final String BUILT_IN = "default";

    private static final System.Logger LOG = System.getLogger(ThemeRegistry.class.getName());

    private final Installation installation;
    private final ThemesConfig config;
    private final ThemeFailures failures;
    private volatile Map<String, Loaded> themes = Map.of();
    private volatile @Nullable Theme builtIn;
    private volatile String worn = BUILT_IN;

    ThemeRegistry(Installation installation, ThemesConfig config, ThemeFailures failures) {
        this.installation = installation;
        this.config = config;
        this.failures = failures;
    }

    void start(@Observes StartupEvent event) {
        reload();
    }

    /** Reads all theme folders again. Pages that are being made keep the themes they began with. */
    public synchronized void reload() {
        Path shipped = installation.bundled().resolve("themes");
        Path installed = config.dir().orElseGet(() -> installation.data().resolve("themes"));
        Map<String, Path> folders = new TreeMap<>();
        folders.putAll(folders(shipped));
        folders.putAll(folders(installed));
        Map<String, Loaded> loaded = new TreeMap<>();
        folders.forEach((name, folder) -> loaded.put(name, Theme.load(name, folder, LANGUAGES, folders::get)));
        loaded.values().stream()
                .filter(theme -> !theme.usable())
                .forEach(theme -> LOG.log(
                        System.Logger.Level.WARNING, "Theme {0} cannot be used. {1}", theme.name(), theme.problems()));
        // An installed theme of the same name must not be able to take the fallback away.
        Loaded fallback = Theme.load(BUILT_IN, shipped.resolve(BUILT_IN), LANGUAGES, folders::get);
        if (!fallback.usable()) {
            LOG.log(System.Logger.Level.ERROR, "The built-in theme cannot be used. {0}", fallback.problems());
        }
        builtIn = fallback.usable() ? fallback.theme() : null;
        themes = loaded;
    }

    /** Makes a theme the active one; one that cannot be used leaves the built-in theme. */
    public void wear(String name) {
        if (worn.equals(name)) {
            return;
        }
        worn = name;
        Loaded chosen = themes.get(name);
        if (chosen == null || !chosen.usable()) {
            LOG.log(System.Logger.Level.WARNING, "The theme {0} cannot be used; the built-in theme is shown.", name);
        }
    }

    /**
     * A page.
     *
     * @param theme which made it
     * @param substitute whether that is the built-in theme in place of another, which may do better next time
     */
    public record Page(String html, String theme, boolean substitute) {}

    /**
     * Makes one page.
     *
     * @param template id, like {@code watch}
     * @return empty when even the built-in theme could not
     */
    public Optional<Page> render(String template, PageModel model, Locale locale) {
        Theme active = active();
        Theme fallback = builtIn;
        if (active != null && active != fallback) {
            Optional<Page> page = render(active, template, model, locale, false);
            if (page.isPresent()) {
                return page;
            }
        }
        return fallback == null ? Optional.empty() : render(fallback, template, model, locale, active != fallback);
    }

    private Optional<Page> render(Theme theme, String template, PageModel model, Locale locale, boolean substitute) {
        try {
            model.put("theme", theme.model());
            return Optional.of(new Page(theme.engine().render(template, model, locale), theme.name(), substitute));
        } catch (TemplateFailedException e) {
            failures.note(theme.name(), template, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Stays the same as long as pages look the same. */
    public Object look() {
        Theme theme = active();
        return theme == null ? this : theme;
    }

    /**
     * The active theme, for people.
     *
     * @param supports which branding images it shows, and from which size they look good
     */
    public record Worn(String title, Map<String, ThemeDescriptor.ImageSize> supports) {}

    /** Nothing is supported while no theme at all can be used. */
    public Worn worn() {
        Theme theme = active();
        return theme == null
                ? new Worn(worn, Map.of())
                : new Worn(theme.descriptor().title(), theme.descriptor().supports());
    }

    /** The colours the active theme lets a site choose, by setting name. */
    public Map<String, String> colors() {
        Theme theme = active();
        Map<String, String> colors = new TreeMap<>();
        if (theme != null) {
            theme.descriptor().settings().stream()
                    .filter(setting -> setting.type().equals("color"))
                    .forEach(setting -> colors.put(setting.name(), setting.standard()));
        }
        return colors;
    }

    Optional<ThemeAssets> assets(String theme) {
        Theme fallback = builtIn;
        Loaded loaded = themes.get(theme);
        if (loaded != null && loaded.theme() != null) {
            return Optional.of(loaded.theme().assets());
        }
        return fallback != null && fallback.name().equals(theme) ? Optional.of(fallback.assets()) : Optional.empty();
    }

    List<Loaded> list() {
        return new ArrayList<>(themes.values());
    }

    /** Null when no theme at all can be used. */
    private @Nullable Theme active() {
        Loaded chosen = themes.get(worn);
        return chosen != null && chosen.usable() ? chosen.theme() : builtIn;
    }

    boolean isActive(String name) {
        Theme theme = active();
        return theme != null && theme.name().equals(name);
    }

    private static Map<String, Path> folders(Path parent) {
        Map<String, Path> folders = new TreeMap<>();
        if (!Files.isDirectory(parent)) {
            return folders;
        }
        try (Stream<Path> children = Files.list(parent)) {
            children.filter(Files::isDirectory)
                    .filter(folder ->
                            ThemeFiles.isThemeName(folder.getFileName().toString()))
                    .forEach(folder -> folders.put(folder.getFileName().toString(), folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }
}
