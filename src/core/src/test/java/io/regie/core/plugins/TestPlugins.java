package io.regie.core.plugins;

import io.regie.testplugin.PluginJars;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Installs plugins made of test classes into the running application. */
@Singleton
public class TestPlugins {
    private final PluginRegistry registry;

    TestPlugins(PluginRegistry registry) {
        this.registry = registry;
    }

    /** The plugin that does what its parameters say; its job types begin with {@code acting.}. */
    public void installActing() {
        if (registry.find("acting.act").isPresent()) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("plugin");
            registry.install(PluginJars.acting(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PluginRefusedException e) {
            throw new IllegalStateException(e);
        }
    }
}
