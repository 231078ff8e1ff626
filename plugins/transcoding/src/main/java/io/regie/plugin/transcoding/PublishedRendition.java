package io.regie.plugin.transcoding;

import io.regie.ffmpeg.RenditionListener;
import io.regie.spi.EarlyOutput;
import io.regie.spi.JobContext;
import io.regie.spi.Output;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the host how a rendition grows, and hands it over when it is whole. Heard on the thread that writes it. */
final class PublishedRendition implements RenditionListener {

    private final JobContext context;
    private final String name;
    private final Path file;
    private final boolean early;
    private @Nullable EarlyOutput growing;
    private volatile @Nullable Output output;

    /** @param early whether people may watch while it grows */
    PublishedRendition(JobContext context, String name, boolean early) {
        this.context = context;
        this.name = name;
        this.file = context.workspace().resolve(name + ".mp4");
        this.early = early;
    }

    Path file() {
        return file;
    }

    /** The whole rendition, once it is. */
    Optional<Output> output() {
        return Optional.ofNullable(output);
    }

    @Override
    public void started(Rendition nominal) {
        if (early) {
            growing = context.publishEarly(Output.rendition(name, file, nominal));
        }
    }

    @Override
    public void segment(Segment segment) {
        if (growing != null) {
            growing.append(segment);
        }
    }

    @Override
    public void finished(Rendition whole) {
        Output finished = Output.rendition(name, file, whole);
        context.publish(finished);
        output = finished;
    }
}
