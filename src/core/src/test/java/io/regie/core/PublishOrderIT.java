package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.testkit.Clips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel was asked to do while an upload became a playing article: every published file was durable under its
 * name before the database was told to commit the row that names it. Only then does no power cut leave a row without a
 * file.
 */
class PublishOrderIT {

    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>.*$");
    private static final Pattern KEY =
            Pattern.compile("storage/([0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}-[0-9a-f]{16}\\.\\w+)");
    private static final Pattern WRITE = Pattern.compile("^\\d+<(TCP.*?)>, ");

    /** The driver's statement that commits gets a name, and later only that is sent. */
    private static final Pattern PREPARES_COMMIT = Pattern.compile("(S_\\d+)\\\\0COMMIT");

    @TempDir
    static Path folder;

    /** A call that ended. @param line where it ended among all calls */
    private record Call(int line, String name, String arguments) {}

    @Test
    void commitsRowsOnlyAfterTheirFilesAreDurable() throws Exception {
        Path trace = folder.resolve("trace");
        List<String> strace = List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-yy",
                "-s",
                "20000",
                "-e",
                "trace=fsync,fdatasync,rename,renameat,renameat2,write",
                "-e",
                "signal=none",
                "-o",
                trace.toString());
        Map<String, String> environment =
                Map.of("REGIE_ADMIN_EMAIL", RegieServer.EMAIL, "REGIE_ADMIN_PASSWORD", RegieServer.PASSWORD);
        try (RegieServer server = RegieServer.start(environment, strace)) {
            RegieClient admin = RegieClient.admin(server);
            Path clip = Clips.clip().seconds(4).writeIn(folder, "traced");
            admin.awaitReady(admin.upload(clip, "public"));
        }
        check(read(trace));
    }

    private static void check(List<Call> calls) {
        Map<String, Integer> published = published(calls);
        // The original, what was copied, a rung, poster, storyboard, download.
        assertThat(published).hasSizeGreaterThan(5);
        published.forEach((key, renamed) -> {
            String name = "storage/" + key;
            assertThat(durableBefore(calls, name, renamed))
                    .as("the bytes of %s are durable before it has its name", key)
                    .isTrue();
            int directory = firstAfter(
                    calls,
                    renamed,
                    call -> call.name().equals("fsync")
                            && call.arguments().contains(name.substring(0, name.lastIndexOf('/')) + ">"));
            assertThat(directory).as("the name of %s is durable", key).isPositive();
            List<Integer> commits = commitsNaming(calls, key);
            assertThat(commits).as("a transaction names " + key).isNotEmpty();
            assertThat(commits.get(0)).as("%s is committed afterwards", key).isGreaterThan(directory);
        });
    }

    /** Keys by where the rename that published them ended. */
    private static Map<String, Integer> published(List<Call> calls) {
        Map<String, Integer> published = new LinkedHashMap<>();
        for (Call call : calls) {
            Matcher key = KEY.matcher(call.arguments());
            if (call.name().startsWith("rename") && key.find()) {
                published.put(key.group(1), call.line());
            }
        }
        return published;
    }

    /** The file was synced under the name it had before. */
    private static boolean durableBefore(List<Call> calls, String name, int renamed) {
        Call rename = calls.stream()
                .filter(call -> call.line() == renamed)
                .findFirst()
                .orElseThrow();
        Matcher paths = Pattern.compile("\"([^\"]+)\"").matcher(rename.arguments());
        assertThat(paths.find()).as(rename.arguments()).isTrue();
        String before = paths.group(1);
        assertThat(rename.arguments()).endsWith(name + "\")");
        return calls.stream()
                .anyMatch(call -> call.line() < renamed
                        && call.name().matches("fsync|fdatasync")
                        && call.arguments().contains("<" + before + ">"));
    }

    private static int firstAfter(List<Call> calls, int line, Predicate<Call> wanted) {
        return calls.stream()
                .filter(call -> call.line() > line)
                .filter(wanted)
                .mapToInt(Call::line)
                .findFirst()
                .orElse(-1);
    }

    /** Where the commits begin that follow, on their connection, a statement with this key. */
    private static List<Integer> commitsNaming(List<Call> calls, String key) {
        List<Integer> commits = new ArrayList<>();
        Set<String> naming = new HashSet<>();
        Map<String, String> prepared = new HashMap<>();
        for (Call call : calls) {
            Matcher write = WRITE.matcher(call.arguments());
            if (!call.name().equals("write") || !write.find()) {
                continue;
            }
            String connection = write.group(1);
            if (call.arguments().contains(key)) {
                naming.add(connection);
            }
            Matcher preparing = PREPARES_COMMIT.matcher(call.arguments());
            if (preparing.find()) {
                prepared.put(connection, "\\0" + preparing.group(1) + "\\0");
            }
            String again = prepared.get(connection);
            boolean commit = call.arguments().contains("\\0COMMIT\\0")
                    || (again != null && call.arguments().contains(again));
            if (commit && naming.remove(connection)) {
                commits.add(call.line());
            }
        }
        return commits;
    }

    /** Calls in the order in which they ended, except for writes, which count from when they began. */
    private static List<Call> read(Path trace) throws IOException {
        List<Call> calls = new ArrayList<>();
        Map<String, String> unfinished = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            int[] number = {0};
            lines.forEach(line -> {
                int at = ++number[0];
                Matcher resumed = RESUMED.matcher(line);
                Matcher call = CALL.matcher(line);
                if (resumed.matches()) {
                    String arguments = unfinished.remove(resumed.group(1) + resumed.group(2));
                    if (arguments != null && !resumed.group(2).equals("write")) {
                        calls.add(new Call(at, resumed.group(2), arguments));
                    }
                } else if (call.matches()) {
                    boolean pending = line.endsWith("<unfinished ...>");
                    String arguments = call.group(3)
                            .replaceFirst(" <unfinished \\.\\.\\.>$", ")")
                            .replaceFirst("\\) += .*$", ")");
                    if (pending) {
                        unfinished.put(call.group(1) + call.group(2), arguments);
                    }
                    if (!pending || call.group(2).equals("write")) {
                        calls.add(new Call(at, call.group(2), arguments));
                    }
                }
            });
        }
        return calls;
    }
}
