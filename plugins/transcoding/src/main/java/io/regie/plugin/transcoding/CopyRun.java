package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.RenditionListener;
import io.regie.ffmpeg.SegmentPlan;
import io.regie.ffmpeg.Source;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.JobContext;
import io.regie.spi.MediaFile;
import java.nio.file.Path;

/** Writes the top rung of an original whose pictures can stay as they are. */
final class CopyRun {

    /** What else is made on the way. */
    interface Company {
        void join(TranscodePass pass) throws FFmpegException;
    }

    private final MediaFile original;
    private final Rung top;
    private final JobContext context;

    CopyRun(MediaFile original, Rung top, JobContext context) {
        this.original = original;
        this.top = top;
        this.context = context;
    }

    /**
     * Copies.
     *
     * @param until fraction of the job that this is
     * @return where its segments begin
     */
    SegmentPlan write(Path file, RenditionListener listener, Company company, double until) throws FFmpegException {
        try (Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass =
                        TranscodePass.copying(source, top.encoding(), file, listener, context::cancelRequested)) {
            company.join(pass);
            pass.run(new PassProgress(context, source.seconds(), 0, until));
            return pass.plan();
        }
    }

    /** Where the segments of the copy begin, found without writing it. */
    SegmentPlan plan() throws FFmpegException {
        try (Source source = Source.open(original, context::cancelRequested)) {
            return SegmentPlan.ofKeyFrames(source);
        }
    }
}
