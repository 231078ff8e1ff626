package io.regie.core.studio.library;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the library. */
@MessageBundle("library")
public interface LibraryMessages {

    @Message("Library")
    String title();

    @Message("Search")
    String search();

    @Message("Titles, tags, file names")
    String searchHint();

    @Message("Kind")
    String kind();

    @Message("Every kind")
    String anyKind();

    @Message("Video")
    String video();

    @Message("Audio")
    String audio();

    @Message("Image")
    String image();

    @Message("Document")
    String document();

    @Message("State")
    String state();

    @Message("Every state")
    String anyState();

    @Message("Processing")
    String processing();

    @Message("Ready")
    String ready();

    @Message("Failed")
    String failed();

    @Message("Visibility")
    String visibility();

    @Message("Every visibility")
    String anyVisibility();

    @Message("Public")
    String visibilityPublic();

    @Message("Unlisted")
    String visibilityUnlisted();

    @Message("Private")
    String visibilityPrivate();

    @Message("Publication")
    String publication();

    @Message("All")
    String anyPublication();

    @Message("Draft")
    String draft();

    @Message("Scheduled")
    String scheduled();

    @Message("Published")
    String published();

    @Message("Tag")
    String tag();

    @Message("Tags")
    String tags();

    @Message("Category…")
    String editCategories();

    @Message("Category of the selected articles")
    String categoriesTitle();

    @Message("Put in")
    String putIn();

    @Message("Take out")
    String takeOut();

    @Message("Owner")
    String owner();

    @Message("Everybody")
    String everybody();

    @Message("Me")
    String mine();

    @Message("Created from")
    String createdFrom();

    @Message("Created until")
    String createdTo();

    @Message("Sort by")
    String sort();

    @Message("Newest first")
    String newest();

    @Message("Oldest first")
    String oldest();

    @Message("Recently changed")
    String changed();

    @Message("Title")
    String byTitle();

    @Message("Longest")
    String longest();

    @Message("Largest")
    String largest();

    @Message("More filters")
    String moreFilters();

    @Message("Apply")
    String apply();

    @Message("Clear filters")
    String clear();

    @Message("View")
    String view();

    @Message("Grid")
    String grid();

    @Message("Table")
    String table();

    @Message("1 article")
    String oneArticle();

    @Message("{count} articles")
    String articles(String count);

    @Message("Your library is empty")
    String emptyTitle();

    @Message("What you upload comes here: every article with its state, ready to be found, tagged and published.")
    String emptyLead();

    @Message("Nothing found")
    String nothingTitle();

    @Message("No article has all of this. Take a filter away, or search for the beginning of another word.")
    String nothingLead();

    @Message("Load more")
    String loadMore();

    @Message("Back to the first page")
    String toFirst();

    @Message("Select {title}")
    String select(String title);

    @Message("Select everything shown")
    String selectAll();

    @Message("Title")
    String article();

    @Message("Created")
    String created();

    @Message("Changed")
    String changedAt();

    @Message("Duration")
    String duration();

    @Message("Size")
    String size();

    @Message("{count} more")
    String otherTags(String count);

    @Message("Selected articles")
    String bulk();

    @Message("Visibility")
    String setVisibility();

    @Message("Tags…")
    String editTags();

    @Message("Delete")
    String deleteThem();

    @Message("Deselect")
    String deselect();

    @Message("Tags of the selected articles")
    String tagsTitle();

    @Message("Add")
    String addTags();

    @Message("Take away")
    String removeTags();

    @Message("Commas between tags.")
    String commas();

    @Message("Cancel")
    String cancel();

    @Message("Save")
    String save();

    @Message("Search")
    String keySearch();

    @Message("Move")
    String keyMove();

    @Message("Select")
    String keySelect();

    @Message("Open")
    String keyOpen();

    @Message("Deselect everything, or leave the search")
    String keyEscape();

    @Message("Select up to here")
    String keyRange();

    @Message("Select everything shown")
    String keyAll();

    @Message("Trash")
    String trash();

    @Message("What you delete stays here for a few minutes. Then it is gone for good, with all its files.")
    String trashLead();

    @Message("Nothing in the trash")
    String trashEmpty();

    @Message("Nothing was deleted in the last minutes.")
    String trashEmptyLead();

    @Message("Back to the library")
    String backToLibrary();

    @Message("Restore")
    String restore();

    @Message("Gone for good")
    String goneForGood();
}
