package io.regie.plugin.transcoding;

import io.regie.ffmpeg.VideoEncoding;

/**
 * One step of a ladder.
 *
 * @param height the short side in pixels, by which people call it
 * @param encoding size and limits
 */
record Rung(int height, VideoEncoding encoding) {

    String outputName() {
        return "video-" + height;
    }
}
