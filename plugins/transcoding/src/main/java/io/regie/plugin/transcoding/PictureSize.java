package io.regie.plugin.transcoding;

import io.regie.spi.Track;

/** How large a video is shown, in square pixels and upright. */
record PictureSize(int width, int height) {

    /** Pixels this close to square are: scalers round, and nobody would see what correcting it costs. */
    private static final double NEARLY = 0.01;

    static PictureSize of(Track video) {
        boolean turned = video.rotation() % 180 != 0;
        int width = turned ? video.height() : video.width();
        int height = turned ? video.width() : video.height();
        boolean square = Math.abs(video.displayWidth() - width) <= width * NEARLY
                && Math.abs(video.displayHeight() - height) <= height * NEARLY;
        return square ? new PictureSize(width, height) : new PictureSize(video.displayWidth(), video.displayHeight());
    }

    int shortSide() {
        return Math.min(width, height);
    }

    int longSide() {
        return Math.max(width, height);
    }
}
