package io.regie.core.themes;

import io.regie.core.themes.ThemeDescriptor.ImageSize;
import io.regie.core.themes.ThemeDescriptor.Setting;
import io.regie.core.themes.ThemeMessages.Message;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the YAML files of a theme: plain data only, bounded, every field checked. */
final class ThemeFiles {

    static final String DESCRIPTOR = "theme.yaml";

    private static final Set<String> FIELDS = Set.of(
            "title", "version", "requires", "parent", "supports", "settings", "menus", "imageSizes", "screenshot");
    private static final Set<String> BRANDING = Set.of("logo", "banner", "background", "favicon");
    private static final Set<String> SETTING_TYPES = Set.of("text", "boolean", "color", "choice");
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final Pattern THEME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,2}");

    private ThemeFiles() {}

    /** A file of a theme says what it may not; the message is the sentence for the admin. */
    static final class InvalidThemeFileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final ThemeProblem problem;

        InvalidThemeFileException(String file, String sentence) {
            super(sentence);
            problem = new ThemeProblem(file, 0, sentence);
        }
    }

    static boolean isThemeName(String name) {
        return THEME.matcher(name).matches();
    }

    static ThemeDescriptor descriptor(Path folder) {
        Map<?, ?> yaml = map(DESCRIPTOR, "The file", read(folder, DESCRIPTOR));
        for (Object field : yaml.keySet()) {
            require(FIELDS.contains(field), "There is no field \"" + field + "\".");
        }
        String parent = text(yaml.get("parent"), "parent", null);
        require(parent == null || isThemeName(parent), "parent is not a theme's name.");
        String screenshot = text(yaml.get("screenshot"), "screenshot", null);
        List<String> menus = new ArrayList<>();
        for (Object menu : list(yaml.get("menus"), "menus")) {
            menus.add(name(menu, "A menu"));
        }
        Map<String, ImageSize> supports = sizes(yaml.get("supports"), "supports");
        require(BRANDING.containsAll(supports.keySet()), "supports knows logo, banner, background and favicon.");
        return new ThemeDescriptor(
                required(yaml, "title"),
                version(yaml, "version"),
                version(yaml, "requires"),
                Optional.ofNullable(parent),
                supports,
                settings(yaml.get("settings")),
                menus,
                sizes(yaml.get("imageSizes"), "imageSizes"),
                Optional.ofNullable(screenshot));
    }

    /** The messages of one theme, without its parents'. */
    static ThemeMessages messages(Path folder, Set<String> languages) {
        Map<String, Map<String, Message>> all = new HashMap<>();
        for (String language : languages) {
            String file = "messages/" + language + ".yaml";
            if (ConfinedFiles.find(folder, file).isEmpty()) {
                continue;
            }
            Map<String, Message> messages = new HashMap<>();
            map(file, "The file", read(folder, file)).forEach((key, value) -> {
                if (value instanceof Map<?, ?> forms) {
                    messages.put(
                            String.valueOf(key),
                            new Message(form(file, key, forms, "one"), form(file, key, forms, "other")));
                } else {
                    messages.put(String.valueOf(key), new Message(null, String.valueOf(value)));
                }
            });
            all.put(language, messages);
        }
        return new ThemeMessages(all);
    }

    private static String form(String file, @Nullable Object key, Map<?, ?> forms, String form) {
        Object text = forms.get(form);
        if (text == null || forms.size() != 2) {
            throw new InvalidThemeFileException(file, "\"" + key + "\" needs exactly the forms one and other.");
        }
        return text.toString();
    }

    private static @Nullable Object read(Path folder, String name) {
        Path file = ConfinedFiles.find(folder, name)
                .orElseThrow(() -> new InvalidThemeFileException(name, "The file is missing."));
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(8);
        options.setCodePointLimit(ThemeLimits.FILE_BYTES);
        try {
            return new Yaml(new SafeConstructor(options)).load(TemplateFolder.read(file));
        } catch (YAMLException | BudgetExceededException | UncheckedIOException e) {
            throw new InvalidThemeFileException(name, "The file is not valid YAML: " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static List<Setting> settings(@Nullable Object yaml) {
        List<Setting> settings = new ArrayList<>();
        for (Object item : list(yaml, "settings")) {
            Map<?, ?> setting = map(DESCRIPTOR, "A setting", item);
            String name = name(setting.get("name"), "A setting");
            String type = required(setting, "type");
            require(SETTING_TYPES.contains(type), "Setting \"" + name + "\" has an unknown type.");
            List<String> choices = new ArrayList<>();
            for (Object choice : list(setting.get("choices"), "choices")) {
                choices.add(String.valueOf(choice));
            }
            String standard = String.valueOf(setting.get("default"));
            require(
                    !type.equals("choice") || choices.contains(standard),
                    "The default of setting \"" + name + "\" is not among its choices.");
            settings.add(new Setting(name, type, standard, List.copyOf(choices)));
        }
        return settings;
    }

    private static Map<String, ImageSize> sizes(@Nullable Object yaml, String field) {
        Map<String, ImageSize> sizes = new LinkedHashMap<>();
        if (yaml == null) {
            return sizes;
        }
        map(DESCRIPTOR, field, yaml).forEach((key, value) -> {
            Map<?, ?> size = map(DESCRIPTOR, field, value);
            sizes.put(
                    name(key, field),
                    new ImageSize(pixels(size.get("width"), field), pixels(size.get("height"), field)));
        });
        return sizes;
    }

    private static int pixels(@Nullable Object value, String field) {
        require(value instanceof Integer n && n > 0 && n <= 8192, field + " needs width and height, 1 to 8192 pixels.");
        return (Integer) value;
    }

    private static String version(Map<?, ?> yaml, String field) {
        String version = required(yaml, field);
        require(VERSION.matcher(version).matches(), field + " is a version like 1.2.3, in quotes.");
        return version;
    }

    private static String name(@Nullable Object value, String what) {
        require(value instanceof String s && NAME.matcher(s).matches(), what + " needs a name of letters and digits.");
        return (String) value;
    }

    private static String required(Map<?, ?> yaml, String field) {
        String value = text(yaml.get(field), field, null);
        require(value != null, "The field \"" + field + "\" is missing.");
        return value;
    }

    private static @Nullable String text(@Nullable Object value, String field, @Nullable String otherwise) {
        if (value == null) {
            return otherwise;
        }
        require(value instanceof String s && !s.isBlank() && s.length() <= 200, field + " is a short text.");
        return (String) value;
    }

    private static List<?> list(@Nullable Object value, String field) {
        require(value == null || value instanceof List<?> l && l.size() <= 100, field + " is a list.");
        return value == null ? List.of() : (List<?>) value;
    }

    private static Map<?, ?> map(String file, String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new InvalidThemeFileException(file, what + " is a list of \"name: value\".");
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new InvalidThemeFileException(DESCRIPTOR, sentence);
        }
    }
}
