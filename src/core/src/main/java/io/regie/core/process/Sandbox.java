package io.regie.core.process;

import io.regie.core.process.SandboxReport.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Wraps a worker's command in what this machine offers to confine it. Each tier is tried once; one that does not work
 * here, inside a container for example, is reported and left out.
 */
final class Sandbox {
    static final String LOOPBACK = "relay";

    private final boolean session;
    private final boolean niceness;
    private final boolean limits;
    private final List<String> network;
    private final List<String> loopback;
    private final List<String> privileges;
    private final boolean drops;
    private final SandboxReport report;

    private Sandbox(Path java) {
        boolean root = Privileges.root();
        session = works(List.of("setsid", "true"));
        niceness = works(List.of("nice", "-n", "5", "true"));
        limits = works(List.of("prlimit", "--core=0", "--", "true"));
        network = root
                ? firstThatWorks(List.of(List.of("unshare", "-n", "--")))
                // Mapped to itself, the account has no capabilities in its namespace; mapped to root it has them all.
                : firstThatWorks(List.of(List.of("unshare", "-c", "-n", "--"), List.of("unshare", "-r", "-n", "--")));
        loopback = firstThatWorks(loopbacks(root));
        drops = root && works(Privileges.dropTo(Privileges.WORKER_ID, List.of("test", "-x", java.toString())));
        privileges = drops
                ? Privileges.dropTo(Privileges.WORKER_ID, List.of())
                : firstThatWorks(List.of(List.of("setpriv", "--no-new-privs", "--")));
        report = new SandboxReport(List.of(
                new Tier("environment", true, "clean environment and a temporary directory of its own"),
                tier("session", session, "a session of its own, so that all its processes can be ended"),
                tier("nice", niceness, "lower priority than the server"),
                tier("limits", limits, "limits on memory, file size and descriptors, no core dumps"),
                tier("network", !network.isEmpty(), "no network"),
                tier(LOOPBACK, !loopback.isEmpty(), "live streams through the server's relay only"),
                tier("account", drops, "an unprivileged account, apart from the server's"),
                tier("privileges", !privileges.isEmpty(), "no way to gain privileges")));
    }

    static Sandbox detect(Path java) {
        return new Sandbox(java);
    }

    SandboxReport report() {
        return report;
    }

    /** Whether workers run as {@link Privileges#WORKER_ID}. */
    boolean drops() {
        return drops;
    }

    List<String> wrap(List<String> command, WorkerLaunch.Weight weight, WorkerLaunch.Reach reach) {
        List<String> wrapped = new ArrayList<>();
        if (session) {
            wrapped.add("setsid");
        }
        if (this.niceness) {
            wrapped.addAll(List.of("nice", "-n", Integer.toString(weight.niceness())));
        }
        if (limits) {
            // Address space is a backstop only: a JVM reserves far more than it uses.
            long addressSpace = (weight.memoryMiB() + 3072L) << 20;
            wrapped.addAll(List.of(
                    "prlimit",
                    "--core=0",
                    "--nofile=512",
                    "--fsize=" + weight.maxFileBytes(),
                    "--as=" + addressSpace,
                    "--"));
        }
        wrapped.addAll(
                switch (reach) {
                    case NOTHING -> network;
                    case ITSELF -> loopback;
                    case EVERYBODY -> List.of();
                });
        wrapped.addAll(privileges);
        wrapped.addAll(command);
        return wrapped;
    }

    /** A network of its own with nothing but a loopback, which somebody must switch on before privileges are gone. */
    private static List<List<String>> loopbacks(boolean root) {
        List<List<String>> ways = new ArrayList<>();
        for (String tool : List.of("ip link set lo up", "ifconfig lo up")) {
            String script = "PATH=/usr/sbin:/sbin:$PATH; " + tool + " && exec \"$@\"";
            if (root) {
                ways.add(List.of("unshare", "-n", "--", "sh", "-c", script, "sh"));
            } else {
                // Mapped to itself, it must keep its capabilities until the loopback is up, and no longer.
                ways.add(List.of(
                        "unshare",
                        "--keep-caps",
                        "-c",
                        "-n",
                        "--",
                        "sh",
                        "-c",
                        script,
                        "sh",
                        "setpriv",
                        "--ambient-caps=-all",
                        "--inh-caps=-all",
                        "--"));
                ways.add(List.of("unshare", "-r", "-n", "--", "sh", "-c", script, "sh"));
            }
        }
        return ways;
    }

    private static Tier tier(String name, boolean active, String detail) {
        return new Tier(name, active, active ? detail : "missing here: " + detail);
    }

    private static List<String> firstThatWorks(List<List<String>> prefixes) {
        for (List<String> prefix : prefixes) {
            List<String> command = new ArrayList<>(prefix);
            command.add("true");
            if (works(command)) {
                return prefix;
            }
        }
        return List.of();
    }

    private static boolean works(List<String> command) {
        try {
            return Programs.run(command).ok();
        } catch (IOException e) {
            return false;
        }
    }
}
