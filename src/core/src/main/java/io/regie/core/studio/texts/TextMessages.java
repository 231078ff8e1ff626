package io.regie.core.studio.texts;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The fixed words of captions and chapters. */
@MessageBundle("texts")
public interface TextMessages {

    @Message("Captions and chapters")
    String title();

    @Message("Back to the article")
    String back();

    @Message("Add captions")
    String add();

    @Message("Chapters")
    String chapters();

    @Message("This media cannot be played yet. Captions and chapters can already be written.")
    String notYet();

    @Message("Working on captions and chapters needs JavaScript.")
    String needsScript();

    @Message("No chapters yet")
    String noChapters();

    @Message(
            "Chapters stand as marks on the player’s time line and as a list beside it. Drag them on the timeline, or type their start.")
    String chaptersHint();

    @Message("File")
    String file();

    @Message("SRT or WebVTT, at most 1 MB. Leave it empty to write them here.")
    String fileHint();

    @Message("Language")
    String language();

    @Message("Name in the player")
    String label();

    @Message("Kind")
    String kind();

    @Message("Subtitles")
    String subtitles();

    @Message("Captions that describe sounds too")
    String forDeaf();

    @Message("Show to everybody at first")
    String standard();

    @Message("Viewers can still turn them off or choose another language.")
    String standardHint();

    @Message("Language, name and kind")
    String details();

    @Message("Save")
    String save();

    @Message("Download WebVTT")
    String download();

    @Message("Delete these captions")
    String delete();

    @Message("Delete these captions?")
    String deleteTitle();

    @Message("They are gone for good.")
    String deleteHint();

    @Message("Play or pause")
    String keyPlay();

    @Message("Start of the cue here")
    String keyStart();

    @Message("End of the cue here")
    String keyEnd();

    @Message("Previous or next cue")
    String keyStep();

    @Message("Insert a cue after")
    String keyInsert();

    @Message("Split the cue")
    String keySplit();

    @Message("Delete the cue")
    String keyDelete();

    @Message("Space")
    String space();
}
