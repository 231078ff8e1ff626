package io.regie.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * What processes took: processor time of them and their children, time on the clock, and the most memory at once.
 *
 * @param startSeconds of the processor time, what was taken in the first {@link #START_SECONDS}
 * @param peakMiB resident, summed over processes that ran at the same time
 */
record Measured(double cpuSeconds, double startSeconds, double wallSeconds, long peakMiB) {

    static final int START_SECONDS = 5;

    private static final long SAMPLE_MILLIS = 20;
    private static final double TICKS_IN_A_SECOND = 100;

    /** What is said to a process and heard from it. */
    interface Talk {
        void with(Process process) throws IOException;
    }

    /** Runs commands one after the other. */
    static Measured inSequence(List<List<String>> commands) throws IOException, InterruptedException {
        Measured sum = new Measured(0, 0, 0, 0);
        for (List<String> command : commands) {
            Measured one = together(List.of(command), List.of(""));
            sum = new Measured(
                    sum.cpuSeconds + one.cpuSeconds,
                    sum.startSeconds + one.startSeconds,
                    sum.wallSeconds + one.wallSeconds,
                    Math.max(sum.peakMiB, one.peakMiB));
        }
        return sum;
    }

    /** Runs commands at the same time. @param inputs written to each, whose standard input stays open until it ends */
    static Measured together(List<List<String>> commands, List<String> inputs)
            throws IOException, InterruptedException {
        List<Talk> talks = new ArrayList<>();
        for (String input : inputs) {
            talks.add(process -> {
                process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
        }
        return talking(commands, talks);
    }

    /** As {@link #together}. @param talks on a thread each */
    static Measured talking(List<List<String>> commands, List<Talk> talks) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Process> shells = new ArrayList<>();
        List<FutureTask<Boolean>> conversations = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            List<String> timed =
                    new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\" 2>/dev/null", "bash"));
            timed.addAll(commands.get(i));
            Process shell = new ProcessBuilder(timed).start();
            Talk talk = talks.get(i);
            FutureTask<Boolean> conversation = new FutureTask<>(() -> {
                talk.with(shell);
                return true;
            });
            new Thread(conversation).start();
            conversations.add(conversation);
            shells.add(shell);
        }
        long peak = 0;
        double started = Double.NaN;
        while (shells.stream().anyMatch(Process::isAlive)) {
            peak = Math.max(
                    peak, shells.stream().mapToLong(Measured::residentKilobytes).sum());
            if (Double.isNaN(started) && System.nanoTime() - start > START_SECONDS * 1_000_000_000L) {
                started = shells.stream().mapToLong(Measured::ticks).sum() / TICKS_IN_A_SECOND;
            }
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
        for (FutureTask<Boolean> conversation : conversations) {
            try {
                conversation.get();
            } catch (ExecutionException e) {
                throw new IOException("The conversation failed", e);
            }
        }
        return new Measured(cpu, Double.isNaN(started) ? cpu : started, wall, peak / 1024);
    }

    static double sum(String times) {
        return Stream.of(times.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    /** Of all that live: user and system time, the fields 14 and 15. */
    private static long ticks(Process shell) {
        return shell.descendants().mapToLong(Measured::ticks).sum();
    }

    private static long ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
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
