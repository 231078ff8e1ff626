package io.regie.core.accounts;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.core.web.BuiltAssets;
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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Setup with a browser: the code, then the answers. Gone when it is done. The server keeps nothing between the steps; the
 * code travels with the second form and decides once more.
 */
@Path("/setup")
@Access(Policy.ALWAYS)
@Produces(MediaType.TEXT_HTML)
public class SetupPages {

    /** What to do next, for whoever just set up the site. */
    private static final String WELCOME = "/studio/welcome";

    private final SetupService setup;
    private final SessionService sessions;
    private final AccountsConfig config;
    private final Cookies cookies;
    private final BuiltAssets assets;
    private final Csrf csrf;
    private final RoutingContext request;

    SetupPages(
            SetupService setup,
            SessionService sessions,
            AccountsConfig config,
            Cookies cookies,
            BuiltAssets assets,
            Csrf csrf,
            RoutingContext request) {
        this.setup = setup;
        this.sessions = sessions;
        this.config = config;
        this.cookies = cookies;
        this.assets = assets;
        this.csrf = csrf;
        this.request = request;
    }

    @CheckedTemplate(basePath = "accounts")
    static final class Templates {
        static native TemplateInstance setup(SetupView view);

        private Templates() {}
    }

    /**
     * What a step shows.
     *
     * @param code as it was typed, and right already where {@code answers} are asked
     * @param answers null while the code is asked
     */
    record SetupView(
            Look look,
            boolean possible,
            boolean confidential,
            String csrf,
            String code,
            @Nullable Answers answers,
            @Nullable String problem,
            Map<String, String> problems) {

        /** What is wrong with a field, or nothing. */
        public String problemOf(String field) {
            return problems.getOrDefault(field, "");
        }
    }

    /** What was answered so far; never the password. */
    record Answers(String siteName, String siteLanguage, String name, String email, boolean sample) {}

    /** First the code: nobody types answers for nothing. */
    @GET
    public Response askCode(@RestQuery @Nullable String code) {
        requireClosed();
        return page(200, text(code), null, null);
    }

    @POST
    @Path("code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response askAnswers(@RestForm @Nullable String code) {
        requireClosed();
        Client client = Client.of(request);
        if (!cookies.possible(client)) {
            return page(403, "", null, null);
        }
        try {
            setup.requireCode(text(code), client.network());
        } catch (ProblemException refused) {
            return page(refused.type().status(), text(code), null, refused);
        }
        return page(200, text(code), new Answers("", Languages.of(request).getLanguage(), "", "", true), null);
    }

    /** All or nothing, and the code once more: between the steps nothing is kept, so nobody can step in between. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response complete(
            @RestForm @Nullable String code,
            @RestForm @Nullable String siteName,
            @RestForm @Nullable String siteLanguage,
            @RestForm @Nullable String name,
            @RestForm @Nullable String email,
            @RestForm @Nullable String password,
            @RestForm @Nullable String sample) {
        requireClosed();
        Client client = Client.of(request);
        Answers answers = new Answers(
                text(siteName).isBlank() ? config.siteName() : bounded(text(siteName)),
                text(siteLanguage),
                bounded(text(name)),
                text(email),
                sample != null);
        if (!cookies.possible(client)) {
            return page(403, "", answers, null);
        }
        try {
            UUID admin = setup.complete(text(code), site(answers, text(password)), client.network());
            cookies.set(
                    request,
                    Cookies.Name.SESSION,
                    sessions.open(admin, request.request().getHeader("User-Agent")),
                    config.sessions().life());
            cookies.clear(request, Cookies.Name.FORM);
            return Response.seeOther(URI.create(answers.sample() ? WELCOME + "?sample=yes" : WELCOME))
                    .build();
        } catch (ProblemException refused) {
            boolean codeRefused = refused.type() == ProblemType.FORBIDDEN;
            return page(refused.type().status(), text(code), codeRefused ? null : answers, refused);
        }
    }

    private void requireClosed() {
        if (setup.open()) {
            throw ProblemException.notFound();
        }
    }

    private static NewSite site(Answers answers, String password) {
        return new NewSite(
                answers.siteName(),
                answers.siteLanguage().isEmpty() ? null : Languages.require(answers.siteLanguage(), "siteLanguage"),
                answers.name().isBlank() ? null : answers.name(),
                answers.email(),
                password,
                answers.sample());
    }

    private Response page(int status, String code, @Nullable Answers answers, @Nullable ProblemException refused) {
        Locale locale = Languages.of(request);
        Client client = Client.of(request);
        boolean possible = cookies.possible(client);
        Map<String, String> problems = new HashMap<>();
        if (refused != null) {
            refused.fields().forEach(field -> problems.put(field.name(), field.sentence(locale)));
        }
        SetupView view = new SetupView(
                Look.of(request, assets),
                possible,
                client.confidential(),
                possible ? csrf.token(request) : "",
                code,
                answers,
                refused == null || !problems.isEmpty() ? null : Sentences.of(locale, refused),
                problems);
        Response.ResponseBuilder response = Response.status(status)
                .entity(Templates.setup(view).setLocale(locale).render())
                .type("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", ResponseHeaders.STRICT_PAGE);
        if (refused != null) {
            refused.retryAfter().ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
        }
        return response.build();
    }

    private static String bounded(String name) {
        return name.length() > 200 ? name.substring(0, 200) : name;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
