package sample.plugin;

import io.regie.spi.Plugin;
import io.regie.spi.PluginInfo;

/** Built for a contract of long ago. */
public final class OldPlugin implements Plugin {

    @Override
    public PluginInfo info() {
        return new PluginInfo("old", "Old", "0.1", 0);
    }
}
