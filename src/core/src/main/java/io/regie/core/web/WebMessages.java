package io.regie.core.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Words of the pages that no theme draws. */
@MessageBundle("web")
public interface WebMessages {

    @Message("Go to the home page")
    String home();

    @Message("Number of this request: {id}")
    String request(String id);
}
