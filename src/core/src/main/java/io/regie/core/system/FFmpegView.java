package io.regie.core.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The media libraries, as a worker found them.
 *
 * @param libraries versions by name
 * @param configuration the switches they were built with
 * @param formats containers that files may have
 * @param decoders what may be read
 * @param encoders what can be written
 * @param missing what may be read by our rules and cannot by this build
 */
public record FFmpegView(
        String version,
        Map<String, String> libraries,
        String configuration,
        List<String> formats,
        List<String> decoders,
        List<String> encoders,
        List<String> missing) {

    public FFmpegView {
        libraries = Map.copyOf(libraries);
        formats = List.copyOf(formats);
        decoders = List.copyOf(decoders);
        encoders = List.copyOf(encoders);
        missing = List.copyOf(missing);
    }

    /** Only the containers and codecs that have this in their names. */
    public FFmpegView like(String word) {
        return new FFmpegView(
                version,
                libraries,
                configuration,
                like(formats, word),
                like(decoders, word),
                like(encoders, word),
                like(missing, word));
    }

    private static List<String> like(List<String> names, String word) {
        String part = word.strip().toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
                .toList();
    }
}
