package io.regie.core.studio.library;

import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.media.MediaFilter;
import io.regie.core.media.MediaPage;
import io.regie.core.media.MediaPage.Total;
import io.regie.core.media.MediaQuery;
import io.regie.core.media.MediaQueryWords;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A view of the library, as its templates want it. */
record Library(MediaPage page, MediaQuery query, boolean table, Caller caller, Locale locale) {

    /** Whether other people's articles are here too. */
    public boolean editor() {
        return caller.role().atLeast(Role.EDITOR);
    }

    /** Whether it is narrowed to one's own. */
    public boolean mine() {
        return Objects.equals(query.filter().owner(), caller.account());
    }

    /** Whether it is narrowed to those of this account. */
    public boolean of(String owner) {
        return owner.equals(address().word(MediaQueryWords.OWNER));
    }

    public List<LibraryItem> items() {
        return page.items().stream().map(view -> new LibraryItem(view, locale)).toList();
    }

    public LibraryAddress address() {
        return LibraryAddress.of(query, table);
    }

    /** The next page of it. */
    @Nullable
    public LibraryAddress more() {
        String cursor = page.nextCursor();
        return cursor == null ? null : address().with(MediaQueryWords.CURSOR, cursor);
    }

    public LibraryAddress asTable() {
        return address().with(LibraryAddress.VIEW, "table");
    }

    public LibraryAddress asGrid() {
        return address().with(LibraryAddress.VIEW, null);
    }

    public LibraryAddress sorted(String sort) {
        return address().with(MediaQueryWords.SORT, sort);
    }

    public boolean by(String sort) {
        return query.sort().name().equalsIgnoreCase(sort);
    }

    public boolean empty() {
        return page.items().isEmpty();
    }

    public boolean narrowed() {
        return !query.filter().equals(MediaFilter.NONE);
    }

    /** Whether something is narrowed that the closed panel does not show. */
    public boolean narrowedBeyond() {
        MediaFilter filter = query.filter();
        return filter.publication() != null
                || filter.tag() != null
                || filter.owner() != null
                || filter.from() != null
                || filter.to() != null
                || filter.category() != null;
    }

    public boolean first() {
        return query.cursor() == null;
    }

    public boolean one() {
        Total total = page.total();
        return total != null && total.count() == 1;
    }

    /** How many there are, {@code 1,000+} when nobody counted on. */
    public String count() {
        Total total = page.total();
        return total == null
                ? ""
                : NumberFormat.getIntegerInstance(locale).format(total.count()) + (total.more() ? "+" : "");
    }
}
