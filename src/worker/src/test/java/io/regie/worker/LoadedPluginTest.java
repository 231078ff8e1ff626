package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.spi.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedPluginTest {

    @TempDir
    Path folder;

    @Test
    void seesContractFfmpegAndJdkAndNothingElseOfTheHost() throws Exception {
        Archive curious = provided("sample.plugin.CuriousPlugin");
        try (LoadedPlugin plugin = load(curious)) {
            assertThat(plugin.info().name()).isEqualTo("FFmpeg Pointer Nullable Connection");
        }
    }

    @Test
    void findsClassesAndResourcesOfItsLibraries() throws Exception {
        byte[] library = new Archive()
                .classes("sample.plugin.Library")
                .file("texts/a name.txt", "1.0")
                .bytes();
        try (LoadedPlugin plugin = load(provided("sample.plugin.LibraryPlugin").file("lib/a library.jar", library))) {
            assertThat(plugin.info().name()).isEqualTo("from a library");
            assertThat(plugin.info().version()).isEqualTo("1.0");
        }
        try (var left = Files.list(folder)) {
            assertThat(left).as("extracted libraries").containsExactly(folder.resolve("plugin.jar"));
        }
    }

    @Test
    void ignoresClassPathOfManifest() throws Exception {
        new Archive()
                .classes("sample.plugin.Library")
                .file("texts/a name.txt", "1.0")
                .writeTo(folder.resolve("elsewhere.jar"));
        Archive plugin = provided("sample.plugin.LibraryPlugin")
                .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: elsewhere.jar\n\n");
        assertRefused(plugin, "it uses a class that it does not bring: sample.plugin.Library");
    }

    @Test
    void refusesOtherVersionOfContractNamingBoth() throws Exception {
        assertRefused(
                provided("sample.plugin.OldPlugin"),
                "The plugin old was built for version 0 of the plugin contract; this server has version "
                        + Plugin.SPI_VERSION + ".");
    }

    @Test
    void refusesJarWithoutProvider() throws Exception {
        assertRefused(
                new Archive().classes("sample.plugin.OldPlugin"),
                "The jar is no plugin: it has no META-INF/services/io.regie.spi.Plugin.");
    }

    @Test
    void refusesTwoProviders() throws Exception {
        Archive both = new Archive()
                .provider("sample.plugin.OldPlugin", "sample.plugin.ThrowingPlugin")
                .classes("sample.plugin.OldPlugin", "sample.plugin.ThrowingPlugin");
        assertRefused(
                both, "The jar has more than one plugin: sample.plugin.OldPlugin and sample.plugin.ThrowingPlugin.");
    }

    @Test
    void refusesSecondProviderInLibrary() throws Exception {
        byte[] library = provided("sample.plugin.ThrowingPlugin").bytes();
        assertRefused(
                provided("sample.plugin.OldPlugin").file("lib/library.jar", library),
                "The jar has more than one plugin");
    }

    @Test
    void refusesProviderThatThrows() throws Exception {
        assertRefused(
                provided("sample.plugin.ThrowingPlugin"),
                "The plugin cannot be created: no licence (IllegalStateException).");
    }

    @Test
    void refusesProviderThatIsNotThere() throws Exception {
        assertRefused(
                new Archive().provider("sample.plugin.Forgotten"),
                "The plugin cannot be created: io.regie.spi.Plugin: Provider sample.plugin.Forgotten not found "
                        + "(ServiceConfigurationError).");
    }

    @Test
    void refusesClassesThatTheHostShares() throws Exception {
        for (String name :
                new String[] {"io.regie.spi.Plugin", "org.bytedeco.javacpp.Pointer", "io.regie.worker.Json"}) {
            assertRefused(
                    provided("sample.plugin.OldPlugin").classes(name), "must not contain classes of Regie itself");
        }
        assertRefused(
                provided("sample.plugin.OldPlugin").file("META-INF/versions/17/io/regie/spi/Plugin.class", ""),
                "must not contain classes of Regie itself");
        assertRefused(
                provided("sample.plugin.OldPlugin")
                        .file(
                                "lib/x.jar",
                                new Archive().classes("io.regie.spi.Plugin").bytes()),
                "must not contain classes of Regie itself");
    }

    @Test
    void knowsItsHandlersByType() throws Exception {
        try (LoadedPlugin plugin = load(Archive.sample())) {
            assertThat(plugin.requireHandler("sample.act").type().id()).isEqualTo("sample.act");
            assertThatThrownBy(() -> plugin.requireHandler("sample.other"))
                    .isInstanceOf(PluginRefusedException.class)
                    .hasMessage("The plugin sample has no job type sample.other.");
        }
    }

    @Test
    void refusesDescriptionWithoutTexts() throws Exception {
        assertDescriptionRefused(
                Archive.sample().file("messages_en.properties", "sample.act.title=Act"),
                "The plugin sample is refused: the label of the parameter behaviour of sample.act"
                        + " (sample.act.behaviour) is not in messages_en.properties.");
        assertDescriptionRefused(
                Archive.sample().file("messages_fr.properties", new byte[] {'a', '=', (byte) 0xE9}),
                "messages_fr.properties is not UTF-8.");
        assertDescriptionRefused(
                Archive.sample().file("messages_fr.properties", "a=\\u12"), "messages_fr.properties cannot be read");
        assertDescriptionRefused(
                Archive.sample().file("messages_en.properties", "#" + "x".repeat(300_000)),
                "messages_en.properties is larger than 256 KiB.");
    }

    private static Archive provided(String className) {
        return new Archive().provider(className).classes(className);
    }

    private LoadedPlugin load(Archive archive) throws IOException, PluginRefusedException {
        return LoadedPlugin.load(archive.writeTo(folder.resolve("plugin.jar")), folder, InstantSource::system);
    }

    private void assertRefused(Archive archive, String sentence) throws IOException {
        Path file = archive.writeTo(folder.resolve("plugin.jar"));
        assertThatThrownBy(() -> LoadedPlugin.load(file, folder, InstantSource::system))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContaining(sentence);
    }

    private void assertDescriptionRefused(Archive archive, String sentence) throws Exception {
        try (LoadedPlugin plugin = load(archive)) {
            assertThatThrownBy(plugin::describe)
                    .isInstanceOf(PluginRefusedException.class)
                    .hasMessageStartingWith(sentence);
        }
    }
}
