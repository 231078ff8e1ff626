package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.RenditionListener;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.JobContext;
import java.nio.file.Path;
import java.util.Optional;

/** The audio renditions of one job, made as {@link AudioPlan} says and shared by all rungs. */
final class SoundTracks {

    private final AudioPlan plan;
    private final PublishedRendition first;
    private final PublishedRendition stereo;
    private final Path unpublishedFile;
    private final Unpublished unpublished = new Unpublished();

    SoundTracks(AudioPlan plan, JobContext context) {
        this.plan = plan;
        this.first = new PublishedRendition(context, "audio", true).keep();
        this.stereo = new PublishedRendition(context, "audio-stereo", false).keep();
        this.unpublishedFile = context.workspace().resolve("audio.kept");
    }

    /** The one that is there from the beginning. */
    void first(TranscodePass pass) throws FFmpegException {
        add(pass, first.file(), first);
    }

    /** The same for a job that does not publish it, where the download has no other. */
    void forDownload(TranscodePass pass) throws FFmpegException {
        if (!plan.stereoJoins()) {
            add(pass, unpublishedFile, unpublished);
        }
    }

    private void add(TranscodePass pass, Path file, RenditionListener listener) throws FFmpegException {
        if (plan.copied()) {
            pass.copyAudio(file, listener);
        } else if (plan.present()) {
            pass.encodeAudio(AudioPlan.STEREO_BITRATE, file, listener);
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
        if (stereo.isWhole()) {
            return Optional.of(stereo.keptFile());
        }
        if (first.isWhole()) {
            return Optional.of(first.keptFile());
        }
        return unpublished.isWhole() ? Optional.of(unpublishedFile) : Optional.empty();
    }
}
