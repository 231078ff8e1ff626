package io.regie.plugin.recording;

import io.regie.ffmpeg.LiveAddress;
import io.regie.spi.FailureKind;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.LiveSource;
import java.io.IOException;
import java.time.Duration;

/** The stream that a job is about. @param silence the longest that it may say nothing */
record Source(LiveSource source, Duration silence) {

    private static final Duration USUAL_SILENCE = Duration.ofSeconds(10);

    static Source of(JobRequest request) throws JobFailedException {
        LiveSource source = request.source();
        if (source == null) {
            throw new JobFailedException(FailureKind.BAD_INPUT, "There is no live stream to record.");
        }
        String seconds = source.options().getOrDefault("timeout", "");
        Duration silence =
                seconds.matches("[1-9]\\d{0,2}") ? Duration.ofSeconds(Long.parseLong(seconds)) : USUAL_SILENCE;
        return new Source(source, silence);
    }

    LiveAddress address(JobContext context) throws IOException {
        return LiveAddress.of(source, context::network, silence);
    }
}
