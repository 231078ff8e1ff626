package io.regie.plugin.transcoding;

import io.regie.ffmpeg.DisplaySize;
import io.regie.ffmpeg.Download;
import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.PosterPicker;
import io.regie.ffmpeg.SegmentPlan;
import io.regie.ffmpeg.Source;
import io.regie.ffmpeg.StoryboardSheet;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.JobContext;
import io.regie.spi.JobResult;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of {@link LadderHandler}. */
final class LadderRun {

    /** How much of the work copying is, for the progress bar. */
    private static final double COPY_SHARE = 0.03;

    private final MediaFile original;
    private final JobContext context;
    private final SoundTracks sound;
    private final List<Output> attachments = new ArrayList<>();
    private final LadderChoice choice;
    private final Rung downloaded;

    LadderRun(MediaFile original, JobContext context) throws FFmpegException {
        this.original = original;
        this.context = context;
        this.sound = new SoundTracks(AudioPlan.of(original.info()), context);
        this.choice = LadderChoice.of(original, context::cancelRequested);
        this.downloaded = choice.ladder().download();
    }

    JobResult run() throws IOException {
        if (choice.obstacle() != null) {
            context.log("The video is encoded anew because " + choice.obstacle() + ".");
        }
        List<Rung> rungs = choice.ladder().rungs();
        if (choice.copied() == null) {
            encode(rungs, SegmentPlan.grid(), true);
        } else {
            encode(rungs.subList(1, rungs.size()), follow(choice.copied()), false);
        }
        writeDownload();
        return JobResult.of(attachments);
    }

    private PublishedRendition rendition(Rung rung, boolean early) {
        PublishedRendition rendition = new PublishedRendition(context, rung.outputName(), early);
        return rung.equals(downloaded) ? rendition.keep() : rendition;
    }

    /** {@link CopyHandler} publishes the top rung; here it is needed for its segments, and for a download of it. */
    private SegmentPlan follow(Rung top) throws FFmpegException {
        CopyRun copy = new CopyRun(original, top, context);
        if (!top.equals(downloaded)) {
            return copy.plan();
        }
        return copy.write(
                PublishedRendition.keptFile(context, top.outputName()), new Unpublished(), pass -> {}, COPY_SHARE);
    }

    /** @param first whether nothing else makes this video playable */
    private void encode(List<Rung> rungs, SegmentPlan plan, boolean first) throws IOException {
        MediaInfo info = original.info();
        DisplaySize display = DisplaySize.ofUpright(info.video().orElseThrow());
        try (PosterPicker poster = new PosterPicker();
                StoryboardSheet storyboard = new StoryboardSheet(display, info.duration());
                Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass = TranscodePass.of(source, plan, context::cancelRequested)) {
            pass.choosePoster(poster);
            pass.fillStoryboard(storyboard);
            for (Rung rung : rungs) {
                PublishedRendition video = rendition(rung, first);
                pass.encodeVideo(rung.encoding(), video.file(), video);
            }
            if (first) {
                sound.first(pass);
            } else {
                sound.forDownload(pass);
            }
            sound.stereo(pass);
            pass.run(new PassProgress(context, source.seconds(), first ? 0 : COPY_SHARE, 1));
            writeStills(poster, storyboard, display);
        }
    }

    private void writeDownload() throws IOException {
        Path video = PublishedRendition.keptFile(context, downloaded.outputName());
        Path download = context.workspace().resolve("download.mp4");
        Download.mp4(video, sound.best().orElse(null), download, context::cancelRequested);
        attachments.add(Output.attachment(
                "download",
                download,
                OutputRole.DOWNLOAD,
                "video/mp4",
                downloaded.encoding().width(),
                downloaded.encoding().height()));
    }

    private void writeStills(PosterPicker poster, StoryboardSheet storyboard, DisplaySize display) throws IOException {
        for (Still still : Still.SIZES) {
            Path file = still.in(context.workspace());
            poster.write(file, display, still.maxSide())
                    .ifPresent(written -> attachments.add(still.output(file, written)));
        }
        Path sheet = context.workspace().resolve("storyboard.jpg");
        storyboard.write(sheet).ifPresent(facts -> attachments.add(Output.storyboard("storyboard", sheet, facts)));
    }
}
