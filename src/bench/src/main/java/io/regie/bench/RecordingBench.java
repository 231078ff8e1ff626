package io.regie.bench;

import io.regie.ffmpeg.FFmpeg;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Recording by stream copy against one {@code ffmpeg -c copy} for each stream: processor time and memory for 1, 8 and 32
 * streams of 3 Mbit/s, sent in real time by a camera on this machine.
 *
 * <pre>{@code
 * mvn -q -pl src/bench -am package -DskipTests
 * java -Dorg.bytedeco.javacpp.platform.extension=-gpl -cp 'src/bench/target/classes:src/bench/target/bench/*' \
 *     io.regie.bench.RecordingBench /tmp/recording-bench 1 8 32
 * }</pre>
 */
public final class RecordingBench {

    private static final int SECONDS = 20;

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
                Integer.toString(SECONDS),
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

    /** @param arguments a folder to work in, and how many streams to record */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        RecordingBench bench = new RecordingBench(FFmpeg.program(), folder);
        System.out.println("| streams | who | CPU s | % of a core per stream | peak MiB | MiB per stream |");
        System.out.println("|---|---|---|---|---|---|");
        for (int i = 1; i < arguments.length; i++) {
            int streams = Integer.parseInt(arguments[i]);
            bench.row(streams, "ffmpeg -c copy", bench.peers(streams));
            bench.row(streams, "Regie, a process each", bench.ours(streams, 1));
            bench.row(streams, "Regie, 8 in a process", bench.ours(streams, 8));
        }
    }

    private void row(int streams, String who, Measured measured) {
        System.out.printf(
                "| %d | %s | %.2f | %.2f | %d | %.0f |%n",
                streams,
                who,
                measured.cpuSeconds(),
                measured.cpuSeconds() / SECONDS / streams * 100,
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
                        "-c",
                        "copy",
                        folder.resolve("peer-" + i + ".mp4").toString()));
            }
            return Measured.together(commands, Collections.nCopies(streams, ""));
        }
    }

    private Measured ours(int streams, int inOneProcess) throws IOException, InterruptedException {
        try (RtspPeer camera = camera()) {
            List<List<String>> commands = new ArrayList<>();
            for (int first = 0; first < streams; first += inOneProcess) {
                commands.add(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.noPointerGC=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.regie.bench.RecordStreams",
                        camera.uri().toString(),
                        folder.resolve("ours-" + first).toString(),
                        Integer.toString(Math.min(inOneProcess, streams - first))));
            }
            return Measured.together(commands, Collections.nCopies(commands.size(), ""));
        }
    }

    private RtspPeer camera() throws IOException {
        return RtspPeer.of(new RtspPeer.Play(tracks).speed(1));
    }
}
