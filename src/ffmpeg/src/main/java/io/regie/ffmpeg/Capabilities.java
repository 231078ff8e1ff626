package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_version;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_version;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_version;
import static org.bytedeco.ffmpeg.global.avutil.avutil_configuration;
import static org.bytedeco.ffmpeg.global.avutil.avutil_version;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this build of FFmpeg can do for us. Formats and decoders are those that {@link OpenPolicy} lets in: others exist
 * and are never used.
 *
 * @param libraries versions by name
 * @param configuration the switches it was built with
 * @param missing allowed ones that this build has not
 */
public record Capabilities(
        String version,
        Map<String, String> libraries,
        String configuration,
        List<String> formats,
        List<String> decoders,
        List<String> encoders,
        List<String> missing) {

    private static final List<String> ENCODERS = List.of(
            "libx264",
            "libx265",
            "libvpx-vp9",
            "libaom-av1",
            "libsvtav1",
            "aac",
            "libopus",
            "libmp3lame",
            "flac",
            "mjpeg",
            "libwebp",
            "png",
            "gif");

    /** Loads the libraries. */
    public static Capabilities look() {
        FFmpeg.load();
        Set<String> formats = new TreeSet<>(OpenPolicy.media().formats());
        formats.addAll(OpenPolicy.pictures().formats());
        Set<String> decoders = new TreeSet<>(OpenPolicy.media().codecs());
        Set<String> missing = new TreeSet<>();
        formats.removeIf(name -> av_find_input_format(name) == null && missing.add(name));
        // A codec's name for people may be no decoder's name; what decodes it then has another.
        decoders.removeIf(name -> avcodec_find_decoder_by_name(name) == null && missing.add(name));
        List<String> encoders = ENCODERS.stream()
                .filter(name -> avcodec_find_encoder_by_name(name) != null)
                .toList();
        return new Capabilities(
                FFmpeg.version(),
                versions(),
                avutil_configuration().getString(),
                List.copyOf(formats),
                List.copyOf(decoders),
                encoders,
                List.copyOf(missing));
    }

    private static Map<String, String> versions() {
        Map<String, String> libraries = new LinkedHashMap<>();
        libraries.put("libavcodec", numbers(avcodec_version()));
        libraries.put("libavformat", numbers(avformat_version()));
        libraries.put("libavfilter", numbers(avfilter_version()));
        libraries.put("libavutil", numbers(avutil_version()));
        return libraries;
    }

    private static String numbers(int version) {
        return (version >> 16) + "." + (version >> 8 & 0xff) + "." + (version & 0xff);
    }
}
