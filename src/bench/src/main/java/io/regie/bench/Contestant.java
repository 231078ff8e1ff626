package io.regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Somebody's way to make a ladder.
 *
 * @param together whether its commands run at the same time
 * @param rungs which file is which height, once it has run
 */
record Contestant(String name, Path folder, List<List<String>> commands, boolean together, Map<Integer, Path> rungs) {

    Measured run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return together
                ? Measured.together(commands, Collections.nCopies(commands.size(), ""))
                : Measured.inSequence(commands);
    }
}
