package io.regie.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How like the original a rung is: structural similarity to the original brought to the rung's size. */
final class Quality {

    private static final Pattern ALL = Pattern.compile("SSIM .*All:([0-9.]+)");

    private final Path ffmpeg;
    private final Path original;

    Quality(Path ffmpeg, Path original) {
        this.ffmpeg = ffmpeg;
        this.original = original;
    }

    OptionalDouble of(Path rung) throws IOException {
        Process process = new ProcessBuilder(
                        ffmpeg.toString(),
                        "-nostdin",
                        "-hide_banner",
                        "-i",
                        rung.toString(),
                        "-i",
                        original.toString(),
                        "-an",
                        "-filter_complex",
                        "[1:v][0:v]scale=w=rw:h=rh:flags=bicubic[like];[0:v][like]ssim",
                        "-f",
                        "null",
                        "-")
                .redirectErrorStream(true)
                .start();
        return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    static OptionalDouble parse(String log) {
        Matcher matcher = ALL.matcher(log);
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }
}
