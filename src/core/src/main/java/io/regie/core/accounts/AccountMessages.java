package io.regie.core.accounts;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Words of the sign-in and setup pages. */
@MessageBundle("accounts")
public interface AccountMessages {

    @Message("Sign in")
    String signIn();

    @Message("Email address")
    String email();

    @Message("Password")
    String password();

    @Message("At least {shortest} characters. A few words that do not belong together are easy to remember and hard to"
            + " guess.")
    String passwordHint(int shortest);

    @Message("This connection is not encrypted")
    String plainTitle();

    @Message("Anybody between your computer and this server could read your password, so you cannot sign in here."
            + " Use the address of this site that starts with https, or open it on the server itself at"
            + " http://localhost.")
    String plainRefused();

    @Message("If you run this server and this network is only yours, you can allow it with the setting")
    String plainSetting();

    @Message("Anybody between your computer and this server can read your password.")
    String plainWarning();

    @Message("You are signed in")
    String signedIn();

    @Message("Sign out")
    String signOut();

    @Message("Home page")
    String home();

    @Message("Set up your site")
    String setup();

    @Message("Welcome. A few answers, and this site is yours.")
    String setupWelcome();

    @Message("One-time code")
    String code();

    @Message("The server wrote it to its console when it started.")
    String codeHint();

    @Message("Name of the site")
    String siteName();

    @Message("Your email address")
    String ownEmail();

    @Message("You sign in with it.")
    String ownEmailHint();

    @Message("Open the site")
    String finish();

    @Message("Continue")
    String goOn();

    @Message("Step {step} of {steps}")
    String step(int step, int steps);

    @Message("Your site and you")
    String aboutSite();

    @Message("The site")
    String theSite();

    @Message("Language of the site")
    String siteLanguage();

    @Message("For visitors whose browser asks for none of the languages that Regie speaks.")
    String siteLanguageHint();

    @Message("Your account")
    String yourAccount();

    @Message("Your name")
    String ownName();

    @Message("Something to look at")
    String sample();

    @Message("Add a sample video")
    String sampleChoice();

    @Message("A few seconds of moving colours, so that the home page is not empty. You can delete it at any time.")
    String sampleHint();

    @Message("Studio")
    String studio();

    @Message("Forgot your password?")
    String forgot();

    @Message("New password")
    String forgotTitle();

    @Message("Enter the address that you sign in with. If there is an account with it, a link to choose a new password"
            + " is on its way to you in a moment.")
    String forgotLead();

    @Message("This site sends no mail. Ask its administrator: they can make a link for you with which you choose a new"
            + " password.")
    String forgotAsk();

    @Message("Send the link")
    String forgotSend();

    @Message(
            "If there is an account with this address, a link is on its way to it. It works once, for one hour. Look into"
                    + " the spam folder too.")
    String forgotSent();

    @Message("New password")
    String newPassword();

    @Message("You will be signed out everywhere, and keys made for programs end.")
    String newPasswordLead();

    @Message("Save the password")
    String savePassword();

    @Message("Your new password counts from now on. Sign in with it.")
    String passwordRenewed();

    @Message("This link does not work any more")
    String linkOver();

    @Message("Invitation")
    String invitation();

    @Message("Welcome to {site}")
    String invitationTitle(String site);

    @Message("You were invited to work here. Say who you are and choose a password.")
    String invitationLead();

    @Message("Open my account")
    String join();

    @Message("Invitation to {site}")
    String invitationSubject(String site);

    @Message("Hello,\n\nyou are invited to work on {site}. Open this link to choose your name and a password:\n\n{link}"
            + "\n\nIt works once, within seven days. If you do not know what this is about, do nothing.\n")
    String invitationText(String site, String link);

    @Message("New password for {site}")
    String resetSubject(String site);

    @Message("Hello,\n\nsomebody asked for a new password for your account on {site}. If it was you, open this link to"
            + " choose one:\n\n{link}\n\nIt works once, for one hour. If it was not you, do nothing: your password"
            + " stays as it is.\n")
    String resetText(String site, String link);
}
