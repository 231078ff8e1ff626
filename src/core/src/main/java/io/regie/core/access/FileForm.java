package io.regie.core.access;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What takes a small form with one file, as browsers send it without a script. */
public interface FileForm {

    /** How large the file may be; it is held in memory, never on the disk. */
    int mostBytes();

    /** Throws when nothing of this caller's is to be held. May block. */
    void gate(RoutingContext request);

    /**
     * Called once the form was proven to be meant. May block.
     *
     * @param file empty when none was chosen
     * @return the address of the page to show next
     */
    String take(RoutingContext request, MultiMap fields, byte[] file);
}
