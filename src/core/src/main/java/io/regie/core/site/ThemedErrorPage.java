package io.regie.core.site;

import io.regie.core.site.PublicPages.Head;
import io.regie.core.themes.PageModel;
import io.regie.core.themes.ThemeRegistry;
import io.regie.core.web.ErrorPage;
import io.regie.core.web.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;

/** Problems as pages of the site. */
@ApplicationScoped
class ThemedErrorPage implements ErrorPage {

    private final PublicPages pages;

    ThemedErrorPage(PublicPages pages) {
        this.pages = pages;
    }

    @Override
    public String render(RoutingContext request, Problem problem) {
        Locale locale = pages.locale(request);
        Map<String, Object> page = Map.of(
                "status", problem.status(),
                "missing", problem.status() == 404,
                "broken", problem.status() >= 500,
                "detail", problem.detail(),
                "request", problem.instance().replace("urn:uuid:", ""));
        // Not a word about why when not even the built-in theme works: the log has it.
        return pages.draw("message", request, locale, Head.hidden(problem.title()), page, new PageModel())
                .map(ThemeRegistry.Page::html)
                .orElse("<!doctype html><title>" + problem.status() + "</title><h1>" + problem.status() + "</h1>");
    }
}
