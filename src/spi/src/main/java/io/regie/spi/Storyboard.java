package io.regie.spi;

import java.time.Duration;
import java.util.List;

/**
 * Facts of one sprite sheet: tiles in rows from the top left, all of one size. The core writes the WebVTT.
 *
 * @param tileWidth in pixels
 * @param tileHeight in pixels
 * @param columns tiles in a full row
 * @param starts from which time each tile is shown, ascending; the last one until the end
 */
public record Storyboard(int tileWidth, int tileHeight, int columns, List<Duration> starts) {

    public Storyboard {
        starts = List.copyOf(starts);
    }
}
