package io.regie.core.notifications;

/** Why somebody is told. */
public enum NotificationKind {
    /** What they waited for is there. */
    FINISHED(true, false),
    /** What they waited for will not come by itself. */
    FAILED(true, true),
    /** Something needs somebody: the server its administrators, a plan whoever made it. */
    ATTENTION(true, true);

    private final boolean inApp;
    private final boolean mail;

    NotificationKind(boolean inApp, boolean mail) {
        this.inApp = inApp;
        this.mail = mail;
    }

    /** What holds for people who never chose. */
    Choice standard() {
        return new Choice(this, inApp, mail);
    }
}
