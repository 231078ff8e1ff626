package io.regie.plugin.recording;

import io.regie.spi.JobHandler;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import java.util.List;

/** Records live streams and looks at them beforehand. */
public final class RecordingPlugin implements Plugin {

    @Override
    public PluginInfo info() {
        return PluginInfo.of("recording", "Recording", "0.1.0");
    }

    @Override
    public List<JobHandler> jobHandlers(PluginContext context) {
        return List.of(new RecordHandler(), new CheckHandler());
    }
}
