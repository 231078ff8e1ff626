package io.regie.core.studio.upload;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The fixed words of the upload page. */
@MessageBundle("upload")
public interface UploadMessages {

    @Message("Upload")
    String title();

    @Message("Drop files or folders anywhere on this page")
    String drop();

    @Message("Choose files")
    String choose();

    @Message("Choose a folder")
    String chooseFolder();

    @Message("Video, sound, pictures and PDF, up to {size} and {hours} hours each. You can also paste them.")
    String limits(String size, long hours);

    @Message("{left} left of your {size}")
    String quotaLeft(String left, String size);

    @Message("What you uploaded takes all of your {size}. Delete what you no longer need, or ask an administrator.")
    String quotaUsedUp(String size);

    @Message("Room for your files")
    String quota();

    @Message("New files are visible to")
    String visibility();

    @Message("Everybody")
    String everybody();

    @Message("Whoever has the address")
    String unlisted();

    @Message("Only me and the editors")
    String onlyMe();

    @Message("Not finished yet")
    String before();

    @Message("Choose or drop the same files again: they continue where they stopped.")
    String beforeHint();

    @Message("Uploads")
    String files();

    @Message("All uploads together")
    String total();

    @Message("Uploading needs JavaScript, because large files go up in pieces that survive a lost connection. Allow it"
            + " for this site and load the page again.")
    String needsScript();
}
