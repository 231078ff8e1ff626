package io.regie.plugin.transcoding;

import io.regie.ffmpeg.RenditionListener;
import io.regie.spi.EarlyOutput;
import io.regie.spi.JobContext;
import io.regie.spi.Output;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells the host how a rendition grows, and hands it over when it is whole. Heard on the thread that writes it. */
final class PublishedRendition implements RenditionListener {

    private final JobContext context;
    private final String name;
    private final Path file;
    private final boolean early;
    private boolean kept;
    private @Nullable EarlyOutput growing;
    private volatile boolean whole;

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

    /** Keeps the bytes at hand after the host took the file over, for a download. */
    PublishedRendition keep() {
        kept = true;
        return this;
    }

    /** Where the bytes are at hand, once they are whole. */
    Path keptFile() {
        return keptFile(context, name);
    }

    static Path keptFile(JobContext context, String name) {
        return context.workspace().resolve(name + ".kept");
    }

    boolean isWhole() {
        return whole;
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
    public void finished(Rendition rendition) {
        if (kept) {
            try {
                // A second name for the same bytes: the host may move the first one away at once.
                Files.deleteIfExists(keptFile());
                Files.createLink(keptFile(), file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        context.publish(Output.rendition(name, file, rendition));
        whole = true;
    }
}
