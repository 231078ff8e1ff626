package io.regie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.ffmpeg.FFmpeg;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Recording by stream copy against one {@code ffmpeg -c copy} for each stream: processor time and memory for 1, 8 and 32
 * streams of 3 Mbit/s, sent in real time by a camera on this machine. Ours are the real plugin in real workers, started
 * within the run; a process's memory counts pages that it shares with others of its kind.
 *
 * <pre>{@code
 * mvn -q -pl src/bench -am package -DskipTests
 * java -Dorg.bytedeco.javacpp.platform.extension=-gpl -cp 'src/bench/target/classes:src/bench/target/bench/*' \
 *     io.regie.bench.RecordingBench plugins/recording/target/regie-plugin-recording-0.1.0.jar /tmp/recording-bench 1 8 32
 * }</pre>
 */
public final class RecordingBench {

    private static final int CLIP_SECONDS = 20;
    private static final int SECONDS = Integer.getInteger("seconds", 60);
    private static final int IN_ONE_PROCESS = 8;

    private final Path ffmpeg;
    private final Path folder;
    private final List<ElementaryTrack> tracks;

    private RecordingBench(Path ffmpeg, Path folder) throws IOException, InterruptedException {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        Path clip = folder.resolve("clip.mp4");
        Measured.inSequence(List.of(List.of(
                ffmpeg.toString(),
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=1280x720:r=25",
                "-f",
                "lavfi",
                "-i",
                "sine=r=48000",
                "-t",
                Integer.toString(CLIP_SECONDS),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-b:v",
                "3M",
                "-maxrate",
                "3M",
                "-minrate",
                "3M",
                "-bufsize",
                "3M",
                "-x264-params",
                "nal-hrd=cbr",
                "-g",
                "50",
                "-c:a",
                "aac",
                clip.toString())));
        this.tracks = ElementaryTrack.read(clip);
    }

    /** @param arguments the plugin, a folder to work in, and how many streams to record */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path plugin = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        RecordingBench bench = new RecordingBench(FFmpeg.program(), folder);
        System.out.printf("Each run lasts %d s. CPU in %% of a core for each stream.%n%n", SECONDS);
        System.out.println("| streams | who | CPU % | of that, after " + Measured.START_SECONDS
                + " s | relay % | peak MiB | each |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int i = 2; i < arguments.length; i++) {
            int streams = Integer.parseInt(arguments[i]);
            row(streams, "ffmpeg -c copy", bench.peers(streams), 0);
            bench.ours(plugin, streams, "Regie", false);
            bench.ours(plugin, streams, "Regie, watched meanwhile", true);
        }
    }

    private static void row(int streams, String who, Measured measured, double relaySeconds) {
        double later = measured.cpuSeconds() - measured.startSeconds();
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %.2f | %.2f | %.2f | %d | %.0f |%n",
                streams,
                who,
                measured.cpuSeconds() / SECONDS / streams * 100,
                later / (SECONDS - Measured.START_SECONDS) / streams * 100,
                relaySeconds / SECONDS / streams * 100,
                measured.peakMiB(),
                (double) measured.peakMiB() / streams);
    }

    private Measured peers(int streams) throws IOException, InterruptedException {
        try (RtspPeer camera = camera()) {
            List<List<String>> commands = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                commands.add(List.of(
                        ffmpeg.toString(),
                        "-y",
                        "-v",
                        "error",
                        "-rtsp_transport",
                        "tcp",
                        "-i",
                        camera.uri().toString(),
                        "-t",
                        Integer.toString(SECONDS),
                        "-c",
                        "copy",
                        folder.resolve("peer-" + i + ".mp4").toString()));
            }
            return Measured.together(commands, Collections.nCopies(streams, ""));
        }
    }

    /** The plugin in workers that eight share, behind a relay. */
    private void ours(Path plugin, int streams, String who, boolean watchable)
            throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "ours");
        try (RtspPeer camera = camera();
                RelayDouble relay = new RelayDouble(own.resolve("relay"))) {
            ObjectNode parameters = new ObjectMapper()
                    .createObjectNode()
                    .put("maxDuration", (double) SECONDS)
                    .put("partDuration", 600.0)
                    .put("floor", 0.0)
                    .put("watchable", watchable);
            List<List<String>> commands = new ArrayList<>();
            List<Measured.Talk> talks = new ArrayList<>();
            for (int first = 0; first < streams; first += IN_ONE_PROCESS) {
                int here = Math.min(IN_ONE_PROCESS, streams - first);
                LiveWorker worker =
                        new LiveWorker(plugin, own.resolve("from-" + first), here, parameters, camera.uri(), relay);
                commands.add(worker.command());
                talks.add(worker);
            }
            Measured measured = Measured.talking(commands, talks);
            row(streams, who, measured, relay.cpuSeconds());
        }
    }

    private RtspPeer camera() throws IOException {
        return RtspPeer.of(
                new RtspPeer.Play(tracks).loop(CLIP_SECONDS, 0, SECONDS + 10).speed(1));
    }
}
