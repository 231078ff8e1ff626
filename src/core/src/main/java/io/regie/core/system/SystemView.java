package io.regie.core.system;

import io.regie.core.jobs.QueueFigures.PoolFigures;
import io.regie.core.plugins.InstalledPlugins.PluginState;
import io.regie.core.process.SandboxReport.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is.
 *
 * @param ffmpeg null when no worker answers
 * @param tools how the last test of the media tools went, null before the first
 * @param sandbox what keeps workers apart from the rest on this machine
 * @param failedLately jobs that failed within a day
 */
public record SystemView(
        String version,
        String java,
        String operatingSystem,
        String postgresql,
        @Nullable FFmpegView ffmpeg,
        @Nullable ToolTest tools,
        List<Tier> sandbox,
        Space space,
        List<PoolFigures> pools,
        long failedLately,
        List<PluginState> plugins,
        MailState mail,
        List<Concern> concerns) {

    /** In bytes. @param disk of published files, 0 when nobody can tell */
    public record Space(long disk, long free, long database) {}

    /** @param failed within a day */
    public record MailState(boolean sends, long waiting, long failed) {}
}
