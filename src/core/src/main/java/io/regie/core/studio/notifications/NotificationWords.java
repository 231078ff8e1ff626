package io.regie.core.studio.notifications;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the bell and its page. */
@MessageBundle("notifications")
public interface NotificationWords {

    @Message("Notifications")
    String title();

    @Message("{#if count == 0}Notifications{#else if count == 1}1 unread notification{#else}{count} unread"
            + " notifications{/if}")
    String unread(int count);

    @Message("Mark all as read")
    String readAll();

    @Message("New")
    String fresh();

    @Message("Nothing yet")
    String none();

    @Message("When something that you started is ready or fails, you read it here.")
    String noneHint();

    @Message("What you want to hear of")
    String choices();

    @Message("In the studio")
    String inApp();

    @Message("By mail")
    String byMail();

    @Message("What happens within a few minutes comes in one mail, and only if you have not read it here by then.")
    String mailHint();

    @Message("This site sends no mail, so you only read it here.")
    String noMail();

    @Message("{#when kind}{#is 'finished'}Something is ready{#is 'failed'}Something failed{#else}Something needs"
            + " attention{/when}")
    String kind(String kind);

    @Message("Save")
    String save();

    @Message("Saved.")
    String saved();
}
