package sample.plugin;

import io.regie.spi.Plugin;
import io.regie.spi.PluginInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Uses a class and a resource of a library that it brings. */
public final class LibraryPlugin implements Plugin {

    @Override
    public PluginInfo info() {
        try (InputStream text = LibraryPlugin.class.getResourceAsStream("/texts/a name.txt")) {
            return PluginInfo.of("library", Library.name(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
