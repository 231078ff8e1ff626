package io.regie.plugin.recording;

import io.regie.ffmpeg.RenditionListener;
import io.regie.spi.EarlyOutput;
import io.regie.spi.JobContext;
import io.regie.spi.Output;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lets people watch one track of a recording while it runs. It never becomes whole: the recording itself does. */
final class EarlyRendition implements RenditionListener {

    private final JobContext context;
    private final String name;
    private @Nullable EarlyOutput growing;

    EarlyRendition(JobContext context, String name) {
        this.context = context;
        this.name = name;
    }

    Path file() {
        return context.workspace().resolve("watch-" + name + ".mp4");
    }

    @Override
    public void started(Rendition nominal) {
        growing = context.publishEarly(Output.rendition(name, file(), nominal));
    }

    @Override
    public void segment(Segment segment) {
        if (growing != null) {
            growing.append(segment);
        }
    }

    @Override
    public void finished(Rendition whole) {}
}
