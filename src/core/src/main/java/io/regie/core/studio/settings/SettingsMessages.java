package io.regie.core.studio.settings;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the settings. */
@MessageBundle("settings")
public interface SettingsMessages {

    @Message("Settings")
    String title();

    @Message("Articles")
    String articles();

    @Message("Downloads")
    String downloads();

    @Message("Everybody who may watch")
    String downloadsYes();

    @Message("People with an account")
    String downloadsSignedIn();

    @Message("Nobody")
    String downloadsNo();

    @Message("Holds for every article that says nothing else. Whoever may edit an article may download it, too.")
    String downloadsHint();

    @Message("Licence of new articles")
    String licence();

    @Message("What is uploaded from now on begins with it. Each article can have another one.")
    String licenceHint();

    @Message("None")
    String noLicence();

    @Message("Save")
    String save();

    @Message("Saved.")
    String saved();

    @Message("Parts of the settings")
    String parts();

    @Message("Mail")
    String mail();

    @Message("For invitations, new passwords and notifications. What you change counts from the next mail on.")
    String mailLead();

    @Message("This site sends no mail yet. Tell it which server to hand it to, and which address it comes from.")
    String mailOff();

    @Message("Mail server")
    String mailHost();

    @Message("Its name or address. Leave it empty to send no mail.")
    String mailHostHint();

    @Message("Connection")
    String mailSecurity();

    @Message("Encrypted (TLS)")
    String mailTls();

    @Message("Encrypted after a greeting (STARTTLS)")
    String mailStarttls();

    @Message("Not encrypted: only on a network of your own")
    String mailNone();

    @Message("Port")
    String mailPort();

    @Message("Usually 465 with TLS, 587 with STARTTLS.")
    String mailPortHint();

    @Message("User name")
    String mailUsername();

    @Message("Leave it empty if the server asks for none.")
    String mailUsernameHint();

    @Message("Password")
    String mailPassword();

    @Message("It is kept sealed and never shown.")
    String mailPasswordHint();

    @Message("There is one. Leave this empty to keep it; another server needs it again.")
    String mailPasswordSet();

    @Message("Mail comes from")
    String mailFrom();

    @Message("Address of this site")
    String address();

    @Message("Links in mail begin with it, like https://media.example.org.")
    String addressHint();

    @Message("The server's configuration says it.")
    String addressFixed();

    @Message("Test")
    String mailTest();

    @Message("Sends a mail to {recipient} and says what the mail server answers.")
    String mailTestLead(String recipient);

    @Message("Send a test mail")
    String mailTestSend();

    @Message("The mail server took it. Look whether it arrives at {recipient}.")
    String mailSent(String recipient);
}
