package io.regie.bench;

import io.regie.ffmpeg.FFmpeg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ladder against others' ways to make one: processor time, time on the clock, memory, bytes and quality, all from one
 * run on one machine with the same build of FFmpeg.
 *
 * <pre>{@code
 * apt-get install libpulse0 libasound2 libxcb1 libxcb-shm0 libxcb-shape0 libxcb-xfixes0   # for the ffmpeg program only
 * mvn -q -pl src/bench,plugins/transcoding -am package -DskipTests
 * java -Dorg.bytedeco.javacpp.platform.extension=-gpl -cp 'src/bench/target/classes:src/bench/target/bench/*' \
 *     io.regie.bench.LadderBench /tmp/ladder-bench film.mp4     # or: generated
 * }</pre>
 *
 * <p>Run it from the repository's root on an otherwise idle machine. {@code -Dseconds=10} shortens the clip,
 * {@code -DframeRate=24} says the film's, {@code -Dcopied=true} keeps it below
 * the top rung's cap, {@code -Donly=PeerTube} leaves the others out.
 */
public final class LadderBench {

    private static final Path PLUGIN = Path.of("plugins/transcoding/target/regie-plugin-transcoding-0.1.0.jar");

    private final Quality quality;
    private final PrintStream out;
    private Measured first = new Measured(1, 1, 1, 1);

    private LadderBench(Quality quality, PrintStream out) {
        this.quality = quality;
        this.out = out;
    }

    /** @param arguments a folder to work in, and a film or the word {@code generated} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        double seconds = Double.parseDouble(System.getProperty("seconds", "30"));
        Path ffmpeg = FFmpeg.program();
        Clip clip = arguments[1].equals("generated")
                ? Clip.generated(ffmpeg, folder, seconds)
                : Clip.upscaled(
                        ffmpeg,
                        Path.of(arguments[1]),
                        folder,
                        Double.parseDouble(System.getProperty("frameRate", "24")),
                        seconds,
                        Boolean.getBoolean("copied"));
        new LadderBench(new Quality(ffmpeg, clip.file()), System.out)
                .run(new Peers(ffmpeg, clip, folder), clip, folder);
    }

    private void run(Peers peers, Clip clip, Path folder) throws IOException, InterruptedException {
        out.printf(
                "FFmpeg %s, %d processors%n",
                FFmpeg.version(), Runtime.getRuntime().availableProcessors());
        out.println("| who | CPU s | wall s | peak MiB | CPU ratio | wall ratio | height: bytes, SSIM |");
        out.println("|---|---|---|---|---|---|---|");
        OurJob job = new OurJob(PLUGIN, folder.resolve("regie"));
        Measured ours = job.run(clip.file());
        first = ours;
        row("Regie", ours, job.rungs());
        String only = System.getProperty("only", "");
        for (Contestant peer :
                List.of(peers.peerTube(1), peers.peerTube(0), peers.mediaCms(), peers.opencast(), peers.oneCommand())) {
            if (only.isEmpty() || only.equals(peer.name())) {
                row(peer.name(), peer.run(), peer.rungs());
            }
        }
    }

    /** Ratios are Regie's figure by theirs. */
    private void row(String name, Measured measured, Map<Integer, Path> rungs) throws IOException {
        StringBuilder sizes = new StringBuilder();
        for (Map.Entry<Integer, Path> rung : rungs.entrySet()) {
            sizes.append(String.format(
                    Locale.ROOT,
                    "%d: %d, %.5f; ",
                    rung.getKey(),
                    Files.size(rung.getValue()),
                    quality.of(rung.getValue()).orElse(Double.NaN)));
        }
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %d | %.3f | %.3f | %s |%n",
                name,
                measured.cpuSeconds(),
                measured.wallSeconds(),
                measured.peakMiB(),
                first.cpuSeconds() / measured.cpuSeconds(),
                first.wallSeconds() / measured.wallSeconds(),
                sizes);
    }
}
