package io.regie.core.web;

import io.vertx.ext.web.RoutingContext;

/** Shows a problem to people. The site's theme may bring its own. */
public interface ErrorPage {

    /** Must not block. */
    String render(RoutingContext request, Problem problem);
}
