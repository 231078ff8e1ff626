package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.MediaInfo;
import io.regie.spi.Track;
import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether native memory is given back, in a process that is started as workers are: nothing is collected for us. */
class LeakTest {

    private static final int ROUNDS = 200;
    private static final long ALLOWED_KIB = 6 * 1024;

    @TempDir
    Path folder;

    @Test
    void memoryStaysFlat() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.noPointerGC=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rounds.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        long grown = Long.parseLong(
                output.strip().lines().reduce((first, last) -> last).orElseThrow());
        assertThat(grown).as("KiB more after %d rounds", ROUNDS).isLessThan(ALLOWED_KIB);
    }

    /** Prints by how many KiB the process grew between the first rounds and the last. */
    static final class Rounds {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Path clip = Clips.standard(folder);
            Path text = Clips.notAVideo(folder);
            Path broken = Clips.withoutIndex(folder);
            Path image = Images.orientedJpeg(folder.resolve("a.jpg"), 400, 300, 6, "A camera");
            long before = 0;
            for (int i = 0; i < 2 * ROUNDS; i++) {
                if (i == ROUNDS) {
                    before = residentKib();
                }
                round(folder, clip, image);
                refused(text);
                refused(broken);
            }
            System.out.println(residentKib() - before);
        }

        private static void round(Path folder, Path clip, Path image) throws Exception {
            MediaInfo info = Probe.probe(clip, ProbeLimits.standard());
            Track track = info.video().orElseThrow();
            try (MediaInput input = MediaInput.open(clip, OpenPolicy.media(), () -> false);
                    PosterPicker picker = new PosterPicker();
                    StoryboardSheet sheet = new StoryboardSheet(DisplaySize.ofStored(track), info.duration())) {
                KeyFrames.decode(input, track.index(), Duration.ZERO, (frame, seconds) -> {
                    picker.offer(frame, seconds);
                    sheet.offer(frame, seconds);
                });
                picker.write(folder.resolve("poster.jpg"), DisplaySize.ofStored(track));
                sheet.write(folder.resolve("sheet.jpg"));
            }
            Picture.write(image, folder.resolve("picture.webp"), Picture.Format.WEBP, 200, 200);
        }

        private static void refused(Path file) {
            try {
                Probe.probe(file, ProbeLimits.standard());
                throw new IllegalStateException("Accepted " + file);
            } catch (RefusedMediaException expected) {
                // Refusals have to give everything back, too.
            }
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
