package io.regie.ffmpeg;

import io.regie.spi.Rendition;
import io.regie.spi.Segment;

/** Hears how a rendition grows. Called on whatever thread writes it, in order, after the bytes are in the file. */
public interface RenditionListener {

    /** The initialisation is written. @param nominal facts without segments */
    void started(Rendition nominal);

    /** A segment is written. */
    void segment(Segment segment);

    /** The file is closed. @param whole with all segments and measured bandwidths */
    void finished(Rendition whole);
}
