package io.regie.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.JobHandler;
import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import io.regie.spi.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every plugin keeps to. Its test extends this and adds nothing. */
public abstract class PluginContract {

    /** The id that the plugin is to have. */
    protected abstract String id();

    @Test
    void loadsThroughServiceLoader() {
        assertThat(plugin().info().spiVersion()).isEqualTo(Plugin.SPI_VERSION);
        assertThat(plugin().info().name()).isNotBlank();
        assertThat(plugin().info().version()).isNotBlank();
    }

    @Test
    void listsItsHandlersUnderItsOwnName() {
        List<String> ids = types().stream().map(JobType::id).toList();

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.startsWith(id() + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void saysEverythingInEachLanguage(String language) throws IOException {
        Properties messages = messages(language);

        assertThat(messages.stringPropertyNames()).containsAll(keys());
        assertThat(messages.values()).allMatch(text -> !text.toString().isBlank());
    }

    @Test
    void saysTheSameInBothLanguages() throws IOException {
        assertThat(messages("fr").stringPropertyNames())
                .isEqualTo(messages("en").stringPropertyNames());
    }

    private Plugin plugin() {
        List<Plugin> plugins = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(plugin -> plugin.info().id().equals(id()))
                .toList();
        assertThat(plugins).as("plugins named %s on the class path", id()).hasSize(1);
        return plugins.get(0);
    }

    private List<JobType> types() {
        return plugin().jobHandlers(SettableClock::new).stream()
                .map(JobHandler::type)
                .toList();
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (JobType type : types()) {
            keys.add(type.title());
            type.parameters().stream().map(Parameter::label).forEach(keys::add);
        }
        return keys;
    }

    private Properties messages(String language) throws IOException {
        String name = "messages_%s.properties".formatted(language);
        Properties messages = new Properties();
        try (InputStream in = plugin().getClass().getClassLoader().getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            messages.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return messages;
    }
}
