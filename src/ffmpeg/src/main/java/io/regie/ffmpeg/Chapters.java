package io.regie.ffmpeg;

import io.regie.spi.Chapter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Chapters of a file: bounded, in order, no two at the same time. */
final class Chapters {

    private static final int MOST = 500;
    private static final int LONGEST_TITLE = 100;

    private Chapters() {}

    static List<Chapter> of(MediaInput input, Duration end) {
        Map<Duration, Chapter> chapters = new TreeMap<>();
        int count = input.context().nb_chapters();
        for (int i = 0; i < count && chapters.size() < MOST; i++) {
            AVChapter chapter = input.context().chapters(i);
            AVRational base = chapter.time_base();
            if (base.num() <= 0 || base.den() <= 0) {
                continue;
            }
            double seconds = (double) chapter.start() * base.num() / base.den();
            if (seconds >= 0 && seconds < end.toMillis() / 1000.0) {
                Duration start = Duration.ofMillis(Math.round(seconds * 1000));
                String title = Tags.of(chapter.metadata()).getOrDefault("title", "");
                chapters.putIfAbsent(start, new Chapter(start, Tags.clean(title, LONGEST_TITLE)));
            }
        }
        return List.copyOf(chapters.values());
    }
}
