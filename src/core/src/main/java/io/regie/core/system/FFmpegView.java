package io.regie.core.system;

import java.util.List;
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
}
