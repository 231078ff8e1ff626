package io.regie.plugin.gif;

import io.regie.spi.JobHandler;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import java.util.List;

/** Makes animations and clips of ranges of videos. */
public final class GifPlugin implements Plugin {

    @Override
    public PluginInfo info() {
        return PluginInfo.of("gif", "GIF and clips", "0.1.0");
    }

    @Override
    public List<JobHandler> jobHandlers(PluginContext context) {
        return List.of(new AnimationHandler(), new ClipHandler(), new ImagesHandler(), new PreviewHandler());
    }
}
