package io.regie.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.regie.ffmpeg.Capabilities;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.ffmpeg.Trial;
import io.regie.spi.FailureKind;
import io.regie.spi.JobResult;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.Segment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker tells its server, a line each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Told.class, name = "about"),
    @JsonSubTypes.Type(value = Event.Tried.class, name = "tried"),
    @JsonSubTypes.Type(value = Event.Described.class, name = "described"),
    @JsonSubTypes.Type(value = Event.Estimated.class, name = "estimated"),
    @JsonSubTypes.Type(value = Event.Probed.class, name = "probed"),
    @JsonSubTypes.Type(value = Event.Pictured.class, name = "pictured"),
    @JsonSubTypes.Type(value = Event.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Event.Progressed.class, name = "progress"),
    @JsonSubTypes.Type(value = Event.Logged.class, name = "log"),
    @JsonSubTypes.Type(value = Event.Early.class, name = "early"),
    @JsonSubTypes.Type(value = Event.Appended.class, name = "segment"),
    @JsonSubTypes.Type(value = Event.Published.class, name = "output"),
    @JsonSubTypes.Type(value = Event.Succeeded.class, name = "result"),
    @JsonSubTypes.Type(value = Event.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Event.Cancelled.class, name = "cancelled"),
})
sealed interface Event {

    record Told(Capabilities ffmpeg) implements Event {}

    record Tried(List<Trial.Fault> faults) implements Event {}

    record Described(Descriptor descriptor) implements Event {}

    /** @param bytes negative when unknown */
    record Estimated(long bytes, @Nullable Double seconds) implements Event {}

    record Probed(MediaInfo info) implements Event {}

    record Pictured(int width, int height, long bytes) implements Event {}

    /** @param reason a stable code, see {@link RefusedMediaException#reason()} */
    record Refused(String reason, String message) implements Event {}

    record Progressed(
            double fraction, double speed, @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> figures)
            implements Event {}

    record Logged(String line) implements Event {}

    record Early(Output output) implements Event {}

    /** @param output the name of an early output */
    record Appended(String output, Segment segment) implements Event {}

    record Published(Output output) implements Event {}

    record Succeeded(JobResult result) implements Event {}

    record Failed(FailureKind kind, String message) implements Event {}

    record Cancelled() implements Event {}
}
