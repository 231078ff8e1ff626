package io.regie.core.web;

import io.quarkus.arc.DefaultBean;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The page where no theme has one. */
@Singleton
@DefaultBean
final class PlainErrorPage implements ErrorPage {

    @CheckedTemplate(basePath = "web")
    static final class Templates {
        static native TemplateInstance problem(Problem problem, String language);

        private Templates() {}
    }

    @Override
    public String render(RoutingContext request, Problem problem) {
        Locale locale = Languages.of(request);
        return Templates.problem(problem, locale.getLanguage())
                .setLocale(locale)
                .render();
    }
}
