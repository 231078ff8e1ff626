package io.regie.bench;

import io.regie.ffmpeg.FFmpeg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Animated GIFs against others' ways to make them, of a film, a pan with zoom and a screen recording: bytes, likeness to
 * the source's pictures in the size of the GIF, processor time and memory, all from one run.
 *
 * <pre>{@code
 * mvn -q -pl src/bench,plugins/gif -am package -DskipTests
 * java -Dorg.bytedeco.javacpp.platform.extension=-gpl -cp 'src/bench/target/classes:src/bench/target/bench/*' \
 *     io.regie.bench.GifBench /tmp/gif-bench film.mp4 [gifski]     # or: generated
 * }</pre>
 *
 * <p>Everybody gets the same 640×360 clips of 25 pictures a second, and shows 12.5 of them in 480 pixels of width;
 * {@code -Dseconds=5} says how much. With the path of a gifski, that one takes part. The last table is about memory at
 * 640 pixels, of 5 seconds and of 30.
 */
public final class GifBench {

    private static final Path PLUGIN = Path.of("plugins/gif/target/regie-plugin-gif-0.1.0.jar");
    private static final String SCALE = "fps=12.5,scale=480:-1:flags=lanczos";
    private static final int CLIP_SECONDS = 31;

    private final String ffmpeg;
    private final Path folder;
    private final double seconds;
    private final PrintStream out;

    private GifBench(Path ffmpeg, Path folder, double seconds, PrintStream out) {
        this.ffmpeg = ffmpeg.toString();
        this.folder = folder;
        this.seconds = seconds;
        this.out = out;
    }

