package io.regie.core.studio.editor;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The fixed words of the editor. */
@MessageBundle("editor")
public interface EditorMessages {

    @Message("Edit")
    String edit();

    @Message("Library")
    String back();

    @Message("View")
    String view();

    @Message("Save")
    String save();

    @Message("Title")
    String title();

    @Message("Files to go with it")
    String annexes();

    @Message(
            "A score, sources, a photo, subtitles in another format: offered for download below the media, to whoever may download it. Each up to {largest}.")
    String annexesHint(String largest);

    @Message("Rename")
    String annexRename();

    @Message("Move up")
    String annexUp();

    @Message("Move down")
    String annexDown();

    @Message("Delete {file}?")
    String annexDelete(String file);

    @Message("The file is gone for good.")
    String annexDeleteHint();

    @Message("Description")
    String text();

    @Message("An empty line begins a new paragraph. Saving a changed text here gives up its formatting.")
    String textHint();

    @Message("Publication")
    String publication();

    @Message("Draft")
    String draft();

    @Message("Only you and the editors see it.")
    String draftHint();

    @Message("Published")
    String published();

    @Message("Scheduled")
    String scheduled();

    @Message("Date and time")
    String publishedAt();

    @Message("Who may see it")
    String visibility();

    @Message("Everybody")
    String everybody();

    @Message("Whoever has the address")
    String unlisted();

    @Message("Only me and the editors")
    String onlyMe();

    @Message("Address")
    String slug();

    @Message("Earlier addresses keep leading here.")
    String slugHint();

    @Message("Language")
    String language();

    @Message("Licence")
    String licence();

    @Message("Not stated")
    String noLicence();

    @Message("Tags")
    String tags();

    @Message("Separated by commas")
    String tagsHint();

    @Message("Poster")
    String poster();

    @Message("No poster yet")
    String noPoster();

    @Message("Choose a frame")
    String chooseFrame();

    @Message("Upload an image")
    String uploadPoster();

    @Message("Back to the automatic one")
    String automaticPoster();

    @Message("Choosing a poster needs JavaScript.")
    String needsScript();

    @Message("Preview")
    String preview();

    @Message("This media is still being prepared. You can already write about it.")
    String processing();

    @Message("This media cannot be played.")
    String failed();

    @Message("Original file")
    String facts();

    @Message("File")
    String file();

    @Message("Type")
    String type();

    @Message("Size")
    String size();

    @Message("Duration")
    String duration();

    @Message("Picture")
    String picture();

    @Message("Frames per second")
    String frameRate();

    @Message("Bit rate")
    String bitrate();

    @Message("Tracks")
    String tracks();

    @Message("Uploaded")
    String uploaded();

    @Message("Download the original")
    String downloadOriginal();

    @Message("Renditions")
    String renditions();

    @Message("None yet")
    String noRenditions();

    @Message("Quality")
    String quality();

    @Message("Sound")
    String sound();

    @Message("Codecs")
    String codecs();

    @Message("Being made")
    String growing();

    @Message("Make again")
    String again();

    @Message("Actions")
    String actions();

    @Message("Start")
    String start();

    @Message("From (seconds)")
    String from();

    @Message("To (seconds)")
    String to();

    @Message("Made from")
    String madeFrom();

    @Message("Made from this")
    String made();

    @Message("Jobs")
    String jobs();

    @Message("Nothing was done with this file yet")
    String noJobs();

    @Message("All jobs")
    String allJobs();

    @Message("Waiting")
    String queued();

    @Message("Running")
    String running();

    @Message("Done")
    String succeeded();

    @Message("Failed")
    String failedJob();

    @Message("Cancelled")
    String cancelled();

    @Message("Stopped")
    String stopped();

    @Message("Delete")
    String delete();

    @Message("Delete this article")
    String deleteSection();

    @Message("The file, its renditions and everything written here go with it. For a few minutes it can be taken back.")
    String deleteHint();

    @Message("What is saved now")
    String theirs();

    @Message("Your version stands in the form. Saving again puts it in place of this one.")
    String theirsHint();

    @Message("Details")
    String details();

    @Message("Credits")
    String credits();

    @Message("One person on each line, like “Director: Ann Lee”.")
    String creditsHint();

    @Message("Keep this recording")
    String kept();

    @Message("It is not deleted when old recordings are.")
    String keptHint();

    @Message("Replace the file")
    String replaceTitle();

    @Message("Address, texts, tags and what people chose stay. The old file is shown until the new one plays.")
    String replaceHint();

    @Message("{file} is being prepared")
    String replacing(String file);

    @Message("It takes the place of the old file as soon as it plays.")
    String replacingHint();

    @Message("{file} cannot take the place of the file")
    String replaceFailed(String file);

    @Message("Keep the old file")
    String replaceCancel();

    @Message("All right")
    String replaceForget();

    @Message("Downloads")
    String downloads();

    @Message("As the site says")
    String downloadsDefault();

    @Message("Everybody who may watch")
    String downloadsYes();

    @Message("People with an account")
    String downloadsSignedIn();

    @Message("Nobody")
    String downloadsNo();

    @Message("About {size}")
    String aboutSize(String size);

    @Message("done in about {time}")
    String aboutTime(String time);

    @Message("More options")
    String more();

    @Message("Seconds")
    String seconds();

    @Message("Adding images needs JavaScript.")
    String imagesNeedScript();

    @Message("Animations")
    String animations();

    @Message("Animation")
    String animation();

    @Message("Code for other pages")
    String embed();

    @Message("Other sites can show these once the article is published for everybody.")
    String embedLater();

    @Message("Download")
    String download();

    @Message("Delete this animation?")
    String deleteAnimation();

    @Message("Pages that show it show nothing from then on.")
    String deleteAnimationHint();

    @Message("Feature")
    String feature();

    @Message("No longer feature")
    String featured();

    @Message("Show it first on the home page")
    String featureHint();
}
