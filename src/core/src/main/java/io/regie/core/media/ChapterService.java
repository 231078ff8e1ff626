package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.spi.MediaInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chapters of articles: read by whoever may read the article, changed by whoever may edit it. */
@ApplicationScoped
public class ChapterService {

    private static final int MOST = 500;
    private static final int LONGEST_TITLE = 100;
    private static final double LATEST = 360_000;

    private final MediaService media;
    private final ChapterLists lists;
    private final InstantSource clock;

    ChapterService(MediaService media, ChapterLists lists, InstantSource clock) {
        this.media = media;
        this.lists = lists;
        this.clock = clock;
    }

    /** @param revision what {@code If-Match} names, 0 where nobody has written any */
    public record Chapters(List<Chapter> items, long revision) {}

    @Transactional
    public Chapters of(Caller caller, UUID article) {
        media.requireReadable(caller, article);
        return lists.findByIdOptional(article)
                .map(list -> new Chapters(list.chapters, list.revision))
                .orElse(new Chapters(List.of(), 0));
    }

    /** Replaces all of them. */
    @Transactional
    public Chapters replace(Caller caller, UUID id, List<Chapter> wanted, @Nullable Long ifMatch) {
        MediaArticle article = media.requireForEdit(caller, id, null);
        Optional<ChapterList> known = lists.findByIdOptional(id);
        long revision = known.map(list -> list.revision).orElse(0L);
        if (ifMatch != null && ifMatch != revision) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "chapters-changed-meanwhile");
        }
        List<Chapter> chapters = ordered(wanted, end(article));
        ChapterList list = known.orElseGet(() -> {
            ChapterList fresh = new ChapterList();
            fresh.article = id;
            return fresh;
        });
        list.chapters = chapters;
        list.revision++;
        list.updatedAt = clock.instant();
        lists.persist(list);
        media.changed(article);
        return new Chapters(chapters, list.revision);
    }

    /** Takes over what the file itself says, unless somebody was quicker. */
    void adopt(MediaArticle article, MediaInfo info) {
        if (info.chapters().isEmpty() || lists.findByIdOptional(article.id).isPresent()) {
            return;
        }
        List<Chapter> chapters = new ArrayList<>();
        for (io.regie.spi.Chapter found :
                info.chapters().subList(0, Math.min(MOST, info.chapters().size()))) {
            String title = Titles.clean(found.title())
                    .filter(clean -> clean.codePointCount(0, clean.length()) <= LONGEST_TITLE)
                    .orElse(String.valueOf(chapters.size() + 1));
            chapters.add(new Chapter(found.start().toMillis() / 1000.0, title));
        }
        ChapterList list = new ChapterList();
        list.article = article.id;
        list.chapters = List.copyOf(chapters);
        list.revision = 1;
        list.updatedAt = clock.instant();
        lists.persist(list);
    }

    private static List<Chapter> ordered(List<Chapter> wanted, double end) {
        if (wanted.size() > MOST) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "chapters-too-many", MOST);
        }
        TreeMap<Long, Chapter> ordered = new TreeMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            Chapter chapter = wanted.get(i);
            String field = "items[" + i + "]";
            if (!(chapter.start() >= 0 && chapter.start() < end)) {
                throw ProblemException.invalidField(field, "chapters-start");
            }
            String title = Titles.clean(chapter.title())
                    .filter(clean -> clean.codePointCount(0, clean.length()) <= LONGEST_TITLE)
                    .orElseThrow(() -> ProblemException.invalidField(field, "chapters-title", LONGEST_TITLE));
            long start = Math.round(chapter.start() * 1000);
            if (ordered.put(start, new Chapter(start / 1000.0, title)) != null) {
                throw ProblemException.invalidField(field, "chapters-same-start");
            }
        }
        return List.copyOf(ordered.values());
    }

    private static double end(MediaArticle article) {
        MediaInfo info = article.originalInfo;
        return info == null || info.duration() == null
                ? LATEST
                : info.duration().toMillis() / 1000.0;
    }
}
