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
}
