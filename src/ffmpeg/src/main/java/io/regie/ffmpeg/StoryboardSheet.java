package io.regie.ffmpeg;

import io.regie.spi.Storyboard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Collects small pictures for scrubbing while somebody else decodes, and writes them as one sprite sheet. Belongs to the
 * thread that offers.
 *
 * <p>Takes the first frame offered at or after each due time. When a video turns out longer than announced, every second
 * picture goes and the distance doubles, so there are never more than a hundred and they stay evenly spread.
 */
public final class StoryboardSheet implements AutoCloseable {

    private static final int MAX_TILES = 100;
    private static final int COLUMNS = 10;
    private static final int LONG_SIDE = 192;
    private static final double MIN_INTERVAL = 1;

    private final DisplaySize size;
    private final List<Tile> tiles = new ArrayList<>();
    private double interval;
    private double due = Double.NEGATIVE_INFINITY;

    private record Tile(Canvas canvas, double seconds) {}

    /**
     * @param display how the frames that will be offered are to be shown
     * @param duration as the probe found it, null when it is not known
     */
    public StoryboardSheet(DisplaySize display, @Nullable Duration duration) {
        this.size = display.within(LONG_SIDE);
        double seconds = duration == null ? 0 : duration.toNanos() / 1e9;
        this.interval = Math.max(MIN_INTERVAL, seconds / MAX_TILES);
    }

    /** Whether a frame of this time would be taken: key frames are enough, any will do. */
    public boolean wants(double seconds) {
        return seconds >= due;
    }

    /**
     * Takes a copy of the frame if one is due.
     *
     * @param seconds from the start, ascending
     */
    public void offer(AVFrame frame, double seconds) throws FFmpegException {
        if (!wants(seconds)) {
            return;
        }
        if (tiles.size() == MAX_TILES) {
            thin();
            if (!wants(seconds)) {
                return;
            }
        }
        tiles.add(new Tile(size.draw(frame), Math.max(0, seconds)));
        due = nextDue(seconds);
    }

    private double nextDue(double seconds) {
        return (Math.floor(seconds / interval) + 1) * interval;
    }

    private void thin() {
        interval *= 2;
        for (int i = tiles.size() - 1; i > 0; i -= 2) {
            tiles.remove(i).canvas.close();
        }
        due = nextDue(tiles.get(tiles.size() - 1).seconds);
    }

    /** Writes the sheet as a JPEG. @return what is on it, or empty when no frame was offered */
    public Optional<Storyboard> write(Path jpg) throws IOException {
        if (tiles.isEmpty()) {
            return Optional.empty();
        }
        int columns = Math.min(COLUMNS, tiles.size());
        int rows = (tiles.size() + columns - 1) / columns;
        List<Duration> starts = new ArrayList<>();
        try (Canvas sheet = Canvas.blank(columns * size.width(), rows * size.height())) {
            for (int i = 0; i < tiles.size(); i++) {
                Tile tile = tiles.get(i);
                sheet.draw(tile.canvas, i % columns * size.width(), i / columns * size.height());
                // Something is to be seen from the very beginning.
                starts.add(i == 0 ? Duration.ZERO : Duration.ofMillis(Math.round(tile.seconds * 1000)));
            }
            ImageEncoder.writeJpeg(sheet, jpg);
        }
        return Optional.of(new Storyboard(size.width(), size.height(), columns, starts));
    }

    @Override
    public void close() {
        tiles.forEach(tile -> tile.canvas.close());
        tiles.clear();
    }
}
