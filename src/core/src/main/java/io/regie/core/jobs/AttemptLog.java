package io.regie.core.jobs;

/** Lines on their way to the job's row: bounded, printable. */
final class AttemptLog {
    private static final int LIMIT = 64 << 10;
    private static final int LINE = 2000;

    private final StringBuilder lines = new StringBuilder();

    void add(String line) {
        String clean = line.replaceAll("[\\p{Cntrl}&&[^\t]]", " ").strip();
        lines.append(clean, 0, Math.min(clean.length(), LINE)).append('\n');
        if (lines.length() > LIMIT) {
            lines.delete(0, lines.length() - LIMIT);
        }
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
