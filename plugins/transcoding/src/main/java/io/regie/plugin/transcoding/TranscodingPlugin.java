package io.regie.plugin.transcoding;

import io.regie.spi.JobHandler;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import java.util.List;

/** Makes originals playable everywhere. */
public final class TranscodingPlugin implements Plugin {

    @Override
    public PluginInfo info() {
        return PluginInfo.of("transcoding", "Transcoding", "0.1.0");
    }

    @Override
    public List<JobHandler> jobHandlers(PluginContext context) {
        return List.of(new CopyHandler(), new LadderHandler(), new AudioHandler(), new RungHandler());
    }
}
