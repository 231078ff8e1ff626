package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.regie.ffmpeg.RefusedMediaException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Makes an image that is safe to show out of one that somebody uploaded: upright, without metadata, no larger than
 * wanted. Of an animation it takes the first picture.
 */
public final class Picture {

    /** 64 million pixels: above what cameras make, 256 MB when decoded. */
    private static final long MAX_PIXELS = OpenPolicy.pictures().maxPixels();

    private static final long MAX_BYTES = 256L << 20;

    /** What to write. */
    public enum Format {
        WEBP,
        JPEG,
        PNG
    }

    /** What was written. */
    public record Written(int width, int height, long bytes) {}

    private Picture() {}

    /**
     * Reads one image and writes another.
     *
     * @param maxWidth the picture is made smaller to fit, never larger
     * @throws RefusedMediaException when the image is damaged, too large or of no accepted type
     * @throws IOException when the result cannot be written
     */
    public static Written write(Path in, Path out, Format format, int maxWidth, int maxHeight)
            throws RefusedMediaException, IOException {
        if (maxWidth < 1 || maxHeight < 1) {
            throw new IllegalArgumentException("Nothing fits into %d×%d".formatted(maxWidth, maxHeight));
        }
        AVFrame frame = av_frame_alloc();
        try {
            int orientation = read(in, frame);
            boolean turned = orientation >= 5;
            return write(frame, orientation, turned ? maxHeight : maxWidth, turned ? maxWidth : maxHeight, format, out);
        } finally {
            av_frame_free(frame);
        }
    }

    /**
     * Decodes an image within the limits.
     *
     * @param frame empty; filled with the picture as it is stored
     * @return how to turn it for display, as EXIF counts
     */
    static int read(Path in, AVFrame frame) throws RefusedMediaException, IOException {
        if (!Files.isRegularFile(in) || Files.size(in) == 0) {
            throw new RefusedMediaException(Reason.UNREADABLE, "The image is empty or missing.");
        }
        if (Files.size(in) > MAX_BYTES) {
            throw new RefusedMediaException(Reason.TOO_LARGE, "The image file is too large.");
        }
        Signature signature = Signature.find(in)
                .filter(Signature::isImage)
                .orElseThrow(() -> new RefusedMediaException(
                        Reason.TYPE_NOT_ALLOWED, "The file is not an image of an accepted type."));
        Optional<ImageHeader> header = ImageHeader.read(in, signature);
        if (header.isEmpty() && signature != Signature.AVIF) {
            throw new RefusedMediaException(Reason.UNREADABLE, "The image is damaged.");
        }
        if (header.isPresent() && !fitsLimit(header.get().width(), header.get().height())) {
            throw tooManyPixels();
        }
        if (header.isPresent() && header.get().animated()) {
            throw Probe.animated();
        }
        try {
            int rotation = decode(in, signature, frame);
            return header.map(ImageHeader::orientation).orElse(Canvas.orientation(rotation));
        } catch (FFmpegException e) {
            throw new RefusedMediaException(Reason.UNREADABLE, "The image is damaged.", e);
        }
    }

    private static Written write(
            AVFrame frame, int orientation, int maxStoredWidth, int maxStoredHeight, Format format, Path out)
            throws IOException {
        double shrink = Math.min(
                1, Math.min((double) maxStoredWidth / frame.width(), (double) maxStoredHeight / frame.height()));
        int width = Math.max(1, (int) Math.round(frame.width() * shrink));
        int height = Math.max(1, (int) Math.round(frame.height() * shrink));
        try (Canvas canvas = Canvas.scaled(frame, width, height).upright(orientation)) {
            long bytes =
                    switch (format) {
                        case WEBP -> ImageEncoder.writeWebp(canvas, out);
                        case JPEG -> ImageEncoder.writeJpeg(canvas, out);
                        case PNG -> ImageEncoder.writePng(canvas, out);
                    };
            return new Written(canvas.width(), canvas.height(), bytes);
        }
    }

    /** @return rotation that the container asks for */
    private static int decode(Path in, Signature signature, AVFrame frame)
            throws FFmpegException, RefusedMediaException {
        OpenPolicy base = OpenPolicy.pictures();
        OpenPolicy policy = new OpenPolicy(
                signature.demuxers,
                base.codecs(),
                base.maxStreams(),
                base.maxPixels(),
                base.probeBytes(),
                base.analyzeDuration());
        try (MediaInput input = MediaInput.openHeader(in, policy, () -> false)) {
            for (int i = 0; i < input.streamCount(); i++) {
                var parameters = input.stream(i).codecpar();
                if (!fitsLimit(parameters.width(), parameters.height())) {
                    throw tooManyPixels();
                }
                if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO && decode(input, i, frame)) {
                    return DisplaySize.of(input.stream(i)).rotation();
                }
            }
        }
        throw new RefusedMediaException(Reason.UNREADABLE, "The image is damaged.");
    }

    /** Decodes the first picture of a stream. @return false when there is none */
    static boolean decode(MediaInput input, int stream, AVFrame frame) throws FFmpegException {
        AVPacket packet = av_packet_alloc();
        try (StillDecoder decoder = StillDecoder.open(input, stream)) {
            while (input.read(packet)) {
                boolean wanted = packet.stream_index() == stream;
                if (wanted && decoder.send(packet) && decoder.receive(frame)) {
                    return true;
                }
                av_packet_unref(packet);
            }
            return decoder.send(null) && decoder.receive(frame);
        } finally {
            av_packet_free(packet);
        }
    }

    private static boolean fitsLimit(int width, int height) {
        return width >= 0 && height >= 0 && (long) width * height <= MAX_PIXELS;
    }

    private static RefusedMediaException tooManyPixels() {
        return new RefusedMediaException(
                Reason.TOO_MANY_PIXELS,
                "The image has more than the %d million pixels accepted.".formatted(MAX_PIXELS / 1_000_000));
    }
}
