package io.regie.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Makes the clip that a new site may begin with, while Regie is built. Nobody's work but a program's: CC0. */
final class Sample {

    private static final double SECONDS = 12;

    private Sample() {}

    /** @param arguments the file to write; one that is newer than this program stays */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        if (Files.exists(file) && newerThanProgram(file)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        // A build that is stopped must not leave half a clip that the next one takes for whole.
        Path unfinished = file.resolveSibling("unfinished.mp4");
        Clips.clip()
                .slowWaves()
                .size(1280, 720)
                .seconds(SECONDS)
                .keyFrameEvery(50)
                .bFrames(2)
                .faststart()
                .write(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean newerThanProgram(Path file) throws IOException {
        Path classes = Path.of(
                Sample.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        Path drawing = classes.resolve("io/regie/testkit/SlowWaves.class");
        return Files.exists(drawing)
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(drawing)) > 0;
    }
}
