package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process keeps of each connection, started as workers are: recordings last for weeks, eight in one process, and a
 * bad network has them connect thousands of times. {@code -Drounds=5000} for more of them.
 */
class ReconnectTest {

    private static final int ROUNDS = Integer.getInteger("rounds", 150);
    private static final int THREADS = 4;
    /** A connection that is not given back costs at least 30 KiB. */
    private static final long ALLOWED_KIB = ROUNDS * THREADS * 30L / 2;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void keepsNothingOfAConnectionThatIsLost() throws Exception {
        try (RtspPeer camera = RtspPeer.of(new RtspPeer.Play(ElementaryTrack.read(Clips.standard(folder))))) {
            ProcessBuilder recorder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xms32m",
                            "-Xmx32m",
                            "-XX:+AlwaysPreTouch",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Drounds=" + ROUNDS,
                            "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                            "-Dorg.bytedeco.javacpp.noPointerGC=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Rounds.class.getName(),
                            folder.toString(),
                            camera.uri().toString()))
                    .redirectError(folder.resolve("errors").toFile());
            // Else each thread has memory of its own, which stays.
            recorder.environment().put("MALLOC_ARENA_MAX", "2");
            Process process = recorder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("errors")))
                    .isZero();
            String[] grown = output.strip().split(" ");
            System.out.println(ROUNDS * THREADS + " connections: KiB, descriptors, threads more: " + output.strip());
            assertThat(Long.parseLong(grown[0])).as("KiB more").isLessThan(ALLOWED_KIB);
            assertThat(Long.parseLong(grown[1])).as("descriptors more").isLessThan(THREADS);
            assertThat(Long.parseLong(grown[2])).as("threads more").isLessThan(THREADS);
        }
    }

    /** Prints by how much the process grew between the first half and the last. */
    static final class Rounds {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            URI camera = URI.create(arguments[1]);
            record(folder, camera);
            long[] before = size();
            record(folder, camera);
            long[] after = size();
            for (int i = 0; i < before.length; i++) {
                System.out.print(after[i] - before[i] + " ");
            }
        }

        private static void record(Path folder, URI camera) throws Exception {
            List<Thread> threads = Stream.generate(() -> new Thread(() -> rounds(folder, camera)))
                    .limit(THREADS)
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static void rounds(Path folder, URI camera) {
            try {
                Path own = Files.createTempDirectory(folder, "run");
                for (int i = 0; i < ROUNDS; i++) {
                    CaptureRun run = new CaptureRun(own).record(CaptureRun.address(camera), Duration.ZERO);
                    if (run.parts.size() != 1) {
                        throw new IOException("Nothing was recorded");
                    }
                    Files.delete(run.parts.get(0).file());
                }
            } catch (IOException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }

        private static long[] size() throws IOException {
            System.gc();
            String[] descriptors = new File("/proc/self/fd").list();
            return new long[] {
                residentKib(), descriptors == null ? 0 : descriptors.length, Thread.activeCount(),
            };
        }

        private static long residentKib() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        }
    }
}
