package io.regie.core.studio.news;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.news.NewsEdit;
import io.regie.core.news.NewsKind;
import io.regie.core.news.NewsView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.RichDocument;
import io.regie.core.web.Revision;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form of a post.
 *
 * @param text without its formatting, for browsers that run no script
 * @param document the text with its formatting, in ProseMirror's JSON; empty from browsers that run no script
 * @param publication {@code draft}, {@code now} or {@code at}
 * @param publishedAt as {@code <input type="datetime-local">} has it
 */
record PostForm(
        String kind,
        String title,
        String text,
        String document,
        String publication,
        String publishedAt,
        String slug,
        @Nullable Long revision) {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);
    private static final ObjectMapper JSON = new ObjectMapper();

    static PostForm empty() {
        return new PostForm(NewsKind.NEWS_POST.word(), "", "", "", "now", "", "", null);
    }

    static PostForm of(NewsView view, ZoneId zone) {
        RichDocument text = view.document();
        return new PostForm(
                view.kind(),
                view.title(),
                text == null ? "" : text.plainText(),
                text == null ? "" : text.toString(),
                view.publishedAt() == null ? "draft" : "at",
                view.publishedAt() == null
                        ? ""
                        : LOCAL.format(view.publishedAt().atZone(zone)),
                view.slug(),
                view.revision());
    }

    static PostForm posted(Function<String, @Nullable String> posted) {
        Function<String, String> field = name -> {
            String value = posted.apply(name);
            return value == null ? "" : value;
        };
        return new PostForm(
                field.apply("kind"),
                field.apply("title"),
                field.apply("text"),
                field.apply("document"),
                field.apply("publication"),
                field.apply("publishedAt"),
                field.apply("slug"),
                Revision.posted(field.apply("revision")));
    }

    /** Only what differs from what the page showed: a text that nobody touched keeps its formatting, a date its seconds. */
    NewsEdit edit(@Nullable PostForm shown, ZoneId zone) {
        NewsEdit edit = new NewsEdit()
                .title(title)
                .kind(NewsKind.find(kind)
                        .orElseThrow(() -> ProblemException.invalidField("kind", "news-kind-unknown")));
        if (shown == null || !slug.equals(shown.slug)) {
            edit.slug(slug);
        }
        if (!document.isEmpty()) {
            edit.text(read(document));
        } else if (shown == null || !lines(text).equals(lines(shown.text))) {
            edit.text(text.isBlank() ? null : RichDocument.ofPlainText(text));
        }
        switch (publication) {
            case "draft" -> edit.draft();
            case "now" -> edit.publishNow();
            case "at" -> {
                if (shown == null || !shown.publication.equals("at") || !publishedAt.equals(shown.publishedAt)) {
                    edit.publishAt(time(zone));
                }
            }
            default -> throw ProblemException.invalidField("publication", "news-time-malformed");
        }
        return edit;
    }

    private Instant time(ZoneId zone) {
        try {
            return LocalDateTime.parse(publishedAt).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField("publishedAt", "news-time-malformed");
        }
    }

    private static RichDocument read(String document) {
        try {
            return RichDocument.read(JSON.readTree(document));
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "richtext.malformed");
        }
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }
}
