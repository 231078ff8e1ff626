package io.regie.core.site;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The fixed words of the upload page. */
@MessageBundle("upload")
public interface UploadMessages {

    @Message("Publish")
    String title();

    @Message("Choose one or several files. They play on the site as soon as their beginning is prepared.")
    String lead();

    @Message("Choose files")
    String choose();

    @Message("or drop them anywhere on this page")
    String drop();

    @Message("Who may see them")
    String visibility();

    @Message("Everybody")
    String everybody();

    @Message("Whoever has the address")
    String unlisted();

    @Message("Only me and the editors")
    String onlyMe();

    @Message("Not finished last time")
    String before();

    @Message("Choose the same files again to continue where they stopped.")
    String beforeHint();

    @Message("Files")
    String files();

    @Message("Account")
    String account();

    @Message(
            "Uploading needs JavaScript, because large files go up in pieces that survive a lost connection. Allow it for this site and load the page again.")
    String needsScript();
}
