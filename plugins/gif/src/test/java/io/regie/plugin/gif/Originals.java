package io.regie.plugin.gif;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.MediaFile;
import java.nio.file.Path;

/** Files as the host hands them over. */
final class Originals {

    private Originals() {}

    static MediaFile probed(Path file) throws Exception {
        return new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
    }
}
