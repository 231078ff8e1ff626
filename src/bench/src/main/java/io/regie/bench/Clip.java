package io.regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The 1080p input of a benchmark. */
record Clip(Path file, double frameRate, double seconds) {

    /**
     * A film, upscaled with lanczos at a quality that leaves encoders everything to do.
     *
     * @param copied below the top rung's cap instead, so that the top rung is a copy
     */
    static Clip upscaled(Path ffmpeg, Path film, Path folder, double frameRate, double seconds, boolean copied)
            throws IOException, InterruptedException {
        Path file = folder.resolve(copied ? "film-1080p-copied.mp4" : "film-1080p.mp4");
        make(
                file,
                List.of(
                        ffmpeg.toString(),
                        "-nostdin",
                        "-v",
                        "error",
                        "-y",
                        "-i",
                        film.toString(),
                        "-t",
                        "" + seconds,
                        "-vf",
                        "scale=1920:1080:flags=lanczos,setsar=1",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-crf",
                        copied ? "23" : "12",
                        "-maxrate",
                        copied ? "4M" : "100M",
                        "-bufsize",
                        copied ? "4M" : "200M",
                        "-g",
                        "" + Math.round(2 * frameRate),
                        "-c:a",
                        "aac",
                        "-ac",
                        "2",
                        "-b:a",
                        "128k",
                        "-movflags",
                        "faststart"));
        return new Clip(file, frameRate, seconds);
    }

    /** Moving noise, the worst case for every encoder. */
    static Clip generated(Path ffmpeg, Path folder, double seconds) throws IOException, InterruptedException {
        Path file = folder.resolve("generated-1080p.mp4");
        make(
                file,
                List.of(
                        ffmpeg.toString(),
                        "-nostdin",
                        "-v",
                        "error",
                        "-y",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=1920x1080:rate=30,noise=alls=12:allf=t+u,rotate=0.05*sin(t):c=black",
                        "-f",
                        "lavfi",
                        "-i",
                        "aevalsrc=0.3*sin(2*PI*(220+40*sin(t))*t)|0.3*sin(2*PI*330*t):s=48000",
                        "-t",
                        "" + seconds,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-b:v",
                        "8M",
                        "-maxrate",
                        "9M",
                        "-bufsize",
                        "16M",
                        "-pix_fmt",
                        "yuv420p",
                        "-g",
                        "60",
                        "-c:a",
                        "aac",
                        "-b:a",
                        "128k",
                        "-movflags",
                        "faststart"));
        return new Clip(file, 30, seconds);
    }

    private static void make(Path file, List<String> command) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            return;
        }
        List<String> whole = new ArrayList<>(command);
        whole.add(file.toString());
        if (new ProcessBuilder(whole).inheritIO().start().waitFor() != 0) {
            throw new IOException("The clip could not be made");
        }
    }
}
