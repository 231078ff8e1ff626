package io.regie.core.studio.categories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.categories.CategoryEdit;
import io.regie.core.categories.CategoryView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.RichDocument;
import io.regie.core.web.Ids;
import io.regie.core.web.Revision;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form of a category.
 *
 * @param text without its formatting, for browsers that run no script
 * @param document the text with its formatting, in ProseMirror's JSON; empty from browsers that run no script
 * @param parent an id, empty for the top
 */
record CategoryForm(String name, String text, String document, String parent, String slug, @Nullable Long revision) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static CategoryForm empty(@Nullable UUID parent) {
        return new CategoryForm("", "", "", parent == null ? "" : parent.toString(), "", null);
    }

    static CategoryForm of(CategoryView view) {
        RichDocument text = view.document();
        return new CategoryForm(
                view.name(),
                text == null ? "" : text.plainText(),
                text == null ? "" : text.toString(),
                view.parent() == null ? "" : view.parent().toString(),
                view.slug(),
                view.revision());
    }

    static CategoryForm posted(Function<String, @Nullable String> posted) {
        Function<String, String> field = name -> {
            String value = posted.apply(name);
            return value == null ? "" : value;
        };
        return new CategoryForm(
                field.apply("name"),
                field.apply("text"),
                field.apply("document"),
                field.apply("parent"),
                field.apply("slug"),
                Revision.posted(field.apply("revision")));
    }

    CategoryForm on(long revision) {
        return new CategoryForm(name, text, document, parent, slug, revision);
    }

    /** Only what differs from what the page showed: a text that nobody touched keeps its formatting. */
    CategoryEdit edit(@Nullable CategoryForm shown) {
        CategoryEdit edit = new CategoryEdit().name(name);
        if (shown == null || !slug.equals(shown.slug)) {
            edit.slug(slug);
        }
        if (shown == null || !parent.equals(shown.parent)) {
            edit.parent(parent.isEmpty() ? null : id(parent));
        }
        if (!document.isEmpty()) {
            edit.text(read(document));
        } else if (shown == null || !lines(text).equals(lines(shown.text))) {
            edit.text(text.isBlank() ? null : RichDocument.ofPlainText(text));
        }
        return edit;
    }

    private static UUID id(String text) {
        return Ids.parse(text).orElseThrow(() -> ProblemException.invalidField("parent", "category-parent-unknown"));
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
