package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.JobContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The audio renditions of one job, made as {@link AudioPlan} says and shared by all rungs. */
final class SoundTracks {

    private final AudioPlan plan;
    private final PublishedRendition first;
    private final PublishedRendition stereo;

    SoundTracks(AudioPlan plan, JobContext context) {
        this.plan = plan;
        this.first = new PublishedRendition(context, "audio", true).keep();
        this.stereo = new PublishedRendition(context, "audio-stereo", false).keep();
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

    /** The bytes of the finished rendition that plays everywhere. */
    Optional<Path> best() {
        return Stream.of(stereo, first)
                .filter(PublishedRendition::isWhole)
                .map(PublishedRendition::keptFile)
                .findFirst();
    }
}
