package io.regie.core.accounts;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Role;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
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
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Signing in and out with a browser. */
@Path("/")
@Access(Policy.OPEN)
@Produces(MediaType.TEXT_HTML)
public class SignInPages {

    private static final String STUDIO = "/studio";

    private final PasswordCheck passwords;
    private final SessionService sessions;
    private final AccountService accounts;
    private final AccountsConfig config;
    private final SettingsService settings;
    private final Cookies cookies;
    private final BuiltAssets assets;
    private final Csrf csrf;
    private final RoutingContext request;

    SignInPages(
            PasswordCheck passwords,
            SessionService sessions,
            AccountService accounts,
            AccountsConfig config,
            SettingsService settings,
            Cookies cookies,
            BuiltAssets assets,
            Csrf csrf,
            RoutingContext request) {
        this.passwords = passwords;
        this.sessions = sessions;
        this.accounts = accounts;
        this.config = config;
        this.settings = settings;
        this.cookies = cookies;
        this.assets = assets;
        this.csrf = csrf;
        this.request = request;
    }

    @CheckedTemplate(basePath = "accounts")
    static final class Templates {
        static native TemplateInstance signIn(SignInView view);

        static native TemplateInstance signedIn(SignedInView view);

        private Templates() {}
    }

    record SignInView(
            Look look,
            String siteName,
            boolean possible,
            boolean confidential,
            String csrf,
            String next,
            String email,
            boolean renewed,
            @Nullable String problem) {}

    record SignedInView(Look look, String siteName, String name, String csrf) {}

    @GET
    @Path("sign-in")
    public Response form(@RestQuery @Nullable String next, @RestQuery @Nullable String done) {
        Caller caller = CurrentCaller.of(request);
        if (caller.via() == Caller.Via.SESSION) {
            return next == null
                    ? signedIn(caller)
                    : Response.seeOther(URI.create(NextPage.safe(next))).build();
        }
        return form(200, wish(next), "", "password".equals(done), null);
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signIn(
            @RestForm @Nullable String email, @RestForm @Nullable String password, @RestForm @Nullable String next) {
        Client client = Client.of(request);
        String name = email == null ? "" : email;
        if (!cookies.possible(client)) {
            return form(403, wish(next), name, false, null);
        }
        try {
            Account account = passwords.require(name, password == null ? "" : password, client.network());
            endCurrent();
            cookies.set(
                    request,
                    Cookies.Name.SESSION,
                    sessions.open(account.id, request.request().getHeader("User-Agent")),
                    config.sessions().life());
            cookies.clear(request, Cookies.Name.FORM);
            if (account.locale != null) {
                Languages.choose(request, account.locale);
            }
            return Response.seeOther(URI.create(after(account, next))).build();
        } catch (ProblemException refused) {
            if (refused.type() != ProblemType.UNAUTHENTICATED
                    && refused.retryAfter().isEmpty()) {
                throw refused;
            }
            return form(refused.type().status(), wish(next), name, false, refused);
        }
    }

    @POST
    @Path("sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut() {
        endCurrent();
        cookies.clear(request, Cookies.Name.SESSION);
        // Whoever comes next may speak another one.
        Languages.choose(request, null);
        return Response.seeOther(URI.create(NextPage.HOME)).build();
    }

    private static String wish(@Nullable String next) {
        return next == null || next.isEmpty() ? "" : NextPage.safe(next);
    }

    /** Whoever came from nowhere in particular came to work, if they may. */
    private static String after(Account account, @Nullable String next) {
        String start = account.role.atLeast(Role.CONTRIBUTOR) ? STUDIO : NextPage.HOME;
        return wish(next).isEmpty() ? start : wish(next);
    }

    /** A browser has one session: the one it came with ends, whoever it belongs to. */
    private void endCurrent() {
        Caller caller = CurrentCaller.of(request);
        if (caller.via() == Caller.Via.SESSION) {
            CurrentCaller.credential(request).ifPresent(session -> sessions.end(caller.account(), session));
        }
    }

    private Response signedIn(Caller caller) {
        Locale locale = Languages.of(request);
        String name = accounts.find(caller.account()).map(AccountView::name).orElse("");
        SignedInView view =
                new SignedInView(Look.of(request, assets), settings.get(Setting.SITE_NAME), name, csrf.token(request));
        return page(200, Templates.signedIn(view).setLocale(locale)).build();
    }

    private Response form(int status, String next, String email, boolean renewed, @Nullable ProblemException problem) {
        Locale locale = Languages.of(request);
        Client client = Client.of(request);
        boolean possible = cookies.possible(client);
        SignInView view = new SignInView(
                Look.of(request, assets),
                settings.get(Setting.SITE_NAME),
                possible,
                client.confidential(),
                possible ? csrf.token(request) : "",
                next,
                email,
                renewed,
                problem == null ? null : Sentences.of(locale, problem));
        Response.ResponseBuilder response = page(status, Templates.signIn(view).setLocale(locale));
        if (problem != null) {
            problem.retryAfter().ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
        }
        return response.build();
    }

    private static Response.ResponseBuilder page(int status, TemplateInstance template) {
        return Response.status(status)
                .entity(template.render())
                .type("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", ResponseHeaders.STRICT_PAGE);
    }
}
