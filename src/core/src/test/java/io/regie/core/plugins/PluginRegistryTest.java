package io.regie.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.database.Sql;
import io.regie.core.process.Workers;
import io.regie.core.settings.Installation;
import io.regie.spi.MediaKind;
import io.regie.spi.Trigger;
import io.regie.testplugin.BadPlugins;
import io.regie.testplugin.PluginJars;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PluginRegistryTest {

    @Inject
    Sql sql;

    @Inject
    Workers workers;

    @Inject
    InstantSource clock;

    private Duration patience = Duration.ofSeconds(2);
    private Path data;
    private Path bundled;

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createTempDirectory("regie-plugins");
        // Workers must be able to pass.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        bundled = Files.createDirectories(data.resolve("home/plugins"));
    }

    @AfterEach
    void forget() {
        sql.update("DELETE FROM plugin WHERE file_name LIKE 'test-%'");
    }

    @Test
    void installsGoodPluginsAndRemembersWhyOthersAreNot() throws IOException {
        jar("test-1-honest", BadPlugins.Honest.class, BadPlugins.Handler.class);
        jar("test-2-impostor", BadPlugins.Impostor.class);
        jar("test-3-throwing", BadPlugins.Throwing.class);
        jar("test-4-exiting", BadPlugins.Exiting.class);
        jar("test-5-looping", BadPlugins.Looping.class);
        jar("test-6-newer", BadPlugins.Newer.class);
        jar("test-7-core", BadPlugins.Core.class);
        jar("test-8-greedy", BadPlugins.Greedy.class, BadPlugins.Handler.class);
        Files.writeString(bundled.resolve("test-9-rubbish.jar"), "not a jar");

        PluginRegistry registry = registry();
        registry.start(new StartupEvent());

        assertThat(registry.startedBy(Trigger.UPLOADED, MediaKind.VIDEO))
                .extracting("id")
                .contains("honest.work");
        assertThat(registry.startedBy(Trigger.UPLOADED, MediaKind.AUDIO))
                .extracting("id")
                .doesNotContain("honest.work");
        assertThat(registry.jarOf("honest.work")).isRegularFile();
        assertThat(failures()).hasSize(8).allSatisfy(sentence -> assertThat(sentence)
                .matches("(?s)[A-Z].*\\.")
                .doesNotContain("Exception:"));
        try (var jars = Files.list(data.resolve("plugins"))) {
            assertThat(jars).hasSize(1);
        }

        // A third start asks nobody: the one that loops would take its two seconds again.
        registry().start(new StartupEvent());
        long before = System.nanoTime();
        registry().start(new StartupEvent());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void triesAPluginAgainThatWasNotHeardInTime() throws IOException {
        jar("test-honest", BadPlugins.Honest.class, BadPlugins.Handler.class);
        patience = Duration.ZERO;
        registry().start(new StartupEvent());
        assertThat(failures()).singleElement().asString().contains("did not answer");

        patience = Duration.ofSeconds(5);
        PluginRegistry registry = registry();
        registry.start(new StartupEvent());
        assertThat(registry.find("honest.work")).isPresent();
    }

    @Test
    void replacesAPluginByAnotherVersionAndKeepsItWhenThatIsBad() throws Exception {
        PluginRegistry registry = registry();
        registry.start(new StartupEvent());
        registry.install(jar("test-honest", BadPlugins.Honest.class, BadPlugins.Handler.class));
        assertThat(registry.find("honest.work")).isPresent();
        Path greedy = jar("test-greedy", BadPlugins.Greedy.class, BadPlugins.Handler.class);
        assertThatThrownBy(() -> registry.install(greedy))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContaining("memory");
        assertThat(registry.find("honest.work")).isPresent();
        registry.install(jar("test-impostor", BadPlugins.Impostor.class));
        assertThat(registry.find("honest.work")).isEmpty();
        assertThat(sql.list("SELECT version FROM plugin WHERE id = 'honest'", row -> row.getString(1)))
                .containsExactly("2");
    }

    private Path jar(String name, Class<?>... classes) throws IOException {
        return PluginJars.jar(bundled.resolve(name + ".jar"), classes);
    }

    private List<String> failures() {
        return sql.list(
                "SELECT failure FROM plugin WHERE failure IS NOT NULL AND file_name LIKE 'test-%'",
                row -> row.getString(1));
    }

    private PluginRegistry registry() {
        return new PluginRegistry(sql, workers, new Strict(), clock, new Installation() {
            @Override
            public Path data() {
                return data;
            }

            @Override
            public Optional<Path> home() {
                return Optional.of(data.resolve("home"));
            }
        });
    }

    private final class Strict implements PluginsConfig {
        @Override
        public long maxBytes() {
            return 1 << 20;
        }

        @Override
        public int maxCount() {
            return 50;
        }

        @Override
        public int maxMemoryMib() {
            return 8192;
        }

        @Override
        public Duration describeTime() {
            return patience;
        }
    }
}
