package io.regie.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What processes took: processor time of them and their children, time on the clock, and the most memory at once.
 *
 * @param peakMiB resident, summed over processes that ran at the same time
 */
record Measured(double cpuSeconds, double wallSeconds, long peakMiB) {

    private static final long SAMPLE_MILLIS = 20;

    /** Runs commands one after the other. */
    static Measured inSequence(List<List<String>> commands) throws IOException, InterruptedException {
        Measured sum = new Measured(0, 0, 0);
        for (List<String> command : commands) {
            Measured one = together(List.of(command), List.of(""));
            sum = new Measured(
                    sum.cpuSeconds + one.cpuSeconds,
                    sum.wallSeconds + one.wallSeconds,
                    Math.max(sum.peakMiB, one.peakMiB));
        }
        return sum;
    }

    /** Runs commands at the same time. @param inputs written to each, whose standard input stays open until it ends */
    static Measured together(List<List<String>> commands, List<String> inputs)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Process> shells = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            List<String> timed = new ArrayList<>(
                    List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>/dev/null", "bash"));
            timed.addAll(commands.get(i));
            Process shell = new ProcessBuilder(timed).start();
            shell.getOutputStream().write(inputs.get(i).getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().flush();
            shells.add(shell);
        }
        long peak = 0;
        while (shells.stream().anyMatch(Process::isAlive)) {
            peak = Math.max(
                    peak, shells.stream().mapToLong(Measured::residentKilobytes).sum());
            Thread.sleep(SAMPLE_MILLIS);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = 0;
        for (int i = 0; i < shells.size(); i++) {
            String times = new String(shells.get(i).getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (shells.get(i).exitValue() != 0) {
                throw new IOException("Exit " + shells.get(i).exitValue() + " of " + String.join(" ", commands.get(i)));
            }
            cpu += sum(times);
        }
        return new Measured(cpu, wall, peak / 1024);
    }

    static double sum(String times) {
        return Stream.of(times.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    private static long residentKilobytes(Process shell) {
        return shell.descendants().mapToLong(Measured::residentKilobytes).sum();
    }

    private static long residentKilobytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            // It has just ended.
            return 0;
        }
    }
}
