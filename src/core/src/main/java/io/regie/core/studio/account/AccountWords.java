package io.regie.core.studio.account;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Words of the account pages and of the welcome. */
@MessageBundle("account")
public interface AccountWords {

    @Message("Profile")
    String profile();

    @Message("Password")
    String password();

    @Message("Sessions")
    String sessions();

    @Message("Tokens")
    String tokens();

    @Message("Parts of your account")
    String parts();

    @Message("Your account")
    String title();

    @Message("Save")
    String save();

    @Message("Cancel")
    String cancel();

    @Message("Name")
    String name();

    @Message("Others see it beside what you publish.")
    String nameHint();

    @Message("Language of the pages")
    String language();

    @Message("As my browser asks")
    String languageBrowser();

    @Message("For you, on every browser in which you sign in.")
    String languageHint();

    @Message("About you")
    String aboutYou();

    @Message("Email address")
    String email();

    @Message("You sign in with {email}.")
    String emailNow(String email);

    @Message("New email address")
    String emailNew();

    @Message("Change the address")
    String emailChange();

    @Message("Current password")
    String current();

    @Message("So that nobody else changes this while you are away from your computer.")
    String currentHint();

    @Message("This is not your current password.")
    String currentWrong();

    @Message("New password")
    String newPassword();

    @Message(
            "At least {shortest} characters. A few words that do not belong together are easy to remember and hard to guess.")
    String newPasswordHint(int shortest);

    @Message("Change the password")
    String passwordChange();

    @Message(
            "Every other browser is signed out and all your API tokens end: whoever knew the old password may have made them. This browser stays signed in.")
    String passwordEffect();

    @Message("Your profile is saved.")
    String doneProfile();

    @Message("Your new address is saved. Sign in with it from now on.")
    String doneEmail();

    @Message("Your password is changed. Other browsers are signed out and your API tokens have ended.")
    String donePassword();

    @Message("The browsers in which you are signed in. End those that you do not know, then change your password.")
    String sessionsLead();

    @Message("This browser")
    String thisOne();

    @Message("{browser} on {platform}")
    String device(String browser, String platform);

    @Message("Unknown browser")
    String unknownBrowser();

    @Message("an unknown system")
    String unknownPlatform();

    @Message("Last seen")
    String lastSeen();

    @Message("signed in")
    String signedInSince();

    @Message("Sign out")
    String end();

    @Message("Sign out {device}?")
    String endQuestion(String device);

    @Message("That browser must sign in again to go on.")
    String endText();

    @Message("Sign out all others")
    String endOthers();

    @Message("Sign out {count} other browsers?")
    String endOthersQuestion(int count);

    @Message("Sign out the other browser?")
    String endOneOther();

    @Message("Only this browser stays signed in. API tokens go on working.")
    String endOthersText();

    @Message("You are signed in nowhere else.")
    String onlyThis();

    @Message("That browser is signed out.")
    String doneEnded();

    @Message("All other browsers are signed out.")
    String doneOthers();

    @Message("Programs use a token instead of your password. It can do at most what you can.")
    String tokensLead();

    @Message("New token")
    String tokenNew();

    @Message("What it is for")
    String tokenName();

    @Message("For example: backup script, phone app. You recognise it by this later.")
    String tokenNameHint();

    @Message("What it may do")
    String tokenScopes();

    @Message("Choose at least one.")
    String scopesMissing();

    @Message("Everything that I may")
    String scopeEverything();

    @Message("Also change your account and make other tokens.")
    String scopeEverythingHint();

    @Message("See media")
    String scopeMediaRead();

    @Message("Your private ones too, and their files.")
    String scopeMediaReadHint();

    @Message("Upload and change media")
    String scopeMediaWrite();

    @Message("Upload, edit and delete.")
    String scopeMediaWriteHint();

    @Message("Jobs")
    String scopeJobs();

    @Message("See, retry and cancel what works in the background.")
    String scopeJobsHint();

    @Message("Administration")
    String scopeAdmin();

    @Message("Accounts, plugins, themes and settings.")
    String scopeAdminHint();

    @Message("It ends")
    String tokenLife();

    @Message("In {days} days")
    String lifeDays(int days);

    @Message("In a year")
    String lifeYear();

    @Message("Never")
    String lifeNever();

    @Message("Make the token")
    String tokenMake();

    @Message("“{name}” is ready")
    String tokenMade(String name);

    @Message("Copy it now. It is shown this once, and nobody can look it up later.")
    String tokenOnce();

    @Message("The token")
    String tokenLabel();

    @Message("Copy")
    String copy();

    @Message("Copied")
    String copied();

    @Message("No tokens yet")
    String tokenNone();

    @Message("Make one when a program is to upload or read for you.")
    String tokenNoneHint();

    @Message("Made")
    String made();

    @Message("last used")
    String lastUsed();

    @Message("never used")
    String neverUsed();

    @Message("ends")
    String ends();

    @Message("does not end")
    String endless();

    @Message("Expired")
    String expired();

    @Message("Revoke")
    String revoke();

    @Message("Revoke “{name}”?")
    String revokeQuestion(String name);

    @Message("Programs that use it are refused from then on. This cannot be undone.")
    String revokeText();

    @Message("The token is revoked.")
    String doneRevoked();

    @Message("{site} is open")
    String welcome(String site);

    @Message("You are its administrator. This is what people usually do next.")
    String welcomeLead();

    @Message("Upload your first files")
    String nextUpload();

    @Message("Video, sound and pictures as they are. They play on the site seconds after their last byte.")
    String nextUploadHint();

    @Message("Watch the sample on the home page")
    String nextSample();

    @Message("It is being prepared just like your own files will be.")
    String nextSampleHint();

    @Message("Look at your home page")
    String nextSite();

    @Message("Visitors see this. The newest articles come first.")
    String nextSiteHint();

    @Message("Open the library")
    String nextLibrary();

    @Message("Everything that was ever uploaded, to find, edit and publish.")
    String nextLibraryHint();

    @Message("Look over your account")
    String nextAccount();

    @Message("Your name, your password, and tokens for programs.")
    String nextAccountHint();

    @Message("Add a theme or a plugin")
    String nextExtend();

    @Message("A theme is a folder of templates and styles. Copy the one that came along, change it, and put it here:")
    String nextThemeHint();

    @Message("A plugin is one jar. At its next start Regie checks and installs what it finds here:")
    String nextPluginHint();

    @Message("Go to the studio")
    String toStudio();
}
