package io.regie.plugin.transcoding;

import io.regie.ffmpeg.Picture;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import java.nio.file.Path;
import java.util.List;

/** A size of the picture that stands for a medium: one to play behind, one for lists of many. */
record Still(String name, int maxSide) {

    static final List<Still> SIZES = List.of(new Still("poster", 1280), new Still("thumbnail", 480));

    Path in(Path workspace) {
        return workspace.resolve(name + ".jpg");
    }

    Output output(Path file, Picture.Written written) {
        return Output.attachment(name, file, OutputRole.POSTER, "image/jpeg", written.width(), written.height());
    }
}
