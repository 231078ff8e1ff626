package io.regie.ffmpeg;

import io.regie.spi.ByteRange;
import io.regie.spi.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a rendition that grew until its writer was killed: enough to go on with it.
 *
 * @param timeBase of its packets
 * @param delay between decoding and showing, in that
 * @param initialization length of the file's first bytes
 */
record GrownFile(TimeBase timeBase, long delay, long initialization, List<Segment> segments) {

    GrownFile {
        segments = List.copyOf(segments);
    }

    /** Notes of a file that begins. */
    static String firstLine(TimeBase timeBase, long delay, long initialization) {
        return timeBase.num() + " " + timeBase.den() + " " + delay + " " + initialization + "\n";
    }

    static String line(Segment segment) {
        return segment.start().toNanos() + " " + segment.duration().toNanos() + " "
                + segment.range().offset() + " " + segment.range().length() + "\n";
    }

    /**
     * Reads the notes.
     *
     * @param end on the time line; segments that go beyond it are not to be relied on
     * @return nothing when there is nothing to go on with
     */
    static Optional<GrownFile> read(Path notes, Path file, Duration end) {
        try {
            long bytes = Files.size(file);
            String text = Files.readString(notes);
            // A line that was being written is none.
            List<String> lines =
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            long[] head = numbers(lines.get(0));
            List<Segment> segments = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                long[] said = numbers(line);
                Segment segment = new Segment(
                        Duration.ofNanos(said[0]), Duration.ofNanos(said[1]), new ByteRange(said[2], said[3]));
                if (segment.start().plus(segment.duration()).compareTo(end) > 0
                        || segment.range().end() > bytes) {
                    break;
                }
                segments.add(segment);
            }
            return segments.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new GrownFile(new TimeBase((int) head[0], (int) head[1]), head[2], head[3], segments));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static long[] numbers(String line) {
        String[] words = line.split(" ");
        long[] numbers = new long[4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return numbers;
    }

    /** Bytes that are kept. */
    long length() {
        return segments.get(segments.size() - 1).range().end();
    }

    /** Where it goes on, in seconds of the time line. */
    double end() {
        Segment last = segments.get(segments.size() - 1);
        return last.start().plus(last.duration()).toNanos() / 1e9;
    }
}
