package io.regie.testplugin;

import io.regie.spi.JobHandler;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import io.regie.spi.Resources;
import io.regie.spi.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Does what its parameters say. */
public final class ActingPlugin implements Plugin {
    private static final List<Parameter> PARAMETERS = List.of(
            Parameter.text("act", "act", null, 100),
            Parameter.text("with", "with", "", 1000),
            Parameter.number("amount", "amount", 1.0, 0, 1000));

    @Override
    public PluginInfo info() {
        return PluginInfo.of("acting", "Acting", "1");
    }

    @Override
    public List<JobHandler> jobHandlers(PluginContext context) {
        return List.of(
                new ActingHandler(type("acting.act", false, new Resources(768, Duration.ofMinutes(1), true))),
                new ActingHandler(type("acting.quiet", false, new Resources(768, Duration.ofSeconds(2), true))),
                new ActingHandler(type("acting.small", false, new Resources(256, Duration.ofMinutes(1), true))),
                new ActingHandler(type("acting.light", false, new Resources(768, Duration.ofMinutes(1), false))),
                new ActingHandler(type("acting.resumed", true, new Resources(768, Duration.ofMinutes(1), true))),
                new ActingHandler(new JobType(
                        "acting.secret",
                        "title",
                        Set.of(MediaKind.VIDEO),
                        Trigger.ON_DEMAND,
                        false,
                        false,
                        List.of(
                                Parameter.text("act", "act", null, 100),
                                new Parameter("with", Parameter.Type.SECRET, "key", null, null, null, List.of())),
                        new Resources(768, Duration.ofMinutes(1), true))),
                new ActingHandler(JobType.onDemand(
                        "acting.cut",
                        "title",
                        Set.of(MediaKind.VIDEO),
                        List.of(
                                Parameter.text("act", "act", "poster", 100),
                                new Parameter("range", Parameter.Type.TIME_RANGE, "range", null, null, 60d, List.of())),
                        Resources.light())),
                new ActingHandler(JobType.onDemand(
                        "acting.slides",
                        "title",
                        Set.of(MediaKind.IMAGE),
                        List.of(
                                Parameter.text("act", "act", "article", 100),
                                new Parameter("images", Parameter.Type.IMAGE_LIST, "images", null, 1d, 9d, List.of())),
                        Resources.light())),
                new ActingHandler(film("acting.reel", Duration.ofMinutes(1))),
                new ActingHandler(film("acting.silent", Duration.ofSeconds(2))),
                new LiveHandler(JobType.onLiveStream("acting.record", "title", false, List.of(), Resources.light())),
                new LiveHandler(JobType.onLiveStreamCheck("acting.check", "title", Resources.light())));
    }

    /** What shares a process with others. */
    private static JobType film(String id, Duration stall) {
        return JobType.onLiveStream(id, "title", true, PARAMETERS, new Resources(320, stall, false));
    }

    private static JobType type(String id, boolean resumable, Resources resources) {
        return new JobType(
                id, "title", Set.of(MediaKind.VIDEO), Trigger.ON_DEMAND, false, resumable, PARAMETERS, resources);
    }
}
