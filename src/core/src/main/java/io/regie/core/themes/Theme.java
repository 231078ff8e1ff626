package io.regie.core.themes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One installed theme, loaded and checked, with its parents behind it. */
final class Theme {

    private static final int GENERATIONS = 4;

    private final String name;
    private final Path folder;
    private final ThemeDescriptor descriptor;
    private final List<Theme> lineage;
    private final ThemeAssets assets;
    private final TemplateEngine engine;
    private final ThemeMessages messages;

    private Theme(String name, Path folder, ThemeDescriptor descriptor, @Nullable Theme parent, Set<String> languages) {
        this.name = name;
        this.folder = folder;
        this.descriptor = descriptor;
        List<Theme> line = new ArrayList<>(List.of(this));
        ThemeMessages own = ThemeFiles.messages(folder, languages);
        if (parent != null) {
            line.addAll(parent.lineage);
            own = own.over(parent.messages);
        }
        this.lineage = line;
        this.messages = own;
        this.assets = ThemeAssets.index(name, folder.resolve("assets"), parent == null ? null : parent.assets);
        this.engine = new TemplateEngine(
                line.stream().map(theme -> theme.folder.resolve("templates")).toList(), messages);
    }

    /** What came of a folder: a theme, or the reasons why not. */
    record Loaded(String name, Path folder, @Nullable Theme theme, List<ThemeProblem> problems) {

        boolean usable() {
            return theme != null && problems.isEmpty();
        }
    }

    /** @param parents finds the folder of a theme by name */
    static Loaded load(String name, Path folder, Set<String> languages, Function<String, @Nullable Path> parents) {
        try {
            Theme theme = load(name, folder, languages, parents, new HashSet<>());
            List<ThemeProblem> problems = new ArrayList<>();
            theme.lineage.forEach(generation -> problems.addAll(generation.engine.check()));
            return new Loaded(name, folder, theme, List.copyOf(problems));
        } catch (ThemeFiles.InvalidThemeFileException e) {
            return new Loaded(name, folder, null, List.of(e.problem));
        }
    }

    private static Theme load(
            String name,
            Path folder,
            Set<String> languages,
            Function<String, @Nullable Path> parents,
            Set<String> seen) {
        ThemeDescriptor descriptor = ThemeFiles.descriptor(folder);
        Theme parent = null;
        if (descriptor.parent().isPresent()) {
            String parentName = descriptor.parent().get();
            Path parentFolder = parents.apply(parentName);
            if (parentFolder == null) {
                throw new ThemeFiles.InvalidThemeFileException(
                        ThemeFiles.DESCRIPTOR, "Its parent, the theme \"" + parentName + "\", is not installed.");
            }
            seen.add(name);
            if (seen.contains(parentName) || seen.size() > GENERATIONS) {
                throw new ThemeFiles.InvalidThemeFileException(
                        ThemeFiles.DESCRIPTOR,
                        "Themes may have " + GENERATIONS + " generations of parents, and no circle.");
            }
            parent = load(parentName, parentFolder, languages, parents, seen);
        }
        return new Theme(name, folder, descriptor, parent, languages);
    }

    String name() {
        return name;
    }

    ThemeDescriptor descriptor() {
        return descriptor;
    }

    TemplateEngine engine() {
        return engine;
    }

    ThemeAssets assets() {
        return assets;
    }

    /** What every template finds under {@code theme}. */
    Map<String, Object> model() {
        Map<String, Object> parents = new LinkedHashMap<>();
        lineage.forEach(theme -> parents.put(theme.name, theme.assets.base()));
        return Map.of("name", name, "assets", assets.base(), "assetsOf", parents);
    }
}
