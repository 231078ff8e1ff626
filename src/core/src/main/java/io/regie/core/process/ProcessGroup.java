package io.regie.core.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A worker and everything it started: the processes of its session and, should one have left that, its descendants.
 * Where there is no {@code /proc} only the descendants are seen.
 */
final class ProcessGroup {
    private static final Path PROC = Path.of("/proc");

    private final long leader;
    /** Seen once, killed in the end, even when its parent is gone by then. */
    private final Set<Long> strays = new HashSet<>();

    /** @param leader of a session of its own */
    ProcessGroup(long leader) {
        this.leader = leader;
    }

    /** Resident memory of all members in MiB; 0 where it cannot be read. */
    synchronized long residentMiB() {
        long kib = 0;
        for (long member : members()) {
            kib += residentKiB(member);
        }
        return kib / 1024;
    }

    /** Whether a member has a file open, or where that cannot be told. */
    synchronized boolean holds(Path file) {
        try {
            Map<String, Object> facts = Files.readAttributes(file, "unix:dev,ino");
            for (long member : members()) {
                if (holds(PROC.resolve(Long.toString(member)), facts)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static boolean holds(Path process, Map<String, Object> file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (isSame(descriptor, file)) {
                    return true;
                }
            }
        } catch (NoSuchFileException ended) {
            return false;
        }
        // A mapping outlives the descriptor that it was made of. The fifth field is the inode.
        String inode = file.get("ino").toString();
        return Files.readAllLines(process.resolve("maps"), StandardCharsets.ISO_8859_1).stream()
                .map(mapping -> mapping.split(" +", 6))
                .anyMatch(mapping -> mapping.length > 4 && mapping[4].equals(inode) && mapping[1].contains("w"));
    }

    private static boolean isSame(Path descriptor, Map<String, Object> file) throws IOException {
        try {
            return Files.readAttributes(descriptor, "unix:dev,ino").equals(file);
        } catch (NoSuchFileException closed) {
            return false;
        }
    }

    /** Asks the group to end. */
    void terminate() {
        signal("TERM");
    }

    /** Ends every member. Harmless when all are gone. */
    void kill() {
        signal("KILL");
    }

    private synchronized void signal(String name) {
        Set<Long> members = members();
        List<String> command = new ArrayList<>(List.of("kill", "-s", name, "--", "-" + leader));
        members.forEach(member -> command.add(Long.toString(member)));
        try {
            // Ended members make it complain; what counts is that none is left.
            Programs.run(command);
        } catch (IOException e) {
            members.forEach(member -> ProcessHandle.of(member).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private Set<Long> members() {
        Set<Long> found = new TreeSet<>();
        ProcessHandle.of(leader).ifPresent(process -> process.descendants().forEach(child -> strays.add(child.pid())));
        strays.removeIf(pid -> ProcessHandle.of(pid).isEmpty());
        found.addAll(strays);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (session(process) == leader) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            ProcessHandle.of(leader).ifPresent(process -> found.add(process.pid()));
        }
        return found;
    }

    /** The sixth field of {@code stat}; the second is a name in parentheses that may hold anything. */
    private static long session(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            return Long.parseLong(fields[3]);
        } catch (IOException | RuntimeException ended) {
            return -1;
        }
    }

    private static long residentKiB(long process) {
        try {
            for (String line : Files.readAllLines(
                    PROC.resolve(Long.toString(process)).resolve("status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException | RuntimeException ended) {
            return 0;
        }
        return 0;
    }
}
