package io.regie.core.uploads;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the first article of a new site is called. */
@MessageBundle("sample")
public interface SampleMessages {

    @Message("Slow waves")
    String title();
}
