package io.regie.core.studio.account;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.accounts.AccountsConfig;
import io.regie.core.accounts.ProfileChange;
import io.regie.core.accounts.SessionService;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.Refusal;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.web.Client;
import io.regie.core.web.Cookies;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Profile, address and password of whoever is signed in. Every form works without scripts. */
@Path("/studio/account")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class AccountPages {

    static final String HERE = "/studio/account";

    private final StudioPages pages;
    private final AccountService accounts;
    private final SessionService sessions;
    private final AccountsConfig config;
    private final Cookies cookies;
    private final CurrentCaller caller;
    private final RoutingContext request;

    AccountPages(
            StudioPages pages,
            AccountService accounts,
            SessionService sessions,
            AccountsConfig config,
            Cookies cookies,
            CurrentCaller caller,
            RoutingContext request) {
        this.pages = pages;
        this.accounts = accounts;
        this.sessions = sessions;
        this.config = config;
        this.cookies = cookies;
        this.caller = caller;
        this.request = request;
    }

    @CheckedTemplate(basePath = "studio/account")
    static final class Templates {
        static native TemplateInstance profile(StudioFrame frame, Profile profile, Refusal refusal, String done);

        static native TemplateInstance password(StudioFrame frame, Refusal refusal, String done);

        private Templates() {}
    }

    /** What the forms hold: what is so, or what was typed and refused. */
    record Profile(String name, String language, String email, String newEmail) {

        static Profile of(AccountView account) {
            String language = account.locale() == null ? "" : account.locale();
            return new Profile(account.name(), language, account.email(), "");
        }
    }

    @GET
    public Response profile(@RestQuery @Nullable String done) {
        return profile(200, Profile.of(account()), Refusal.NONE, done);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changeProfile(@RestForm @Nullable String name, @RestForm @Nullable String language) {
        String wanted = text(language);
        try {
            accounts.changeProfile(self(), new ProfileChange(bounded(name), wanted));
        } catch (ProblemException refused) {
            AccountView account = account();
            Profile typed = new Profile(text(name), wanted, account.email(), "");
            return profile(refused.type().status(), typed, refusal(refused), null);
        }
        Languages.choose(request, wanted.isEmpty() ? null : wanted);
        return to(HERE + "?done=profile");
    }

    @POST
    @Path("email")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changeEmail(@RestForm @Nullable String email, @RestForm @Nullable String current) {
        try {
            accounts.changeEmail(
                    self(), text(email), text(current), Client.of(request).network());
        } catch (ProblemException refused) {
            Profile now = Profile.of(account());
            Profile typed = new Profile(now.name(), now.language(), now.email(), text(email));
            return profile(refused.type().status(), typed, refusal(refused), null);
        }
        return to(HERE + "?done=email");
    }

    @GET
    @Path("password")
    public Response password(@RestQuery @Nullable String done) {
        return password(200, Refusal.NONE, done);
    }

    /** Every session and token ends; this browser gets a session with a new secret, so that its owner stays signed in. */
    @POST
    @Path("password")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changePassword(@RestForm @Nullable String current, @RestForm @Nullable String password) {
        try {
            accounts.changePassword(
                    self(), text(password), text(current), Client.of(request).network());
        } catch (ProblemException refused) {
            return password(refused.type().status(), refusal(refused), null);
        }
        cookies.set(
                request,
                Cookies.Name.SESSION,
                sessions.open(self(), request.request().getHeader("User-Agent")),
                config.sessions().life());
        return to(HERE + "/password?done=password");
    }

    private Response profile(int status, Profile profile, Refusal refusal, @Nullable String done) {
        StudioFrame frame = pages.frame(Section.ACCOUNT);
        return answer(status, frame, Templates.profile(frame, profile, refusal, text(done)), refusal);
    }

    private Response password(int status, Refusal refusal, @Nullable String done) {
        StudioFrame frame = pages.frame(Section.ACCOUNT);
        return answer(status, frame, Templates.password(frame, refusal, text(done)), refusal);
    }

    private Response answer(int status, StudioFrame frame, TemplateInstance page, Refusal refusal) {
        Response answer = pages.answer(status, frame, page);
        return refusal.retryAfter() == null
                ? answer
                : Response.fromResponse(answer)
                        .header("Retry-After", Math.max(1, refusal.retryAfter().toSeconds()))
                        .build();
    }

    private Refusal refusal(ProblemException refused) {
        return Refusal.of(refused, pages.locale());
    }

    private UUID self() {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }

    private AccountView account() {
        return accounts.find(self()).orElseThrow(ProblemException::notFound);
    }

    private static String bounded(@Nullable String name) {
        String text = text(name);
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Response to(String page) {
        return Response.seeOther(URI.create(page)).build();
    }
}
