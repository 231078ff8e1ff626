package io.regie.plugin.transcoding;

import io.regie.ffmpeg.RenditionListener;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;

/** Keeps what a job makes for its own use only. */
final class Unpublished implements RenditionListener {

    private volatile boolean whole;

    boolean isWhole() {
        return whole;
    }

    @Override
    public void started(Rendition nominal) {
        // Nobody is to hear of it.
    }

    @Override
    public void segment(Segment segment) {
        // Nobody is to hear of it.
    }

    @Override
    public void finished(Rendition rendition) {
        whole = true;
    }
}
