package io.regie.core.notifications;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.util.Locale;

/** What can be told. */
enum Topic {
    MEDIA_READY(NotificationKind.FINISHED),
    MEDIA_FAILED(NotificationKind.FAILED),
    ACTION_READY(NotificationKind.FINISHED),
    ACTION_FAILED(NotificationKind.FAILED),
    RECORDING_MISSED(NotificationKind.ATTENTION),
    RECORDING_NOT_BEGUN(NotificationKind.ATTENTION),
    RECORDING_FAILED(NotificationKind.ATTENTION),
    RECORDING_CUT_SHORT(NotificationKind.ATTENTION),
    /** The name is a concern's code. */
    CONCERN(NotificationKind.ATTENTION),
    /** The same code: that is over. */
    CONCERN_OVER(NotificationKind.ATTENTION);

    private final NotificationKind kind;

    Topic(NotificationKind kind) {
        this.kind = kind;
    }

    NotificationKind kind() {
        return kind;
    }

    /** As the API writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String text(String name, Locale locale) {
        NotificationMessages words =
                MessageBundles.get(NotificationMessages.class, Localized.Literal.of(locale.getLanguage()));
        return switch (this) {
            case MEDIA_READY -> words.mediaReady(name);
            case MEDIA_FAILED -> words.mediaFailed(name);
            case ACTION_READY -> words.actionReady(name);
            case ACTION_FAILED -> words.actionFailed(name);
            case RECORDING_MISSED -> words.recordingMissed(name);
            case RECORDING_NOT_BEGUN -> words.recordingNotBegun(name);
            case RECORDING_FAILED -> words.recordingFailed(name);
            case RECORDING_CUT_SHORT -> words.recordingCutShort(name);
            case CONCERN -> words.concern(name);
            case CONCERN_OVER -> words.concernOver(name);
        };
    }
}
