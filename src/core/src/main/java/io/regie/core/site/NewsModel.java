package io.regie.core.site;

import io.regie.core.news.NewsView;
import io.regie.core.pictures.PictureView;
import io.regie.core.richtext.RichDocument;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** News posts and editorials as templates see them. */
record NewsModel(Wording wording) {

    private static final int EXCERPT = 220;

    /** For lists. */
    Map<String, @Nullable Object> card(NewsView view) {
        Map<String, @Nullable Object> card = new LinkedHashMap<>();
        Instant published = view.publishedAt() == null ? view.createdAt() : view.publishedAt();
        card.put("title", view.title());
        card.put("url", view.url());
        card.put("kind", view.kind());
        card.put("language", view.language());
        card.put("published", wording.date(published));
        card.put("publishedIso", published.toString());
        card.put("excerpt", excerpt(view.document()));
        card.put("picture", picture(view.pictures()));
        return card;
    }

    List<Map<String, @Nullable Object>> cards(List<NewsView> views) {
        return views.stream().map(this::card).toList();
    }

    /** For the post's own page. @param writer whether the reader may change it */
    Map<String, @Nullable Object> page(NewsView view, boolean writer) {
        Map<String, @Nullable Object> post = card(view);
        RichDocument text = view.document();
        post.put("text", text == null ? null : text.html());
        post.put("publication", view.publication());
        post.put("edit", writer ? "/studio/news/" + view.id() : null);
        return post;
    }

    /** An image that browsers choose the size of. @param sizes the largest first */
    static @Nullable Map<String, @Nullable Object> picture(List<PictureView> sizes) {
        if (sizes.isEmpty()) {
            return null;
        }
        PictureView largest = sizes.get(0);
        Map<String, @Nullable Object> picture = new LinkedHashMap<>();
        // Where the set is not understood, one of the middle does for all.
        picture.put("src", sizes.get(sizes.size() / 2).url());
        picture.put(
                "srcset",
                sizes.stream()
                        .map(size -> size.url() + " " + size.width() + "w")
                        .collect(Collectors.joining(", ")));
        picture.put("largest", largest.url());
        picture.put("width", largest.width());
        picture.put("height", largest.height());
        return picture;
    }

    /** How a text begins, up to the end of a word. */
    static @Nullable String excerpt(@Nullable RichDocument text) {
        if (text == null) {
            return null;
        }
        String line = text.plainText().replaceAll("\\s+", " ").strip();
        if (line.length() <= EXCERPT) {
            return line;
        }
        int end = line.lastIndexOf(' ', EXCERPT);
        // Not between the halves of a character, where there is no word's end.
        int cut = end > EXCERPT / 2 ? end : line.offsetByCodePoints(0, line.codePointCount(0, EXCERPT) - 1);
        return line.substring(0, cut) + "…";
    }
}
