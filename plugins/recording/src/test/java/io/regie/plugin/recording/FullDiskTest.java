package io.regie.plugin.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.LiveSource;
import io.regie.spi.Output;
import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.LoopbackNetwork;
import io.regie.testkit.RememberingJobContext;
import io.regie.testkit.RtspPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings on a small disk of their own. */
@Timeout(300)
class FullDiskTest {

    /** Less than the floor that is asked for, and enough for some seconds. */
    private static final int ROOM = 6 << 20;

    @TempDir
    Path folder;

    private Path disk;
    private Path workspace;
    private List<ElementaryTrack> tracks;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk")).toRealPath();
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes());
        assumeTrue(mount.waitFor() == 0, "A disk to fill must be mounted, and this account may not: " + said);
        workspace = Files.createDirectory(disk.resolve("workspace"));
        tracks = ElementaryTrack.read(
                Clips.clip().size(640, 360).keyFrameEvery(12).seconds(8).writeIn(folder, "clip"));
    }

    @AfterEach
    void unmount() throws Exception {
        new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }

    @Test
    void endsInOrderWhenTheDiskIsFull() throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace).reach(new LoopbackNetwork());
        JobResult result = record(context, 0, 20);
        assertThat(result.metadata()).containsEntry("reason", "The disk is full.");
        assertThat(seconds(result))
                .isGreaterThan(Double.parseDouble(result.metadata().get("duration")) - 1.5);
    }

    @Test
    void stopsBeforeItIsFull() throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace).reach(new LoopbackNetwork());
        AtomicBoolean filled = new AtomicBoolean();
        context.watch(told -> {
            boolean some = told.progress().stream()
                    .anyMatch(progress -> progress.figures().getOrDefault("duration", 0.0) > 4);
            if (some && filled.compareAndSet(false, true)) {
                fill();
            }
        });
        JobResult result = record(context, 40, 4);
        assertThat(result.metadata()).containsEntry("reason", "The disk is nearly full.");
        assertThat(seconds(result))
                .isGreaterThan(Double.parseDouble(result.metadata().get("duration")) - 1.5);
    }

    @Test
    void doesNotBeginOnAFullDisk() throws Exception {
        fill();
        RememberingJobContext context = new RememberingJobContext(workspace).reach(new LoopbackNetwork());
        Assertions.assertThatThrownBy(() -> record(context, 40, 4))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.RESOURCES));
    }

    private void fill() {
        try {
            long room = Files.getFileStore(disk).getUsableSpace() - ROOM;
            Files.write(disk.resolve("ballast"), new byte[(int) Math.max(0, room)]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JobResult record(RememberingJobContext context, int floor, int speed) throws Exception {
        try (RtspPeer peer =
                RtspPeer.of(new RtspPeer.Play(tracks).loop(8, 0, 100_000).speed(speed))) {
            return new RecordHandler()
                    .run(
                            new JobRequest(
                                    "job-1",
                                    1,
                                    "recording.record",
                                    List.of(),
                                    Map.of("partDuration", 6.0, "floor", (double) floor),
                                    null,
                                    new LiveSource(peer.uri(), Map.of())),
                            context);
        }
    }

    /** Of all that was kept, each of which can be played. */
    private static double seconds(JobResult result) throws Exception {
        double seconds = 0;
        for (Output output : result.outputs()) {
            seconds += Probe.probe(output.file(), ProbeLimits.standard())
                            .duration()
                            .toMillis()
                    / 1000.0;
        }
        return seconds;
    }
}
