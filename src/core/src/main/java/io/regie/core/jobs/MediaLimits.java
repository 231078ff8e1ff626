package io.regie.core.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.process.ProtocolJson;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** The one register of what a media file may be ({@code regie.limits.*}). */
@ConfigMapping(prefix = "regie.limits")
public interface MediaLimits {

    /** Size of one upload; also of any file a job makes. */
    @WithDefault("107374182400")
    long bytes();

    /** Of one picture, width times height. */
    @WithDefault("35389440")
    long pixels();

    /** Elementary streams in a file. */
    @WithDefault("32")
    int streams();

    /** Playing time. */
    @WithDefault("24H")
    Duration duration();

    /** Frames per second. */
    @WithDefault("240")
    double frameRate();

    /** How long a probe may take. */
    @WithName("probe-time")
    @WithDefault("30S")
    Duration probeTime();

    /** As the worker's probe wants them. */
    default ObjectNode forWorker() {
        return ProtocolJson.object()
                .put("maxBytes", bytes())
                .put("maxPixels", pixels())
                .put("maxStreams", streams())
                .put("maxDurationSeconds", duration().toSeconds())
                .put("maxFrameRate", frameRate());
    }

    /** Of what was recorded here, however long that took. */
    default ObjectNode forRecordings() {
        return forWorker().put("maxBytes", Long.MAX_VALUE).put("maxDurationSeconds", Long.MAX_VALUE);
    }
}
