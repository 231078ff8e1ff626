package sample.plugin;

import io.regie.spi.JobHandler;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import io.regie.spi.Resources;
import java.util.List;
import java.util.Set;

/** A well-formed plugin whose one handler behaves as its parameter says. */
public final class SamplePlugin implements Plugin {

    @Override
    public PluginInfo info() {
        return PluginInfo.of("sample", "Sample", "1.0");
    }

    @Override
    public List<JobHandler> jobHandlers(PluginContext context) {
        Parameter behaviour = Parameter.text("behaviour", "sample.act.behaviour", "whole", 100);
        JobType type = JobType.onDemand(
                "sample.act", "sample.act.title", Set.of(MediaKind.VIDEO), List.of(behaviour), Resources.light());
        return List.of(new ActingHandler(type));
    }
}
