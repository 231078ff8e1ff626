package io.regie.plugin.transcoding;

import io.regie.ffmpeg.CopyCheck;
import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.Source;
import io.regie.spi.MediaFile;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ladder of an original, decided by looking at its packets too. Always the same for the same original, so that a rung
 * that is made again fits to the others.
 *
 * @param copied the top rung when it is copied
 * @param obstacle why it is not although its facts looked like it, for the log
 */
record LadderChoice(Ladder ladder, @Nullable Rung copied, @Nullable String obstacle) {

    static LadderChoice of(MediaFile original, BooleanSupplier cancelled) throws FFmpegException {
        Ladder ladder = Ladder.of(original.info());
        Rung top = ladder.copyableTop();
        if (top == null) {
            return new LadderChoice(ladder, null, null);
        }
        try (Source source = Source.open(original, cancelled)) {
            Optional<String> obstacle = CopyCheck.obstacle(source);
            if (obstacle.isEmpty()) {
                return new LadderChoice(ladder, top, null);
            }
            return new LadderChoice(Ladder.encoded(original.info()), null, obstacle.get());
        }
    }
}
