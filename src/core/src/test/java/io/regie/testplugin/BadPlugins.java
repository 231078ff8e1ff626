package io.regie.testplugin;

import io.regie.spi.JobContext;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import io.regie.spi.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Plugins that should not be let in, and one that should. */
public final class BadPlugins {
    private BadPlugins() {}

    public static final class Throwing implements Plugin {
        @Override
        public PluginInfo info() {
            throw new IllegalStateException("no");
        }
    }

    public static final class Exiting implements Plugin {
        @Override
        public PluginInfo info() {
            System.exit(0);
            return PluginInfo.of("exiting", "Exiting", "1");
        }
    }

    public static final class Looping implements Plugin {
        @Override
        public PluginInfo info() {
            while (true) {
                Thread.onSpinWait();
            }
        }
    }

    public static final class Newer implements Plugin {
        @Override
        public PluginInfo info() {
            return new PluginInfo("newer", "Newer", "1", Plugin.SPI_VERSION + 1);
        }
    }

    public static final class Core implements Plugin {
        @Override
        public PluginInfo info() {
            return PluginInfo.of("core", "Core", "1");
        }
    }

    public static final class Honest implements Plugin {
        @Override
        public PluginInfo info() {
            return PluginInfo.of("honest", "Honest", "1");
        }

        @Override
        public List<JobHandler> jobHandlers(PluginContext context) {
            return List.of(new Handler("honest.work", Resources.light()));
        }
    }

    public static final class Impostor implements Plugin {
        @Override
        public PluginInfo info() {
            return PluginInfo.of("honest", "Impostor", "2");
        }
    }

    public static final class Greedy implements Plugin {
        @Override
        public PluginInfo info() {
            return PluginInfo.of("greedy", "Greedy", "1");
        }

        @Override
        public List<JobHandler> jobHandlers(PluginContext context) {
            return List.of(new Handler("greedy.work", new Resources(1 << 20, Duration.ofMinutes(1), true)));
        }
    }

    public static final class Handler implements JobHandler {
        private final JobType type;

        Handler(String id, Resources resources) {
            type = JobType.essentialOnUpload(id, "title", Set.of(MediaKind.VIDEO), resources);
        }

        @Override
        public JobType type() {
            return type;
        }

        @Override
        public JobResult run(JobRequest request, JobContext context) {
            return JobResult.of(List.of());
        }
    }
}
