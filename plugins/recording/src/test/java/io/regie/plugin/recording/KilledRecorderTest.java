package io.regie.plugin.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.ffmpeg.RecordingFormat;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.LiveSource;
import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.LoopbackNetwork;
import io.regie.testkit.RememberingJobContext;
import io.regie.testkit.RtspPeer;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder that is killed at any moment, again and again. {@code -Dkills=50} for more than the usual five. */
class KilledRecorderTest {

    private static final double GROUP_SECONDS = 0.48;
    /** Recorded between the last figure that was printed and the kill, which only makes the file longer. */
    private static final double LOST_AT_MOST = GROUP_SECONDS + 1;

    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void losesNoMoreThanTheOpenGroupAndGoesOn() throws Exception {
        int kills = Integer.getInteger("kills", 5);
        long seed = Long.getLong("seed", 7);
        Random random = new Random(seed);
        Path workspace = Files.createDirectory(folder.resolve("workspace")).toRealPath();
        List<ElementaryTrack> tracks =
                ElementaryTrack.read(Clips.clip().keyFrameEvery(12).seconds(8).writeIn(folder, "clip"));
        try (RtspPeer peer =
                RtspPeer.of(new RtspPeer.Play(tracks).loop(8, 0, 100_000).speed(8))) {
            double before = 0;
            for (int attempt = 1; attempt <= kills; attempt++) {
                double recorded = recordAndKill(peer, workspace, attempt, before + 1 + 12 * random.nextDouble());
                double kept = Parts.in(workspace.resolve("parts"), RecordingFormat.MP4, () -> false)
                                .endMicros()
                        / 1e6;
                assertThat(kept)
                        .as("after kill %d of seed %d", attempt, seed)
                        .isGreaterThanOrEqualTo(recorded - LOST_AT_MOST);
                before = kept;
            }
            double enough = before + 3;
            RememberingJobContext last = new RememberingJobContext(workspace).reach(new LoopbackNetwork());
            last.watch(told -> {
                int count = told.progress().size();
                if (count > 0 && told.progress().get(count - 1).figures().getOrDefault("duration", 0.0) > enough) {
                    told.stop();
                }
            });
            JobResult result = new RecordHandler()
                    .run(
                            new JobRequest(
                                    "job-1",
                                    kills + 1,
                                    "recording.record",
                                    List.of(),
                                    Map.of("partDuration", 6.0),
                                    null,
                                    new LiveSource(peer.uri(), Map.of())),
                            last);
            assertThat(result.outputs()).singleElement().satisfies(output -> assertThat(
                            Probe.probe(output.file(), ProbeLimits.standard())
                                            .duration()
                                            .toMillis()
                                    / 1000.0)
                    .isGreaterThan(enough - 0.5));
        }
    }

    private static double recordAndKill(RtspPeer peer, Path workspace, int attempt, double until) throws Exception {
        Path errors = workspace.resolveSibling("errors-" + attempt);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RecorderProcess.class.getName(),
                        peer.uri().toString(),
                        workspace.toString(),
                        Integer.toString(attempt))
                .redirectError(errors.toFile())
                .start();
        double recorded = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                recorded = Math.max(recorded, Double.parseDouble(line));
                if (recorded >= until) {
                    break;
                }
            }
            process.destroyForcibly().waitFor();
        }
        assertThat(recorded)
                .as("recorded before kill %d: %s", attempt, Files.readString(errors))
                .isGreaterThanOrEqualTo(until);
        return recorded;
    }
}
