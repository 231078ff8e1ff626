package io.regie.core.themes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Finds files below a folder, and never anything else: not by dots, not by links. */
final class ConfinedFiles {

    private ConfinedFiles() {}

    static Optional<Path> find(Path folder, String relative) {
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(relative).normalize();
            if (!file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            // Also a folder on the way may be a link.
            return file.toRealPath().startsWith(root) ? Optional.of(file) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
