package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.SegmentPlan;
import io.regie.ffmpeg.Source;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.FailureKind;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaKind;
import io.regie.spi.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a sound file playable. */
final class AudioHandler implements JobHandler {

    private static final JobType TYPE = JobType.essentialOnUpload(
            "transcoding.audio", "audio.title", Set.of(MediaKind.AUDIO), Resources.light());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        try {
            return run(request.input(), context);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }

    private static JobResult run(MediaFile original, JobContext context) throws FFmpegException, JobFailedException {
        SoundTracks sound = new SoundTracks(AudioPlan.of(original.info()), context);
        try (Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass = TranscodePass.of(source, SegmentPlan.grid(), context::cancelRequested)) {
            sound.first(pass);
            sound.stereo(pass);
            pass.run(new PassProgress(context, source.seconds(), 0, 0.95));
        }
        if (sound.best().isEmpty()) {
            throw new JobFailedException(FailureKind.BAD_INPUT, "No sound of this file could be decoded.");
        }
        return JobResult.of(new ArrayList<>(List.of()));
    }
}
