package io.regie.core.themes;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.core.themes.Theme.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {

    private static final String SMALL =
            """
            title: Small
            version: "1.0"
            requires: "0.1"
            """;

    @TempDir
    Path themes;

    @BeforeEach
    void writeTheme() throws IOException {
        write("small/theme.yaml", SMALL);
        write("small/templates/home.html", "<p>{msg:hello}</p>");
        write("small/messages/en.yaml", "hello: Hello");
        write("small/assets/theme.css", "p { color: red }");
    }

    @Test
    void readsItsDescriptor() throws IOException {
        write(
                "small/theme.yaml",
                SMALL
                        + """
                        supports:
                          logo: {width: 320, height: 80}
                        settings:
                          - {name: accent, type: color, default: "#335577"}
                          - {name: density, type: choice, default: calm, choices: [calm, dense]}
                        menus: [main, footer]
                        imageSizes:
                          card: {width: 640, height: 360}
                        screenshot: screenshot.png
                        """);
        Loaded loaded = load("small");
        assertThat(loaded.problems()).isEmpty();
        ThemeDescriptor descriptor = loaded.theme().descriptor();
        assertThat(descriptor.supports()).containsEntry("logo", new ThemeDescriptor.ImageSize(320, 80));
        assertThat(descriptor.settings())
                .extracting(ThemeDescriptor.Setting::name)
                .containsExactly("accent", "density");
        assertThat(descriptor.menus()).containsExactly("main", "footer");
        assertThat(descriptor.screenshot()).contains("screenshot.png");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]] | not valid YAML",
                "title: !!java.io.File [/etc/passwd]                                  | not valid YAML",
                "'title: A\ntitle: B'                                                 | not valid YAML",
                "'a: &a [x]\nb: [*a, *a]'                                             | not valid YAML",
                "'[[[[[[[[[[[[x]]]]]]]]]]]]'                                          | not valid YAML",
                "just text                                                            | The file is a list",
                "title: Only                                                          | version",
                "'title: T\nversion: 1.0\nrequires: \"1\"'                            | version",
                "'title: T\nversion: \"1\"\nrequires: \"1\"\nscript: x.js'            | script",
                "'title: T\nversion: \"1\"\nrequires: \"1\"\nparent: ../up'           | parent",
                "'title: T\nversion: \"1\"\nrequires: \"1\"\nparent: gone'            | gone",
                "'title: T\nversion: \"1\"\nrequires: \"1\"\nparent: small'           | circle",
                "'title: T\nversion: \"1\"\nrequires: \"1\"\nsupports: {sidebar: {width: 1, height: 1}}' | supports",
                "'title: T\nversion: \"1\"\nrequires: \"1\"\nsupports: {logo: {width: 99999, height: 1}}' | 8192"
            })
    void refusesDescriptorsWithASentence(String yaml, String sentence) throws IOException {
        write("small/theme.yaml", yaml);
        assertThat(load("small").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("theme.yaml");
            assertThat(problem.sentence()).contains(sentence);
        });
        assertThat(load("small").usable()).isFalse();
    }

    @Test
    void takesFromItsParentWhatItLacks() throws IOException {
        write("child/theme.yaml", SMALL + "parent: small\n");
        write("child/templates/watch.html", "<b>{msg:hello}</b>");
        write("child/messages/fr.yaml", "hello: Bonjour");
        Loaded loaded = load("child");
        assertThat(loaded.problems()).isEmpty();
        TemplateEngine engine = loaded.theme().engine();
        assertThat(engine.render("home", new PageModel(), Locale.FRENCH)).isEqualTo("<p>Bonjour</p>");
        assertThat(engine.render("watch", new PageModel(), Locale.ENGLISH)).isEqualTo("<b>Hello</b>");
    }

    @Test
    void isUnusableWhenOneTemplateIs() throws IOException {
        write("small/templates/bad.html", "{inject:x}");
        Loaded loaded = load("small");
        assertThat(loaded.usable()).isFalse();
        assertThat(loaded.problems()).extracting(ThemeProblem::file).containsExactly("templates/bad.html");
    }

    @Test
    void hasTheAssetsOfItsParentWhereItHasNone() throws IOException {
        write("child/theme.yaml", SMALL + "parent: small\n");
        write("child/assets/own.css", "b { color: red }");
        ThemeAssets assets = load("child").theme().assets();
        assertThat(assets.find("own.css")).isPresent();
        assertThat(assets.find("theme.css").orElseThrow().file()).endsWith(Path.of("small/assets/theme.css"));
        String before = assets.base();
        write("small/assets/theme.css", "p { color: blue }");
        assertThat(load("child").theme().assets().base()).isNotEqualTo(before);
        write("child/assets/theme.css", "p { color: green }");
        assertThat(load("child")
                        .theme()
                        .assets()
                        .find("theme.css")
                        .orElseThrow()
                        .file())
                .endsWith(Path.of("child/assets/theme.css"));
    }

    @Test
    void changesItsAddressWhenAnAssetChanges() throws IOException {
        String before = load("small").theme().assets().base();
        assertThat(before).startsWith("/themes/small/");
        write("small/assets/theme.css", "p { color: blue }");
        assertThat(load("small").theme().assets().base())
                .startsWith("/themes/small/")
                .isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../theme.yaml",
                "..%2ftheme.yaml",
                "%2e%2e/theme.yaml",
                "/etc/passwd",
                "./theme.css",
                "sub/../theme.css",
                "theme.css/",
                "THEME.CSS",
                "theme.css\u0000.png",
                "link.css",
                "page.html",
                "code.js",
                ""
            })
    void servesOnlyListedAssets(String name) throws IOException {
        write("small/assets/page.html", "<script>alert(1)</script>");
        write("small/assets/code.js", "alert(1)");
        Files.createSymbolicLink(themes.resolve("small/assets/link.css"), Path.of("/etc/passwd"));
        ThemeAssets assets = load("small").theme().assets();
        assertThat(assets.find("theme.css")).isPresent();
        assertThat(assets.find(name)).isEmpty();
    }

    @Test
    void shipsAUsableDefaultInEnglishAndFrench() {
        Path shipped = Path.of("../../themes/default").toAbsolutePath().normalize();
        Loaded loaded = Theme.load("default", shipped, ThemeRegistry.LANGUAGES, name -> null);
        assertThat(loaded.problems()).isEmpty();
        Map<String, ThemeMessages.Message> english =
                ThemeFiles.messages(shipped, ThemeRegistry.LANGUAGES).in("en");
        Map<String, ThemeMessages.Message> french =
                ThemeFiles.messages(shipped, ThemeRegistry.LANGUAGES).in("fr");
        assertThat(french.keySet()).isEqualTo(english.keySet()).isNotEmpty();
    }

    private Loaded load(String name) {
        return Theme.load(name, themes.resolve(name), ThemeRegistry.LANGUAGES, parent -> {
            Path folder = themes.resolve(parent);
            return Files.isDirectory(folder) ? folder : null;
        });
    }

    private void write(String name, String text) throws IOException {
        Path file = themes.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
