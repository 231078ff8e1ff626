package io.regie.plugin.transcoding;

import io.regie.ffmpeg.Cover;
import io.regie.ffmpeg.Download;
import io.regie.ffmpeg.MediaInput;
import io.regie.ffmpeg.OpenPolicy;
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
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a sound file playable. */
final class AudioHandler implements JobHandler {

    private static final JobType TYPE =
            JobType.essentialOnUpload("transcoding.audio", "audio.title", Set.of(MediaKind.AUDIO), Resources.light());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        try {
            return run(request.input(), context);
        } catch (UncheckedIOException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }

    private static JobResult run(MediaFile original, JobContext context) throws IOException, JobFailedException {
        SoundTracks sound = new SoundTracks(AudioPlan.of(original.info()), context);
        try (Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass = TranscodePass.of(source, SegmentPlan.grid(), context::cancelRequested)) {
            sound.first(pass);
            sound.stereo(pass);
            pass.run(new PassProgress(context, source.seconds(), 0, 0.95));
        }
        Path best = sound.best()
                .orElseThrow(
                        () -> new JobFailedException(FailureKind.BAD_INPUT, "No sound of this file could be decoded."));
        List<Output> attachments = new ArrayList<>();
        Path download = context.workspace().resolve("download.m4a");
        Download.m4a(best, download, context::cancelRequested);
        attachments.add(Output.attachment("download", download, OutputRole.DOWNLOAD, "audio/mp4", 0, 0));
        attachments.addAll(cover(original, context));
        return JobResult.of(attachments);
    }

    private static List<Output> cover(MediaFile original, JobContext context) throws IOException {
        List<Output> stills = new ArrayList<>();
        if (original.info().cover().isEmpty()) {
            return stills;
        }
        try (MediaInput input = MediaInput.open(original.path(), OpenPolicy.media(), context::cancelRequested)) {
            for (Still still : Still.SIZES) {
                Path file = still.in(context.workspace());
                Cover.write(input, file, still.maxSide()).ifPresent(written -> stills.add(still.output(file, written)));
            }
        }
        return stills;
    }
}
