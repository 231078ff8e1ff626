package io.regie.core.jobs;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Lines on their way to the job's row: bounded, printable, without secrets. */
final class AttemptLog {
    private static final int LIMIT = 64 << 10;
    private static final int LINE = 2000;

    private final StringBuilder lines = new StringBuilder();
    private final List<String> hidden;

    /** @param hidden what must not be read in it */
    AttemptLog(Set<String> hidden) {
        // The longest first: one may be a part of another.
        this.hidden = hidden.stream()
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    void add(String line) {
        String clean = hide(line).replaceAll("[\\p{Cntrl}&&[^\t]]", " ").strip();
        lines.append(clean, 0, Math.min(clean.length(), LINE)).append('\n');
        if (lines.length() > LIMIT) {
            lines.delete(0, lines.length() - LIMIT);
        }
    }

    /** Others than we write lines too: plugins, and FFmpeg, which names what it opens. */
    String hide(String text) {
        String clean = text;
        for (String secret : hidden) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    void addAll(String text) {
        text.lines().forEach(this::add);
    }

    boolean waiting() {
        return !lines.isEmpty();
    }

    String drain() {
        String drained = lines.toString();
        lines.setLength(0);
        return drained;
    }

    /** Puts back what could not be written. */
    void restore(String drained) {
        lines.insert(0, drained);
    }
}
