package io.regie.core.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Giving up root. A server started as root runs its database and its workers as two different unprivileged accounts,
 * so that neither can touch the other's files or the server's.
 */
public final class Privileges {

    /** Workers need no entry in the password file, so they get an id that nothing else on the machine uses. */
    public static final int WORKER_ID = 64802;

    private Privileges() {}

    public static boolean root() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).intValue() == 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /** The command run as this id, without groups and without a way back. */
    public static List<String> dropTo(int id, List<String> command) {
        String number = Integer.toString(id);
        return Stream.concat(
                        Stream.of(
                                "setpriv",
                                "--reuid",
                                number,
                                "--regid",
                                number,
                                "--clear-groups",
                                "--no-new-privs",
                                "--"),
                        command.stream())
                .toList();
    }

    /** Whether this id could read the directory: all its parents must let it pass. */
    public static boolean canEnter(int id, Path directory) {
        try {
            return Programs.run(dropTo(id, List.of("test", "-x", directory.toString())))
                    .ok();
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives a file or directory to an id. Only root can. */
    public static void give(Path path, int id) throws IOException {
        Files.setAttribute(path, "unix:uid", id);
        Files.setAttribute(path, "unix:gid", id);
    }
}
