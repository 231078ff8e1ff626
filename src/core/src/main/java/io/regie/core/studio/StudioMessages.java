package io.regie.core.studio;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the studio's frame and of its first page. */
@MessageBundle("studio")
public interface StudioMessages {

    @Message("Skip to the content")
    String skip();

    @Message("Menu")
    String menu();

    @Message("Close")
    String close();

    @Message("Studio sections")
    String sections();

    @Message("Overview")
    String overview();

    @Message("Upload")
    String upload();

    @Message("Library")
    String library();

    @Message("Live")
    String live();

    @Message("Jobs")
    String jobs();

    @Message("Account")
    String account();

    @Message("View the site")
    String site();

    @Message("Sign out")
    String signOut();

    @Message("Appearance")
    String theme();

    @Message("As on this device")
    String themeAuto();

    @Message("Light")
    String themeLight();

    @Message("Dark")
    String themeDark();

    @Message("Language")
    String language();

    @Message("Cancel")
    String cancel();

    @Message("Continue")
    String proceed();

    @Message("Are you sure?")
    String sure();

    @Message("Keyboard shortcuts")
    String shortcuts();

    @Message("Show this list")
    String shortcutHelp();

    @Message("Go to the overview")
    String shortcutOverview();

    @Message("Go to the upload page")
    String shortcutUpload();

    @Message("Go to the library")
    String shortcutLibrary();

    @Message("Go to the jobs")
    String shortcutJobs();

    @Message("Notifications")
    String notifications();

    @Message("then")
    String then();

    @Message("Nothing here yet. That is about to change.")
    String emptyTitle();

    @Message("Three steps from an empty site to the first article that people can watch.")
    String emptyLead();

    @Message("Upload a first file")
    String stepUpload();

    @Message("Video, audio or pictures, as they come from the camera. It plays a few seconds after its last byte.")
    String stepUploadHint();

    @Message("Look at the site")
    String stepSite();

    @Message("This is what visitors see. New articles come first.")
    String stepSiteHint();

    @Message("Complete your account")
    String stepAccount();

    @Message("Your name as others read it, your password, and keys for programs that upload for you.")
    String stepAccountHint();

    @Message("Latest articles")
    String latest();

    @Message("All articles")
    String allArticles();

    @Message("Being processed")
    String working();

    @Message("Needs your attention")
    String attention();

    @Message("Everything is done. Nothing is waiting and nothing failed.")
    String calm();

    @Message("Processing")
    String processing();

    @Message("Failed")
    String failed();

    @Message("Draft")
    String draft();

    @Message("Scheduled")
    String scheduled();

    @Message("Unlisted")
    String visibilityUnlisted();

    @Message("Private")
    String visibilityPrivate();

    @Message("See its jobs")
    String seeJobs();
}
