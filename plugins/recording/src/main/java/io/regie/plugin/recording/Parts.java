package io.regie.plugin.recording;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.PartJoin;
import io.regie.ffmpeg.RecordedPart;
import io.regie.ffmpeg.RecordingFormat;
import io.regie.ffmpeg.SavedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a recording in its workspace. Their names carry what the next attempt has to know: the number, and where
 * on the recording's time line a part begins. {@code .part} is being written; what has the format's own extension is finished.
 */
final class Parts {

    private final Path folder;
    private final RecordingFormat format;
    private final List<RecordedPart> finished = new ArrayList<>();
    private int count;

    /** @param endMicros known of a finished one, so that nobody has to read it again */
    private record Name(int number, long startMicros, @Nullable Long endMicros, String suffix) {
        String file() {
            String end = endMicros == null ? "" : "-" + endMicros;
            return "part-%04d-%d%s.%s".formatted(number, startMicros, end, suffix);
        }

        Name finished(long end, RecordingFormat format) {
            return new Name(number, startMicros, end, format.extension());
        }

        static @Nullable Name of(Path file) {
            String name = file.getFileName().toString();
            if (!name.matches("part-\\d{4,9}-\\d{1,18}(-\\d{1,18})?\\.(part|mp4|mkv)")) {
                return null;
            }
            String[] pieces = name.substring(5).split("[-.]");
            int number = Integer.parseInt(pieces[0]);
            long start = Long.parseLong(pieces[1]);
            return pieces.length == 3
                    ? new Name(number, start, null, pieces[2])
                    : new Name(number, start, Long.parseLong(pieces[2]), pieces[3]);
        }
    }

    private Parts(Path folder, RecordingFormat format) {
        this.folder = folder;
        this.format = format;
    }

    /**
     * Picks up what an earlier attempt left.
     *
     * @return the parts that were not finished then, saved up to their last fragment: {@link #fresh}
     */
    static Parts in(Path folder, RecordingFormat format, BooleanSupplier cancelled) throws IOException {
        Parts parts = new Parts(Files.createDirectories(folder), format);
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.sorted().toList();
        }
        for (Path file : left) {
            Name name = Name.of(file);
            if (name != null && name.endMicros != null) {
                parts.add(new RecordedPart(file, name.startMicros, name.endMicros, Files.size(file)), name);
            }
        }
        for (Path file : left) {
            Name name = Name.of(file);
            if (name != null && name.endMicros == null) {
                parts.save(file, name, cancelled);
            }
        }
        parts.finished.sort((one, other) -> Long.compare(one.startMicros(), other.startMicros()));
        return parts;
    }

    /** When an earlier attempt wrote for the last time. */
    static Optional<Instant> lastWritten(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(file -> Name.of(file) != null).toList();
        }
        Instant last = null;
        for (Path file : left) {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            last = last == null || written.isAfter(last) ? written : last;
        }
        return Optional.ofNullable(last);
    }

    private void add(RecordedPart part, Name name) {
        finished.add(part);
        count = Math.max(count, name.number);
    }

    /** @return null when nothing of it can be played */
    @Nullable
    RecordedPart save(Path file, BooleanSupplier cancelled) throws IOException {
        Name name = Name.of(file);
        return name == null ? null : save(file, name, cancelled);
    }

    private @Nullable RecordedPart save(Path file, Name name, BooleanSupplier cancelled) throws IOException {
        RecordedPart saved;
        try {
            saved = SavedPart.read(file, name.startMicros, cancelled);
        } catch (FFmpegException nothingInIt) {
            Files.deleteIfExists(file);
            count = Math.max(count, name.number);
            return null;
        }
        return finish(saved, name);
    }

    Path next(long startMicros) {
        return folder.resolve(new Name(++count, startMicros, null, "part").file());
    }

    /** @return the part under its final name */
    RecordedPart finish(RecordedPart part) throws IOException {
        Name name = Name.of(part.file());
        if (name == null) {
            throw new IOException("Not a part");
        }
        return finish(part, name);
    }

    private RecordedPart finish(RecordedPart part, Name name) throws IOException {
        Path whole = folder.resolve(name.finished(part.endMicros(), format).file());
        Files.move(part.file(), whole, StandardCopyOption.ATOMIC_MOVE);
        RecordedPart moved = new RecordedPart(whole, part.startMicros(), part.endMicros(), part.bytes());
        add(moved, name);
        return moved;
    }

    List<RecordedPart> finished() {
        return List.copyOf(finished);
    }

    int count() {
        return count;
    }

    /** Where the recording stands. */
    long endMicros() {
        return finished.stream().mapToLong(RecordedPart::endMicros).max().orElse(0);
    }

    /** Runs of parts that can be one file each, the longest run first. */
    List<List<RecordedPart>> runs(BooleanSupplier cancelled) throws IOException {
        List<List<RecordedPart>> runs = new ArrayList<>();
        for (RecordedPart part : finished) {
            List<RecordedPart> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (!last.isEmpty() && PartJoin.fit(last.get(0).file(), part.file(), cancelled)) {
                last.add(part);
            } else {
                runs.add(new ArrayList<>(List.of(part)));
            }
        }
        runs.sort((one, other) -> Long.compare(length(other), length(one)));
        return runs;
    }

    private static long length(List<RecordedPart> run) {
        return run.stream()
                .mapToLong(part -> part.endMicros() - part.startMicros())
                .sum();
    }
}
