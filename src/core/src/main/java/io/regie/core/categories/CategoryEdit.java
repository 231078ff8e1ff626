package io.regie.core.categories;

import io.regie.core.richtext.RichDocument;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody writes of a category. Whatever is not mentioned stays as it is, or as new categories begin. */
public final class CategoryEdit {

    @Nullable
    String name;

    @Nullable
    String slug;

    @Nullable
    Change<RichDocument> text;

    @Nullable
    Change<UUID> parent;

    /** A new value, or nothing at all. */
    record Change<T>(@Nullable T to) {}

    public CategoryEdit name(String name) {
        this.name = name;
        return this;
    }

    /** @param slug empty for one made of the name */
    public CategoryEdit slug(String slug) {
        this.slug = slug;
        return this;
    }

    /** @param text null to take it away */
    public CategoryEdit text(@Nullable RichDocument text) {
        this.text = new Change<>(text);
        return this;
    }

    /** @param parent null for the top */
    public CategoryEdit parent(@Nullable UUID parent) {
        this.parent = new Change<>(parent);
        return this;
    }
}
