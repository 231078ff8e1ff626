package io.regie.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.JobRequest;
import io.regie.spi.LiveSource;
import io.regie.spi.MediaFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a worker is asked by its first line of input; one that is shared is asked more. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Rehearse.class, name = "rehearse"),
    @JsonSubTypes.Type(value = Command.About.class, name = "about"),
    @JsonSubTypes.Type(value = Command.Trial.class, name = "trial"),
    @JsonSubTypes.Type(value = Command.Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = Command.Estimate.class, name = "estimate"),
    @JsonSubTypes.Type(value = Command.Probe.class, name = "probe"),
    @JsonSubTypes.Type(value = Command.Picture.class, name = "picture"),
    @JsonSubTypes.Type(value = Command.Frame.class, name = "frame"),
    @JsonSubTypes.Type(value = Command.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Command.Share.class, name = "share"),
})
sealed interface Command {

    /** Serve several runs at once, each in a conversation of its own: see {@link SharedRuns}. */
    record Share() implements Command {}

    /** Meet the classes that others will need, and then look for a file that is not there. */
    record Rehearse(Probe probe) implements Command {
        public Rehearse {
            Objects.requireNonNull(probe, "probe");
        }
    }

    /** Say what the media libraries are and can do. */
    record About() implements Command {}

    /** Use the media libraries in the temporary folder and say what of them does not work. */
    record Trial() implements Command {}

    /** Load the plugin and say what it contributes. */
    record Describe(Path plugin) implements Command {
        public Describe {
            Objects.requireNonNull(plugin, "plugin");
        }
    }

    /** Say what a run would take. */
    record Estimate(
            Path plugin, @Nullable String jobId, String type, List<MediaFile> inputs, Map<String, Object> parameters)
            implements Command {

        public Estimate {
            Objects.requireNonNull(plugin, "plugin");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(inputs, "inputs");
            Objects.requireNonNull(parameters, "parameters");
        }

        JobRequest request() {
            return new JobRequest(jobId == null ? "" : jobId, 1, type, inputs, parameters, null);
        }
    }

    /** Say what a file is. */
    record Probe(Path input, ProbeLimits limits) implements Command {
        public Probe {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(limits, "limits");
        }
    }

    /** Make an image that is safe to show. */
    record Picture(Path input, Path output, io.regie.ffmpeg.Picture.Format format, int maxWidth, int maxHeight)
            implements Command {

        public Picture {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(format, "format");
            if (maxWidth < 1 || maxHeight < 1) {
                throw new IllegalArgumentException("A picture needs a size");
            }
        }
    }

    /** Make an image of what a video shows at a time. */
    record Frame(
            MediaFile input,
            double seconds,
            Path output,
            io.regie.ffmpeg.Picture.Format format,
            int maxWidth,
            int maxHeight)
            implements Command {

        public Frame {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(format, "format");
            if (!(seconds >= 0) || maxWidth < 1 || maxHeight < 1) {
                throw new IllegalArgumentException("A frame needs a time and a size");
            }
        }
    }

    /**
     * Run one attempt at a job.
     *
     * @param relay the socket that leads out, for what reads a live stream
     * @param relayToken what to say there
     */
    record Run(
            Path plugin,
            String jobId,
            int attempt,
            String type,
            Path workspace,
            List<MediaFile> inputs,
            Map<String, Object> parameters,
            JobRequest.@Nullable Previous lastAttempt,
            @Nullable LiveSource source,
            @Nullable Path relay,
            @Nullable String relayToken)
            implements Command {

        public Run {
            Objects.requireNonNull(plugin, "plugin");
            Objects.requireNonNull(jobId, "jobId");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(workspace, "workspace");
            Objects.requireNonNull(inputs, "inputs");
            Objects.requireNonNull(parameters, "parameters");
        }

        JobRequest request() {
            return new JobRequest(jobId, attempt, type, inputs, parameters, lastAttempt, source);
        }

        /** The way out, or null for a job without one. */
        @Nullable
        Forwarder forwarder() {
            return relay == null || relayToken == null ? null : new Forwarder(relay, relayToken);
        }
    }
}
