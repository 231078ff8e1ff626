package sample.plugin;

import io.regie.spi.Plugin;
import io.regie.spi.PluginInfo;

/** Cannot be created. */
public final class ThrowingPlugin implements Plugin {

    public ThrowingPlugin() {
        throw new IllegalStateException("no licence");
    }

    @Override
    public PluginInfo info() {
        throw new AssertionError("never created");
    }
}
