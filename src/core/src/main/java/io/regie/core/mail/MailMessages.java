package io.regie.core.mail;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the mail that tests the settings. */
@MessageBundle("mail")
public interface MailMessages {

    @Message("Mail from {site} arrives")
    String testSubject(String site);

    @Message("This is a test. {site} ({address}) can send mail to you.")
    String testText(String site, String address);
}
