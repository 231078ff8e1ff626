package io.regie.core.studio.editor;

import io.regie.core.access.Visibility;
import io.regie.core.media.ArticleEdit;
import io.regie.core.media.Credits;
import io.regie.core.media.DownloadRule;
import io.regie.core.media.Licence;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.RichDocument;
import io.regie.core.studio.editor.EditorView.Values;
import io.regie.core.web.Ids;
import io.regie.core.web.Revision;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The editor's form as a browser sends it by itself. */
record PostedForm(Function<String, List<String>> posted, ZoneId zone) {

    @Nullable
    Long revision() {
        return Revision.posted(field("revision"));
    }

    Values values() {
        return new Values(
                field("title"),
                field("slug"),
                field("visibility"),
                field("publication"),
                field("publishedAt"),
                field("language"),
                field("licence"),
                field("tags"),
                field("text"),
                field("credits"),
                !field("kept").isEmpty(),
                field("downloads"),
                Set.copyOf(posted.apply("categories")));
    }

    /** Only what differs from what the page showed: a text that nobody touched keeps its formatting. */
    ArticleEdit edit(MediaView before, Values shown) {
        Values mine = values();
        ArticleEdit edit = new ArticleEdit()
                .title(mine.title())
                .visibility(visibility(mine.visibility()))
                .language(mine.language())
                .licence(mine.licence().isEmpty() ? null : licence(mine.licence()))
                .tags(Arrays.stream(mine.tags().split(","))
                        .filter(tag -> !tag.isBlank())
                        .toList());
        if (!mine.downloads().isEmpty()) {
            edit.download(mine.downloads().equals("default") ? null : rule(mine.downloads()));
        }
        if (before.recording() || before.recordedAt() != null) {
            edit.kept(mine.kept());
        }
        if (!mine.slug().equals(before.slug())) {
            edit.slug(mine.slug());
        }
        if (!lines(mine.text()).equals(lines(shown.text()))) {
            edit.description(RichDocument.ofPlainText(mine.text()));
        }
        if (!lines(mine.credits()).equals(lines(shown.credits()))) {
            edit.credits(Credits.parse(mine.credits()));
        }
        if (!mine.categories().equals(shown.categories())) {
            edit.categories(mine.categories().stream().map(PostedForm::category).toList());
        }
        boolean published = !mine.publication().equals(shown.publication());
        boolean moved = !mine.publishedAt().equals(shown.publishedAt());
        switch (mine.publication()) {
            case "draft" -> edit.draft();
            case "scheduled" -> {
                if (published || moved) {
                    edit.publishAt(time(mine.publishedAt()));
                }
            }
            case "published" -> {
                if (published) {
                    edit.publishNow();
                }
            }
            default -> throw new ProblemException(ProblemType.BAD_REQUEST, "media-word-unknown", mine.publication());
        }
        return edit;
    }

    private Instant time(String local) {
        try {
            return LocalDateTime.parse(local).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField("publishedAt", "media-time-malformed");
        }
    }

    private static Visibility visibility(String word) {
        return Arrays.stream(Visibility.values())
                .filter(visibility -> visibility.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.BAD_REQUEST, "media-word-unknown", word));
    }

    private static UUID category(String id) {
        return Ids.parse(id).orElseThrow(() -> ProblemException.invalidField("categories", "media-category-unknown"));
    }

    private static DownloadRule rule(String word) {
        return Arrays.stream(DownloadRule.values())
                .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.BAD_REQUEST, "media-word-unknown", word));
    }

    private static Licence licence(String code) {
        return Licence.find(code).orElseThrow(() -> ProblemException.invalidField("licence", "media-licence-unknown"));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private String field(String name) {
        List<String> values = posted.apply(name);
        return values.isEmpty() ? "" : values.get(0);
    }
}
