package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.ffmpeg.Animation.Image;
import io.regie.ffmpeg.Animation.Watch;
import io.regie.spi.MediaFile;
import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether making and giving up animations gives all memory back, in a process that is started as workers are. The slope
 * is that of a straight line through the samples, so that one late growth of some pool does not decide.
 */
class AnimationLeakTest {

    /** A thousand is what was promised; fewer show any leaked frame or graph, but need more room for noise. */
    private static final int RUNS = Integer.getInteger("animation.runs", 600);

    private static final double ALLOWED_KIB = RUNS >= 1000 ? 1 : 2;

    @TempDir
    Path folder;

    @Test
    void memoryStaysFlat() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // All of the heap from the beginning, so that only native memory can grow.
                        "-Xms48m",
                        "-Xmx48m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        // Compiled code grows for thousands of runs, and is not what is looked for.
                        "-Xint",
                        "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.noPointerGC=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Runs.class.getName(),
                        folder.toString(),
                        Integer.toString(RUNS)))
                .redirectErrorStream(true);
        // As the server starts workers.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        double slope = Double.parseDouble(
                output.strip().lines().reduce((first, last) -> last).orElseThrow());
        System.out.printf("%d animations in one process: %.3f KiB more each%n", RUNS, slope);
        assertThat(slope).as("KiB more with each of %d runs", RUNS).isLessThanOrEqualTo(ALLOWED_KIB);
    }

    /** Prints by how many KiB the process grows with each run. */
    static final class Runs {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            int runs = Integer.parseInt(arguments[1]);
            int warm = Math.min(200, runs / 3);
            Path file = Clips.clip().size(160, 90).seconds(1).bFrames(2).writeIn(folder, "clip");
            MediaFile clip = new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
            Path image = Images.transparentPng(folder.resolve("image.png"), 80, 60);
            double[] resident = new double[runs - warm];
            for (int i = 0; i < runs; i++) {
                run(i, clip, image, folder.resolve("animation"));
                if (i >= warm) {
                    resident[i - warm] = residentKib();
                }
            }
            System.out.println(slope(resident));
        }

        private static void run(int index, MediaFile clip, Path image, Path out) throws Exception {
            AnimationFormat format = AnimationFormat.values()[index % 3];
            AnimationSettings settings = AnimationSettings.of(format)
                    .maxWidth(80)
                    .boomerang(index % 2 == 0)
                    .caption(index % 5 == 0 ? "A caption" : "");
            if (index % 7 == 0) {
                Animation.ofImages(
                        List.of(new Image(image, 10), new Image(image, 20)),
                        settings,
                        out,
                        new Watch(() -> false, fraction -> {}));
                return;
            }
            AtomicInteger questions = new AtomicInteger();
            // Every other one is cancelled, later and later.
            int last = index % 2 == 0 ? Integer.MAX_VALUE : index % 97;
            try {
                Animation.ofRange(
                        clip, 0.2, 0.8, settings, out, new Watch(() -> questions.incrementAndGet() > last, f -> {}));
            } catch (CancellationException expected) {
                // Giving up has to give back everything, too.
            }
        }

        private static double slope(double[] values) {
            double middle = (values.length - 1) / 2.0;
            double mean = 0;
            for (double value : values) {
                mean += value / values.length;
            }
            double above = 0;
            double below = 0;
            for (int i = 0; i < values.length; i++) {
                above += (i - middle) * (values[i] - mean);
                below += (i - middle) * (i - middle);
            }
            return above / below;
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
