package io.regie.core.studio.settings;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the settings. */
@MessageBundle("settings")
public interface SettingsMessages {

    @Message("Settings")
    String title();

    @Message("New articles")
    String newArticles();

    @Message("Licence")
    String licence();

    @Message("What is uploaded from now on begins with it. Each article can have another one.")
    String licenceHint();

    @Message("None")
    String noLicence();

    @Message("Save")
    String save();

    @Message("Saved.")
    String saved();
}
