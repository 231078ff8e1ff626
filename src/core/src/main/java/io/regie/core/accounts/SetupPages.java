package io.regie.core.accounts;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.Sentences;
import io.regie.core.web.Client;
import io.regie.core.web.Cookies;
import io.regie.core.web.Csrf;
import io.regie.core.web.Languages;
import io.regie.core.web.ResponseHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Setup with a browser. Gone when it is done. */
@Path("/setup")
@Access(Policy.ALWAYS)
@Produces(MediaType.TEXT_HTML)
public class SetupPages {

    private final SetupService setup;
    private final SessionService sessions;
    private final AccountsConfig config;
    private final Cookies cookies;
    private final Csrf csrf;
    private final RoutingContext request;

    SetupPages(
            SetupService setup,
            SessionService sessions,
            AccountsConfig config,
            Cookies cookies,
            Csrf csrf,
            RoutingContext request) {
        this.setup = setup;
        this.sessions = sessions;
        this.config = config;
        this.cookies = cookies;
        this.csrf = csrf;
        this.request = request;
    }

    @CheckedTemplate(basePath = "accounts")
    static final class Templates {
        static native TemplateInstance setup(SetupView view);

        private Templates() {}
    }

    record SetupView(
            String language,
            boolean possible,
            boolean confidential,
            String csrf,
            String code,
            String siteName,
            String email,
            List<String> problems) {}

    @GET
    public Response form(@RestQuery @Nullable String code) {
        if (setup.open()) {
            throw ProblemException.notFound();
        }
        return page(200, code == null ? "" : code, "", "", List.of());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response complete(
            @RestForm @Nullable String code,
            @RestForm @Nullable String siteName,
            @RestForm @Nullable String email,
            @RestForm @Nullable String password) {
        if (setup.open()) {
            throw ProblemException.notFound();
        }
        Locale locale = Languages.of(request);
        Client client = Client.of(request);
        String name = siteName == null || siteName.isBlank() ? config.siteName() : siteName;
        if (!cookies.possible(client)) {
            return page(403, "", name, email, List.of());
        }
        try {
            UUID admin = setup.complete(text(code), bounded(name), text(email), text(password), client.network());
            cookies.set(
                    request,
                    Cookies.Name.SESSION,
                    sessions.open(admin),
                    config.sessions().life());
            cookies.clear(request, Cookies.Name.FORM);
            return Response.seeOther(URI.create("/")).build();
        } catch (ProblemException refused) {
            List<String> problems = new ArrayList<>();
            if (refused.fields().isEmpty()) {
                problems.add(Sentences.of(locale, refused));
            }
            refused.fields().forEach(field -> problems.add(label(field.name(), locale) + " " + field.sentence(locale)));
            return page(refused.type().status(), text(code), name, email, problems);
        }
    }

    private Response page(int status, String code, String siteName, @Nullable String email, List<String> problems) {
        Locale locale = Languages.of(request);
        Client client = Client.of(request);
        boolean possible = cookies.possible(client);
        SetupView view = new SetupView(
                locale.getLanguage(),
                possible,
                client.confidential(),
                possible ? csrf.token(request) : "",
                code,
                siteName,
                text(email),
                problems);
        return Response.status(status)
                .entity(Templates.setup(view).setLocale(locale).render())
                .type("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", ResponseHeaders.STRICT_PAGE)
                .build();
    }

    private static String label(String field, Locale locale) {
        AccountMessages words = MessageBundles.get(AccountMessages.class, Localized.Literal.of(locale.toLanguageTag()));
        return field.equals("password") ? words.password() : words.email();
    }

    private static String bounded(String name) {
        return name.length() > 200 ? name.substring(0, 200) : name;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
