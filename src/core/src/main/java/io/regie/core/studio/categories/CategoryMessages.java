package io.regie.core.studio.categories;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages about categories. */
@MessageBundle("categories")
public interface CategoryMessages {

    @Message("Categories")
    String title();

    @Message("Add a category")
    String add();

    @Message("New category")
    String fresh();

    @Message("No categories yet")
    String none();

    @Message(
            "Categories give visitors a way through your media: by place, by year, by programme. Each can hold others.")
    String noneHint();

    @Message("Add the first one")
    String addFirst();

    @Message("{#if count == 1}1 item{#else}{count} items{/if}")
    String media(int count);

    @Message("Move {name} up")
    String up(String name);

    @Message("Move {name} down")
    String down(String name);

    @Message("Add a category in {name}")
    String addBelow(String name);

    @Message("Name")
    String name();

    @Message("Text")
    String text();

    @Message("An empty line begins a new paragraph. Formatting that is there already stays where you change nothing.")
    String textHint();

    @Message("Place")
    String place();

    @Message("In")
    String parent();

    @Message("At the top")
    String top();

    @Message("What it holds moves along.")
    String parentHint();

    @Message("Address")
    String slug();

    @Message("Left empty, it is made of the name. Former addresses keep leading here.")
    String slugHint();

    @Message("Save")
    String save();

    @Message("Saved.")
    String saved();

    @Message("Deleted.")
    String deleted();

    @Message("View")
    String view();

    @Message("All categories")
    String back();

    @Message("Logo")
    String logo();

    @Message("No logo")
    String noLogo();

    @Message("JPEG, PNG, WebP or GIF, at most 16 MB. It is drawn anew: what a camera wrote into it is gone.")
    String logoHint();

    @Message("Choose an image")
    String chooseLogo();

    @Message("Take it away")
    String forgetLogo();

    @Message("Send the image")
    String sendLogo();

    @Message("Save the category first; then it can get a logo.")
    String logoLater();

    @Message("Delete")
    String delete();

    @Message("Delete this category?")
    String deleteTitle();

    @Message(
            "Its page disappears for good, with text and logo. The categories in it move up to its place, and all media"
                    + " stay: they only leave this category.")
    String deleteText();

    @Message("Saved by somebody else meanwhile")
    String theirs();

    @Message("Your text is still in the form. Save again to replace what is here.")
    String theirsHint();

    @Message("Categories")
    String choose();

    @Message("Any category")
    String any();

    @Message("Category")
    String one();
}
