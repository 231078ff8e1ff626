package io.regie.core.media;

import io.regie.spi.ByteRange;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rendition rows for tests that need no database. */
final class Rows {

    private static final UUID ARTICLE = UUID.fromString("11111111-1111-4111-8111-111111111111");

    private Rows() {}

    static RenditionRow video(int height, long bandwidth) {
        RenditionRow row = row("video-" + height);
        row.describe(Rendition.video("avc1.64001e", height * 16 / 9, height, 25, bandwidth, new ByteRange(0, 800)));
        return row;
    }

    static RenditionRow audio(String name, int channels) {
        RenditionRow row = row(name);
        row.describe(Rendition.audio("mp4a.40.2", channels, 48000, "en", 128_000L * channels, new ByteRange(0, 700)));
        return row;
    }

    static List<Segment> segments(int count, double seconds) {
        List<Segment> segments = new ArrayList<>();
        long offset = 800;
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(
                    Duration.ofNanos(Math.round(i * seconds * 1e6) * 1000),
                    Duration.ofNanos(Math.round(seconds * 1e6) * 1000),
                    new ByteRange(offset, 1000 + i)));
            offset += 1000 + i;
        }
        return segments;
    }

    private static RenditionRow row(String name) {
        RenditionRow row = new RenditionRow();
        row.id = UUID.nameUUIDFromBytes(name.getBytes());
        row.article = ARTICLE;
        row.job = ARTICLE;
        row.attempt = 1;
        row.name = name;
        row.state = RenditionRow.State.FINISHED;
        return row;
    }
}
