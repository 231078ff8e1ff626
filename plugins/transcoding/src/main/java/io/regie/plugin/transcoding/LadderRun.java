package io.regie.plugin.transcoding;

import io.regie.ffmpeg.CopyCheck;
import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.SegmentPlan;
import io.regie.ffmpeg.Source;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.JobContext;
import io.regie.spi.JobResult;
import io.regie.spi.MediaFile;
import java.util.List;
import java.util.Optional;

/** One run of {@link LadderHandler}. */
final class LadderRun {

    /** How much of the work copying is, for the progress bar. */
    private static final double COPY_SHARE = 0.03;

    private final MediaFile original;
    private final JobContext context;
    private final AudioPlan audio;

    LadderRun(MediaFile original, JobContext context) {
        this.original = original;
        this.context = context;
        this.audio = AudioPlan.of(original.info());
    }

    JobResult run() throws FFmpegException {
        Ladder ladder = Ladder.of(original.info());
        Rung top = ladder.copyableTop();
        if (top != null) {
            Optional<String> obstacle = copyObstacle();
            if (obstacle.isEmpty()) {
                SegmentPlan plan = copy(top);
                encode(ladder.rungs().subList(1, ladder.rungs().size()), plan, false);
                return JobResult.of(List.of());
            }
            context.log("The video is encoded anew because " + obstacle.get() + ".");
        }
        encode(Ladder.encoded(original.info()).rungs(), SegmentPlan.grid(), true);
        return JobResult.of(List.of());
    }

    private Optional<String> copyObstacle() throws FFmpegException {
        try (Source source = Source.open(original, context::cancelRequested)) {
            return CopyCheck.obstacle(source);
        }
    }

    private SegmentPlan copy(Rung top) throws FFmpegException {
        PublishedRendition video = new PublishedRendition(context, top.outputName(), true);
        try (Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass = TranscodePass.copying(
                        source, top.encoding(), video.file(), video, context::cancelRequested)) {
            firstAudio(pass);
            pass.run(new PassProgress(context, source.seconds(), 0, COPY_SHARE));
            return pass.plan();
        }
    }

    /** @param first whether nothing can be watched yet */
    private void encode(List<Rung> rungs, SegmentPlan plan, boolean first) throws FFmpegException {
        try (Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass = TranscodePass.of(source, plan, context::cancelRequested)) {
            for (Rung rung : rungs) {
                PublishedRendition video = new PublishedRendition(context, rung.outputName(), first);
                pass.encodeVideo(rung.encoding(), video.file(), video);
            }
            if (first) {
                firstAudio(pass);
            }
            if (audio.stereoJoins()) {
                PublishedRendition stereo = new PublishedRendition(context, "audio-stereo", false);
                pass.encodeAudio(AudioPlan.STEREO_BITRATE, stereo.file(), stereo);
            }
            pass.run(new PassProgress(context, source.seconds(), first ? 0 : COPY_SHARE, 1));
        }
    }

    private void firstAudio(TranscodePass pass) throws FFmpegException {
        if (!audio.present()) {
            return;
        }
        PublishedRendition sound = new PublishedRendition(context, "audio", true);
        if (audio.copied()) {
            pass.copyAudio(sound.file(), sound);
        } else {
            pass.encodeAudio(AudioPlan.STEREO_BITRATE, sound.file(), sound);
        }
    }
}
