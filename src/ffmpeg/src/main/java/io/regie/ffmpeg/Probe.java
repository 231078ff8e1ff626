package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_ENCRYPTION_INIT_INFO;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_profile_name;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.regie.ffmpeg.RefusedMediaException.Reason;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Track;
import io.regie.spi.TrackKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an uploaded file is, or refuses it. In this order, so that nothing is decoded before its limits are
 * known to hold:
 *
 * <ol>
 *   <li>the file's size and first bytes, in Java; what has no known {@link Signature} never reaches libav;
 *   <li>the header, read by the demuxers of that signature only: streams, picture sizes, encryption;
 *   <li>the first packets, for what the header did not say;
 *   <li>limits and codecs again, on what is known now.
 * </ol>
 */
public final class Probe {

    /** Larger than any real layout; libav allocates by it. */
    private static final int MAX_CHANNELS = 64;

    private static final int MAX_SAMPLE_RATE = 768_000;

    private final Path file;
    private final ProbeLimits limits;
    private final BooleanSupplier cancelled;

    private Probe(Path file, ProbeLimits limits, BooleanSupplier cancelled) {
        this.file = file;
        this.limits = limits;
        this.cancelled = cancelled;
    }

    /** @throws RefusedMediaException with a reason and a sentence for people */
    public static MediaInfo probe(Path file, ProbeLimits limits) throws RefusedMediaException {
        return probe(file, limits, () -> false);
    }

    /**
     * Probes until {@code cancelled} says to give up.
     *
     * @throws CancellationException when it did
     */
    public static MediaInfo probe(Path file, ProbeLimits limits, BooleanSupplier cancelled)
            throws RefusedMediaException {
        try {
            return new Probe(file, limits, cancelled).run();
        } catch (FFmpegException e) {
            throw refusal(e);
        } catch (IOException e) {
            throw new RefusedMediaException(Reason.UNREADABLE, "The file cannot be read.", e);
        }
    }

