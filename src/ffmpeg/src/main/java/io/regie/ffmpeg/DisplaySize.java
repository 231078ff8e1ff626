package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;

import io.regie.spi.Track;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;

/**
 * How a stored picture is to be shown: its size after pixel aspect and rotation.
 *
 * @param rotation clockwise degrees to turn the stored picture: 0, 90, 180 or 270
 */
public record DisplaySize(int width, int height, int rotation) {

    /** Wider pixels than any format has come from damaged headers. */
    private static final double MAX_ASPECT = 16;

    /** No side of a still gets smaller, however long and thin the picture is. */
    private static final int MIN_SIDE = 16;

    /** For frames as a decoder gives them. */
    public static DisplaySize ofStored(Track track) {
        return new DisplaySize(track.displayWidth(), track.displayHeight(), track.rotation());
    }

    /** For frames that somebody turned already. */
    public static DisplaySize ofUpright(Track track) {
        return new DisplaySize(track.displayWidth(), track.displayHeight(), 0);
    }

    static DisplaySize of(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        AVRational ratio = stream.sample_aspect_ratio().num() > 0
                ? stream.sample_aspect_ratio()
                : parameters.sample_aspect_ratio();
        return of(parameters.width(), parameters.height(), Rationals.value(ratio), rotation(parameters));
    }

    /** @param pixelAspect width of a pixel by its height; what makes no sense counts as 1 */
    static DisplaySize of(int width, int height, double pixelAspect, int rotation) {
        double aspect = pixelAspect > 1 / MAX_ASPECT && pixelAspect < MAX_ASPECT ? pixelAspect : 1;
        // The side that would shrink stays, so that no pixel is lost.
        int wide = aspect > 1 ? (int) Math.round(width * aspect) : width;
        int high = aspect < 1 ? (int) Math.round(height / aspect) : height;
        return rotation % 180 == 0 ? new DisplaySize(wide, high, rotation) : new DisplaySize(high, wide, rotation);
    }

    /** Small enough for a square of the given side, never enlarged. Even numbers, since chroma comes in pairs. */
    DisplaySize within(int side) {
        double shrink = Math.min(1, (double) side / Math.max(width, height));
        return new DisplaySize(even(width * shrink), even(height * shrink), rotation);
    }

    /** Small enough for a box, never enlarged. */
    DisplaySize within(int maxWidth, int maxHeight) {
        double shrink = Math.min(1, Math.min((double) maxWidth / width, (double) maxHeight / height));
        return new DisplaySize(even(width * shrink), even(height * shrink), rotation);
    }

    private static int even(double side) {
        return Math.max(MIN_SIDE, (int) Math.round(side / 2) * 2);
    }

    /** A decoded frame upright, with square pixels, in exactly this size. */
    Canvas draw(AVFrame frame) throws FFmpegException {
        boolean lies = rotation % 180 != 0;
        return Canvas.scaled(frame, lies ? height : width, lies ? width : height)
                .upright(Canvas.orientation(rotation));
    }

    private static int rotation(AVCodecParameters parameters) {
        AVPacketSideData matrix = av_packet_side_data_get(
                parameters.coded_side_data(), parameters.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.isNull() || matrix.size() < 36) {
            return 0;
        }
        // libav counts anticlockwise.
        double degrees = -av_display_rotation_get(new IntPointer(matrix.data()));
        if (Double.isNaN(degrees)) {
            return 0;
        }
        // Only quarter turns have a meaning in players; anything between is shown as the nearest.
        return Math.floorMod(Math.round(degrees / 90) * 90, 360);
    }
}
