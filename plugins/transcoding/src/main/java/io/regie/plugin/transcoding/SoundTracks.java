package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.JobContext;
import io.regie.spi.Output;
import java.util.Optional;

/** The audio renditions of one job, made as {@link AudioPlan} says and shared by all rungs. */
final class SoundTracks {

    private final AudioPlan plan;
    private final PublishedRendition first;
    private final PublishedRendition stereo;

    SoundTracks(AudioPlan plan, JobContext context) {
        this.plan = plan;
        this.first = new PublishedRendition(context, "audio", true);
        this.stereo = new PublishedRendition(context, "audio-stereo", false);
    }

    /** The one that is there from the beginning. */
    void first(TranscodePass pass) throws FFmpegException {
        if (plan.copied()) {
            pass.copyAudio(first.file(), first);
        } else if (plan.present()) {
            pass.encodeAudio(AudioPlan.STEREO_BITRATE, first.file(), first);
        }
    }

    /** The one that joins what is copied. */
    void stereo(TranscodePass pass) throws FFmpegException {
        if (plan.stereoJoins()) {
            pass.encodeAudio(AudioPlan.STEREO_BITRATE, stereo.file(), stereo);
        }
    }

    /** The finished rendition that plays everywhere. */
    Optional<Output> best() {
        return stereo.output().or(first::output);
    }
}