    private MediaInfo run() throws RefusedMediaException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new RefusedMediaException(Reason.UNREADABLE, "There is no such file.");
        }
        long bytes = Files.size(file);
        if (bytes == 0) {
            throw new RefusedMediaException(Reason.UNREADABLE, "The file is empty.");
        }
        if (bytes > limits.maxBytes()) {
            throw new RefusedMediaException(
                    Reason.TOO_LARGE, "The file is larger than the %d bytes allowed.".formatted(limits.maxBytes()));
        }
        byte[] start = Signature.start(file);
        Signature signature = Signature.of(start)
                .orElseThrow(() -> new RefusedMediaException(
                        Reason.TYPE_NOT_ALLOWED, "The file is not a video, sound or image of an accepted type."));
        return signature.isImage() ? probeImage(signature, start, bytes) : probeMedia(signature, start, bytes);
    }

    private MediaInfo probeImage(Signature signature, byte[] start, long bytes)
            throws RefusedMediaException, IOException {
        Optional<ImageHeader> header = ImageHeader.read(file, signature);
        if (header.isPresent()) {
            checkPixels(header.get().width(), header.get().height());
            if (header.get().animated()) {
                throw animated();
            }
        } else if (signature != Signature.AVIF) {
            throw new RefusedMediaException(Reason.UNREADABLE, "The image is damaged: its header makes no sense.");
        }
        try (MediaInput input = open(signature, OpenPolicy.pictures())) {
            Track found = null;
            for (int i = 0; i < input.streamCount() && found == null; i++) {
                AVStream stream = input.stream(i);
                if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
                        && stream.codecpar().width() > 0) {
                    found = track(stream, Map.of());
                }
            }
            if (found == null) {
                throw new RefusedMediaException(Reason.NO_MEDIA, "The file holds no picture.");
            }
            checkCodec(input.stream(found.index()).codecpar(), input.policy());
            // AVIF says both in its boxes, which libav reads.
            ImageHeader shape = header.orElse(
                    new ImageHeader(found.width(), found.height(), Canvas.orientation(found.rotation()), false));
            return new MediaInfo(
                    MediaKind.IMAGE,
                    signature.format,
                    signature.mediaType(start, true),
                    bytes,
                    null,
                    0,
                    List.of(image(found, shape)),
                    Map.of());
        }
    }

    /** libav reads no animated WebP. */
    static RefusedMediaException animated() {
        return new RefusedMediaException(
                Reason.CODEC_NOT_ALLOWED, "Animated images of this type are not accepted; GIF is.");
    }

    private static Track image(Track track, ImageHeader header) {
        return new Track(
                track.index(),
                track.kind(),
                track.codec(),
                track.profile(),
                0,
                header.width(),
                header.height(),
                header.displayWidth(),
                header.displayHeight(),
                header.rotation(),
                0,
                track.pixelFormat(),
                false,
                0,
                0,
                null,
                false);
    }

    private MediaInfo probeMedia(Signature signature, byte[] start, long bytes)
            throws RefusedMediaException, IOException {
        try (MediaInput input = open(signature, OpenPolicy.media())) {
            List<Track> tracks = tracks(input);
            boolean hasVideo =
                    tracks.stream().anyMatch(track -> track.kind() == TrackKind.VIDEO && !track.attachedPicture());
            boolean hasAudio = tracks.stream().anyMatch(track -> track.kind() == TrackKind.AUDIO);
            if (!hasVideo && !hasAudio) {
                throw new RefusedMediaException(Reason.NO_MEDIA, "The file holds neither pictures nor sound.");
            }
            Duration duration = duration(input);
            String demuxer = input.format();
            boolean mpegAudio = signature == Signature.MPEG_AUDIO;
            return new MediaInfo(
                    hasVideo ? MediaKind.VIDEO : MediaKind.AUDIO,
                    mpegAudio ? demuxer : signature.format,
                    mpegAudio && !demuxer.equals("mp3") ? "audio/" + demuxer : signature.mediaType(start, hasVideo),
                    bytes,
                    duration,
                    Math.round(bytes * 8e9 / duration.toNanos()),
                    tracks,
                    Tags.of(input),
                    Chapters.of(input, duration));
        }
    }

    /** Opens in two steps, with the limits checked in between. */
    private MediaInput open(Signature signature, OpenPolicy base) throws RefusedMediaException, FFmpegException {
        OpenPolicy policy = new OpenPolicy(
                signature.demuxers,
                base.codecs(),
                // One more than allowed, so that too many can be told from damaged.
                limits.maxStreams() + 1,
                limits.maxPixels(),
                base.probeBytes(),
                base.analyzeDuration());
        MediaInput input = MediaInput.openHeader(file, policy, cancelled);
        try {
            checkStreams(input);
            input.findStreams();
            checkStreams(input);
            return input;
        } catch (RefusedMediaException | FFmpegException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private void checkStreams(MediaInput input) throws RefusedMediaException {
        if (input.streamCount() > limits.maxStreams()) {
            throw tooManyStreams(null);
        }
        for (int i = 0; i < input.streamCount(); i++) {
            AVCodecParameters parameters = input.stream(i).codecpar();
            if (isEncrypted(parameters)) {
                throw new RefusedMediaException(
                        Reason.ENCRYPTED, "The file is encrypted (DRM) and can only be played by its seller's player.");
            }
            if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO) {
                checkPixels(parameters.width(), parameters.height());
            }
        }
    }

    private static boolean isEncrypted(AVCodecParameters parameters) {
        String tag = tag(parameters.codec_tag());
        if (Set.of("encv", "enca", "encs", "enct", "drms", "drmi", "p608").contains(tag)) {
            return true;
        }
        AVPacketSideData info = av_packet_side_data_get(
                parameters.coded_side_data(), parameters.nb_coded_side_data(), AV_PKT_DATA_ENCRYPTION_INIT_INFO);
        return info != null && !info.isNull();
    }

    private static String tag(int tag) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append((char) (tag >> 8 * i & 0xFF));
        }
        return text.toString();
    }

    private void checkPixels(int width, int height) throws RefusedMediaException {
        if (width < 0 || height < 0 || (long) width * height > limits.maxPixels()) {
            throw new RefusedMediaException(
                    Reason.TOO_MANY_PIXELS,
                    "The picture is %s×%s; at most %d pixels are accepted."
                            .formatted(
                                    Integer.toUnsignedString(width),
                                    Integer.toUnsignedString(height),
                                    limits.maxPixels()));
        }
    }

    /** Everything that plays. Streams of unknown kind are left out; unplayable sound or pictures refuse the file. */
    private List<Track> tracks(MediaInput input) throws RefusedMediaException {
        List<Track> tracks = new ArrayList<>();
        List<AVCodecParameters> unplayable = new ArrayList<>();
        Set<Integer> allowed = codecIds(input.policy());
        for (int i = 0; i < input.streamCount(); i++) {
            AVStream stream = input.stream(i);
            AVCodecParameters parameters = stream.codecpar();
            boolean subtitle = parameters.codec_type() == AVMEDIA_TYPE_SUBTITLE;
            boolean plays =
                    parameters.codec_type() == AVMEDIA_TYPE_VIDEO || parameters.codec_type() == AVMEDIA_TYPE_AUDIO;
            if (subtitle || (plays && allowed.contains(parameters.codec_id()))) {
                Track track = track(stream, Tags.of(stream.metadata()));
                checkTrack(track);
                if (isUsable(track)) {
                    tracks.add(track);
                }
            } else if (plays) {
                unplayable.add(parameters);
            }
        }
        for (AVCodecParameters parameters : unplayable) {
            TrackKind kind = parameters.codec_type() == AVMEDIA_TYPE_VIDEO ? TrackKind.VIDEO : TrackKind.AUDIO;
            // A second sound track in an exotic codec is no loss; the only one is.
            if (tracks.stream().noneMatch(track -> track.kind() == kind && !track.attachedPicture())) {
                throw codecNotAllowed(parameters);
            }
        }
        return tracks;
    }

    private static boolean isUsable(Track track) {
        return switch (track.kind()) {
            case VIDEO -> track.width() > 0 && track.height() > 0;
            case AUDIO -> track.channels() > 0 && track.sampleRate() > 0;
            case SUBTITLE -> true;
        };
    }

    private void checkTrack(Track track) throws RefusedMediaException {
        if (track.frameRate() > limits.maxFrameRate() && !track.attachedPicture()) {
            throw new RefusedMediaException(
                    Reason.FRAME_RATE_TOO_HIGH,
                    "The video has %.0f frames per second; at most %.0f are accepted."
                            .formatted(track.frameRate(), limits.maxFrameRate()));
        }
        if (track.channels() > MAX_CHANNELS || track.sampleRate() > MAX_SAMPLE_RATE) {
            throw new RefusedMediaException(
                    Reason.CODEC_NOT_ALLOWED,
                    "Sound of %d channels at %d Hz is not accepted.".formatted(track.channels(), track.sampleRate()));
        }
    }

    private static void checkCodec(AVCodecParameters parameters, OpenPolicy policy) throws RefusedMediaException {
        if (!codecIds(policy).contains(parameters.codec_id())) {
            throw codecNotAllowed(parameters);
        }
    }

    private static RefusedMediaException codecNotAllowed(AVCodecParameters parameters) {
        String codec = parameters.codec_id() == AV_CODEC_ID_NONE
                ? "an unknown codec"
                : "the codec " + avcodec_get_name(parameters.codec_id()).getString();
        String what = parameters.codec_type() == AVMEDIA_TYPE_VIDEO ? "picture" : "sound";
        return new RefusedMediaException(
                Reason.CODEC_NOT_ALLOWED, "The %s uses %s, which is not accepted.".formatted(what, codec));
    }

    private static Set<Integer> codecIds(OpenPolicy policy) {
        Set<Integer> ids = new HashSet<>();
        for (String name : policy.codecs()) {
            AVCodec codec = avcodec_find_decoder_by_name(name);
            if (codec != null && !codec.isNull()) {
                ids.add(codec.id());
            }
        }
        return ids;
    }

    private static Track track(AVStream stream, Map<String, String> tags) {
        AVCodecParameters parameters = stream.codecpar();
        boolean video = parameters.codec_type() == AVMEDIA_TYPE_VIDEO;
        boolean audio = parameters.codec_type() == AVMEDIA_TYPE_AUDIO;
        BytePointer profile = avcodec_profile_name(parameters.codec_id(), parameters.profile());
        DisplaySize display = video ? DisplaySize.of(stream) : new DisplaySize(0, 0, 0);
        int order = parameters.field_order();
        return new Track(
                stream.index(),
                video ? TrackKind.VIDEO : audio ? TrackKind.AUDIO : TrackKind.SUBTITLE,
                avcodec_get_name(parameters.codec_id()).getString(),
                profile == null || profile.isNull() ? null : profile.getString(),
                Math.max(0, parameters.bit_rate()),
                video ? parameters.width() : 0,
                video ? parameters.height() : 0,
                display.width(),
                display.height(),
                display.rotation(),
                video ? frameRate(stream) : 0,
                video ? pixelFormat(parameters.format()) : null,
                order == AV_FIELD_TT || order == AV_FIELD_BB || order == AV_FIELD_TB || order == AV_FIELD_BT,
                audio ? parameters.ch_layout().nb_channels() : 0,
                audio ? parameters.sample_rate() : 0,
                language(tags),
                (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0);
    }

    private static double frameRate(AVStream stream) {
        if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            return 0;
        }
        double average = Rationals.value(stream.avg_frame_rate());
        return average > 0 ? average : Rationals.value(stream.r_frame_rate());
    }

    private static @Nullable String pixelFormat(int format) {
        BytePointer name = av_get_pix_fmt_name(format);
        return name == null || name.isNull() ? null : name.getString();
    }

    private static @Nullable String language(Map<String, String> tags) {
        String language = tags.get("language");
        return language == null || language.equals("und") || !language.matches("[A-Za-z0-9-]{2,16}") ? null : language;
    }

    private Duration duration(MediaInput input) throws RefusedMediaException, FFmpegException {
        long micros = input.context().duration();
        // A browser's own recordings tell no duration, and sound without an index only a guess from its bit rate.
        boolean guessed = input.context().duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
        if (micros <= 0 || micros == AV_NOPTS_VALUE || guessed) {
            micros = readDuration(input);
        }
        if (micros <= 0) {
            throw new RefusedMediaException(Reason.NO_MEDIA, "The file has no playing time.");
        }
        if (micros / 1_000_000 > limits.maxDurationSeconds()) {
            throw new RefusedMediaException(
                    Reason.TOO_LONG,
                    "The file plays longer than the %d minutes accepted.".formatted(limits.maxDurationSeconds() / 60));
        }
        return Duration.ofNanos(micros * 1000);
    }

    /** Reads every packet, decoding none, for the time between the first and the end of the last. */
    private long readDuration(MediaInput input) throws FFmpegException {
        AVPacket packet = av_packet_alloc();
        try {
            double first = Double.MAX_VALUE;
            double last = 0;
            while (input.read(packet)) {
                AVStream stream = input.stream(packet.stream_index());
                boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
                if (!cover && packet.pts() != AV_NOPTS_VALUE) {
                    double base = Rationals.value(stream.time_base());
                    first = Math.min(first, packet.pts() * base);
                    last = Math.max(last, (packet.pts() + packet.duration()) * base);
                }
                av_packet_unref(packet);
                if (last - first > limits.maxDurationSeconds() + 1d) {
                    break;
                }
            }
            return Math.round((last - first) * 1e6);
        } finally {
            av_packet_free(packet);
        }
    }

    private static RefusedMediaException refusal(FFmpegException e) {
        if (e.code() == AVERROR_ENOMEM()) {
            return tooManyStreams(e);
        }
        if (e.code() == AVERROR_EINVAL()) {
            return new RefusedMediaException(
                    Reason.TYPE_NOT_ALLOWED, "The file is not what its first bytes promise.", e);
        }
        return new RefusedMediaException(Reason.UNREADABLE, "The file is damaged or incomplete.", e);
    }

    /** Also what libav's lack of room for another stream means; it says "out of memory". */
    private static RefusedMediaException tooManyStreams(@Nullable FFmpegException cause) {
        return new RefusedMediaException(Reason.TOO_MANY_STREAMS, "The file holds too many tracks.", cause);
    }
}
