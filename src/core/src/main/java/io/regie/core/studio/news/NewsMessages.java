package io.regie.core.studio.news;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages about news. */
@MessageBundle("news")
public interface NewsMessages {

    @Message("News")
    String title();

    @Message("Write")
    String write();

    @Message("New text")
    String fresh();

    @Message("All")
    String all();

    @Message("News posts")
    String newsPosts();

    @Message("Editorials")
    String editorials();

    @Message("Nothing written yet")
    String none();

    @Message("News posts stand at the foot of the home page, editorials above them.")
    String noneHint();

    @Message("News post")
    String newsPost();

    @Message("Editorial")
    String editorial();

    @Message("Draft")
    String draft();

    @Message("Scheduled")
    String scheduled();

    @Message("Published")
    String published();

    @Message("Only editors see it.")
    String draftHint();

    @Message("Nobody else sees it before that time.")
    String scheduledHint();

    @Message("Title")
    String heading();

    @Message("Text")
    String text();

    @Message("An empty line begins a new paragraph. Formatting that is there already stays where you change nothing.")
    String textHint();

    @Message("Kind")
    String kind();

    @Message("One of many, at the foot of the home page.")
    String newsPostHint();

    @Message("Put forward, above the news.")
    String editorialHint();

    @Message("Publication")
    String publication();

    @Message("Now")
    String now();

    @Message("At a date")
    String at();

    @Message("Publication date")
    String publishedAt();

    @Message("In the time of {zone}. A date to come hides it until then.")
    String publishedAtHint(String zone);

    @Message("Address")
    String slug();

    @Message("Left empty, it is made of the title. Former addresses keep leading here.")
    String slugHint();

    @Message("Save")
    String save();

    @Message("Saved.")
    String saved();

    @Message("Deleted.")
    String deleted();

    @Message("View")
    String view();

    @Message("All news")
    String back();

    @Message("Illustration")
    String picture();

    @Message("No illustration")
    String noPicture();

    @Message("JPEG, PNG, WebP or GIF, at most 16 MB. It is drawn anew: what a camera wrote into it is gone.")
    String pictureHint();

    @Message("Choose an image")
    String choosePicture();

    @Message("Take it away")
    String forgetPicture();

    @Message("Send the image")
    String sendPicture();

    @Message("Save the text first; then it can get an illustration.")
    String pictureLater();

    @Message("Delete")
    String delete();

    @Message("Delete this text?")
    String deleteTitle();

    @Message("It disappears from the site for good, with its illustration.")
    String deleteText();

    @Message("Saved by somebody else meanwhile")
    String theirs();

    @Message("Your text is still in the form. Save again to replace what is here.")
    String theirsHint();

    @Message("Older")
    String older();
}
