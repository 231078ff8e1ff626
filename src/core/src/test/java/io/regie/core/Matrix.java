package io.regie.core;

import io.regie.core.Population.Who;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What everybody gets at every way in: as reviewed, or as it is. Reads and writes one text. */
final class Matrix {

    private static final String INTRODUCTION =
            """
            # Who gets what at every way in: AuthorizationMatrixTest asks and compares. A row is a state of the thing asked for,
            # "-" when there is none. "login" is the way to the sign-in page. Rows "shows" say which things a page or list shows:
            # p public, u unlisted, x private, d draft, s scheduled, t in the trash. "200+" tells of the thing, where a query narrows
            # a list to it.
            # "with" lines say how to ask; see Ask.
            #
            # The author owns every thing; "other" is an author too. "expired" is the author's session of long ago, "disabled" an
            # editor whose account was disabled, "reader" the administrator's token with the scope media:read.
            """;

    private static final int FIRST = 12;
    private static final int CELL = 12;

    /** One way in: how to ask there and who gets what. */
    static final class Entry {
        final List<String> withs = new ArrayList<>();
        final Map<String, List<String>> rows = new LinkedHashMap<>();
    }

    private final Map<Way, Entry> entries = new TreeMap<>();

    static Matrix parse(String text) {
        Matrix matrix = new Matrix();
        Entry current = null;
        for (String line : text.lines().toList()) {
            String words = line.strip();
            if (words.isEmpty() || words.startsWith("#")) {
                continue;
            }
            if (!Character.isWhitespace(line.charAt(0))) {
                String[] parts = words.split(" ", 2);
                current = matrix.entry(new Way(parts[0], parts[1]));
            } else if (current == null) {
                throw new IllegalArgumentException("Belongs to no way in: " + line);
            } else if (words.startsWith("with ")) {
                current.withs.add(words.substring(5));
            } else {
                List<String> cells = List.of(words.split("\\s+"));
                current.rows.put(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        return matrix;
    }

    Map<Way, Entry> entries() {
        return entries;
    }

    Entry entry(Way way) {
        return entries.computeIfAbsent(way, key -> new Entry());
    }

    /** Sentences about what is not as in the other one. */
    List<String> differencesFrom(Matrix reviewed) {
        List<String> differences = new ArrayList<>();
        reviewed.entries.keySet().stream()
                .filter(way -> !entries.containsKey(way))
                .forEach(way -> differences.add(way + ": exists no more"));
        entries.forEach((way, entry) -> {
            Entry other = reviewed.entries.get(way);
            if (other == null) {
                differences.add(way + ": new, " + entry.rows);
                return;
            }
            entry.rows.forEach(
                    (row, cells) -> differences.addAll(differences(way + " " + row, cells, other.rows.get(row))));
            other.rows.keySet().stream()
                    .filter(row -> !entry.rows.containsKey(row))
                    .forEach(row -> differences.add(way + " " + row + ": asked no more"));
        });
        return differences;
    }

    private static List<String> differences(String where, List<String> cells, @Nullable List<String> reviewed) {
        if (reviewed == null) {
            return List.of(where + ": new, " + cells);
        }
        String changes = Stream.of(Who.values())
                .map(who -> change(who, cells, reviewed))
                .filter(change -> !change.isEmpty())
                .collect(Collectors.joining(", "));
        return changes.isEmpty() ? List.of() : List.of(where + ": " + changes);
    }

    private static String change(Who who, List<String> cells, List<String> reviewed) {
        String now = cells.get(who.ordinal());
        String then = who.ordinal() < reviewed.size() ? reviewed.get(who.ordinal()) : "nothing";
        return now.equals(then) ? "" : who.word() + " gets " + now + " instead of " + then;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        text.append(line("#", Stream.of(Who.values()).map(Who::word).toList()));
        entries.forEach((way, entry) -> {
            text.append('\n').append(way).append('\n');
            entry.withs.forEach(with -> text.append("  with ").append(with).append('\n'));
            entry.rows.forEach((row, cells) -> text.append(line("  " + row, cells)));
        });
        return text.toString();
    }

    private static String line(String first, List<String> cells) {
        String rest =
                cells.stream().map(cell -> ("%-" + CELL + "s").formatted(cell)).collect(Collectors.joining());
        return (("%-" + FIRST + "s").formatted(first) + rest).stripTrailing() + "\n";
    }
}