    /** @param arguments a folder to work in, a film or the word {@code generated}, and where gifski is */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        double seconds = Double.parseDouble(System.getProperty("seconds", "5"));
        GifBench bench = new GifBench(FFmpeg.program(), folder, seconds, System.out);
        bench.run(arguments[1], arguments.length > 2 ? arguments[2] : "");
    }

    private void run(String film, String gifski) throws IOException, InterruptedException {
        out.printf("FFmpeg %s, %.0f s%n", FFmpeg.version(), seconds);
        out.println("| clip | who | bytes | SSIM | CPU s | peak MiB |");
        out.println("|---|---|---|---|---|---|");
        Map<String, Path> clips = clips(film);
        for (Map.Entry<String, Path> clip : clips.entrySet()) {
            compare(clip.getKey(), clip.getValue(), gifski);
        }
        out.println("| clip | range | peak MiB at 640 pixels |");
        out.println("|---|---|---|");
        for (Map.Entry<String, Path> clip : clips.entrySet()) {
            for (int length : new int[] {5, 30}) {
                Measured measured = ours(clip.getValue(), length, 640, "standard", folder.resolve("memory"));
                out.printf("| %s | %d s | %d |%n", clip.getKey(), length, measured.peakMiB());
            }
        }
    }

    private void compare(String name, Path clip, String gifski) throws IOException, InterruptedException {
        Path like = folder.resolve(name + "-like.mkv");
        run(read(clip, "-vf", SCALE + ",format=gbrp", "-c:v", "ffv1", like.toString()));
        for (String quality : List.of("standard", "screencast", "best")) {
            Path ours = folder.resolve(name + "-" + quality);
            Measured measured = ours(clip, seconds, 480, quality, ours);
            row(name, "Regie, " + quality, measured, ours.resolve("animation.gif"), like);
        }
        peer(
                name,
                "FFmpeg's default",
                like,
                read(clip, "-vf", SCALE + ",split[a][b];[a]palettegen[p];[b][p]paletteuse"));
        // Its previews have no palette of their own; here with the size and rate of the others.
        peer(name, "MediaCMS", like, read(clip, "-vf", SCALE, "-f", "gif"));
        if (!gifski.isEmpty()) {
            Path pictures = Files.createDirectories(folder.resolve(name + "-pictures"));
            run(read(clip, "-vf", SCALE, pictures.resolve("%04d.png").toString()));
            Path gif = folder.resolve(name + "-gifski.gif");
            List<String> command = new ArrayList<>(
                    List.of(gifski, "--quiet", "--fps", "12.5", "--width", "480", "-o", gif.toString()));
            try (var files = Files.list(pictures)) {
                files.map(Path::toString).sorted().forEach(command::add);
            }
            row(name, "gifski", Measured.together(List.of(command), List.of("")), gif, like);
        }
    }

    private void peer(String clip, String who, Path like, List<String> command)
            throws IOException, InterruptedException {
        Path gif = folder.resolve(clip + "-" + who.replaceAll("\\W", "") + ".gif");
        List<String> whole = new ArrayList<>(command);
        whole.add(gif.toString());
        row(clip, who, Measured.together(List.of(whole), List.of("")), gif, like);
    }

    private Measured ours(Path clip, double length, int width, String quality, Path workspace)
            throws IOException, InterruptedException {
        String parameters = String.format(
                Locale.ROOT,
                "{\"range\":{\"start\":0,\"end\":%s},\"width\":%d,\"quality\":\"%s\"}",
                length,
                width,
                quality);
        return new OurJob(PLUGIN, Files.createDirectories(workspace)).run("gif.animation", clip, parameters);
    }

    private void row(String clip, String who, Measured measured, Path gif, Path like) throws IOException {
        out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.4f | %.1f | %d |%n",
                clip,
                who,
                Files.size(gif),
                likeness(gif, like).orElse(Double.NaN),
                measured.cpuSeconds(),
                measured.peakMiB());
    }

    /** Picture by picture, in red, green and blue. */
    private OptionalDouble likeness(Path gif, Path like) throws IOException {
        Process process = new ProcessBuilder(
                        ffmpeg,
                        "-nostdin",
                        "-hide_banner",
                        "-i",
                        gif.toString(),
                        "-i",
                        like.toString(),
                        "-filter_complex",
                        "[0:v]format=gbrp,setpts=N/25/TB[a];[1:v]setpts=N/25/TB[b];[a][b]ssim=shortest=1",
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "null",
                        "-")
                .redirectErrorStream(true)
                .start();
        return Quality.parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Map<String, Path> clips(String film) throws IOException, InterruptedException {
        Map<String, Path> clips = new LinkedHashMap<>();
        clips.put(
                "film",
                film.equals("generated")
                        ? generated("film", "testsrc2=s=640x360:r=25,noise=alls=8:allf=t,rotate=0.05*sin(t)")
                        : made(
                                "film",
                                List.of("-stream_loop", "1", "-i", film),
                                "setpts=N/25/TB,scale=640:360:flags=lanczos,setsar=1"));
        clips.put(
                "pan",
                generated(
                        "pan",
                        "mandelbrot=s=1280x720:r=25:end_pts=1,trim=end_frame=1,"
                                + "zoompan=z='1.3+0.2*sin(on/60)':x='(iw-iw/zoom)*(0.5+0.5*sin(on/90))'"
                                + ":y='(ih-ih/zoom)*(0.5+0.5*cos(on/70))':d=800:s=640x360:fps=25"));
        clips.put(
                "screencast",
                generated(
                        "screencast",
                        "color=white:s=640x360:r=25,drawgrid=w=160:h=24:c=0xDDDDDD,"
                                + "drawbox=x=0:y=0:w=640:h=28:c=0x2D3E50:t=fill,"
                                + "drawbox=x='20+mod(floor(t*2)*40,560)':y='60+mod(floor(t/2)*24,240)':w=36:h=18"
                                + ":c=0x3366CC:t=fill"));
        return clips;
    }

    private Path generated(String name, String picture) throws IOException, InterruptedException {
        return made(name, List.of("-f", "lavfi", "-i", picture), "null");
    }

    private Path made(String name, List<String> input, String filter) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".mp4");
        if (!Files.exists(file)) {
            List<String> command = new ArrayList<>(List.of(ffmpeg, "-nostdin", "-v", "error", "-y"));
            command.addAll(input);
            command.addAll(List.of("-t", "" + CLIP_SECONDS, "-an", "-vf", filter, "-r", "25"));
            command.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "14", "-g", "50"));
            command.addAll(List.of("-pix_fmt", "yuv420p", "-movflags", "faststart", file.toString()));
            run(command);
        }
        return file;
    }

    private List<String> read(Path clip, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(ffmpeg, "-nostdin", "-v", "error", "-y", "-t", "" + seconds, "-i", clip.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("Failed: " + String.join(" ", command));
        }
    }
}
