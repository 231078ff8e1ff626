package io.regie.plugin.gif;

import io.regie.ffmpeg.Animation;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import java.nio.file.Path;

/** A finished animation as the host wants it declared. */
final class MadeAnimation {

    private MadeAnimation() {}

    static Output output(Wishes wishes, Path file, Animation.Written written, boolean article) {
        String type = wishes.settings().format().mediaType();
        return article
                ? Output.newArticle(wishes.outputName(), file, OutputRole.ANIMATION, type)
                : Output.attachment(
                        wishes.outputName(), file, OutputRole.ANIMATION, type, written.width(), written.height());
    }
}
