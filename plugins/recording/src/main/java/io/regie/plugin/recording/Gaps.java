package io.regie.plugin.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording lacks something. A gap begins when nothing comes any more and ends when something is recorded again,
 * however many tries and attempts that takes. Kept in a file, for the attempts to come.
 */
final class Gaps {

    private static final int TOLD = 200;
    private static final String INTERRUPTED = "The recorder was interrupted.";

    private final Path file;
    private final List<Gap> all;
    private @Nullable Instant since;
    private String reason = "";

    /**
     * @param at on the recording's time line, on which it takes no time
     * @param since when it began
     * @param lasted how long nothing was recorded
     */
    record Gap(Duration at, Instant since, Duration lasted, String reason) {

        private String line() {
            return at.toMillis() + "\t" + since + "\t" + lasted.toMillis() + "\t" + reason;
        }

        private static Gap of(String line) {
            String[] said = line.split("\t", 4);
            return new Gap(
                    Duration.ofMillis(Long.parseLong(said[0])),
                    Instant.parse(said[1]),
                    Duration.ofMillis(Long.parseLong(said[2])),
                    said[3]);
        }

        private String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"at\":%.2f,\"since\":\"%s\",\"seconds\":%.2f,\"reason\":\"%s\"}",
                    at.toMillis() / 1000.0,
                    since,
                    lasted.toMillis() / 1000.0,
                    reason.replaceAll("[\"\\\\\\p{Cntrl}]", " "));
        }
    }

    private Gaps(Path file, List<Gap> all) {
        this.file = file;
        this.all = all;
    }

    /** Those of earlier attempts. */
    static Gaps in(Path file) throws IOException {
        try {
            return new Gaps(
                    file,
                    Files.readAllLines(file).stream().map(Gap::of).collect(Collectors.toCollection(ArrayList::new)));
        } catch (NoSuchFileException e) {
            return new Gaps(file, new ArrayList<>());
        }
    }

    /** An earlier attempt ended without a word. @param last when it wrote something for the last time */
    void interrupted(Instant last) {
        lost(last, INTERRUPTED);
    }

    /** Nothing comes any more. What is said of a gap first is why. */
    void lost(Instant last, String why) {
        if (since == null) {
            since = last;
            reason = why.strip();
        }
    }

    /** Something is recorded. @return the gap that ends with that, null when there is none */
    @Nullable
    Gap regained(Duration at, Instant now) throws IOException {
        Instant began = since;
        if (began == null) {
            return null;
        }
        since = null;
        Duration lasted = Duration.between(began, now);
        Gap gap = new Gap(at, began, lasted.isNegative() ? Duration.ZERO : lasted, reason);
        all.add(gap);
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.write(whole, all.stream().map(Gap::line).toList());
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        return gap;
    }

    int count() {
        return all.size();
    }

    /** For the host, the first of them if there are very many. */
    String json() {
        return all.stream().limit(TOLD).map(Gap::json).collect(Collectors.joining(",", "[", "]"));
    }
}
