package io.regie.core.accounts;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.accounts.InvitationService.Invited;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Client;
import io.regie.core.web.Cookies;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Where one-time links lead: to an account of one's own, or to a new password; and asking for the latter. */
@Path("/")
@Access(Policy.OPEN)
@Produces(MediaType.TEXT_HTML)
class LinkPages {

    private final InvitationService invitations;
    private final PasswordResetService resets;
    private final SessionService sessions;
    private final AccountsConfig config;
    private final Cookies cookies;
    private final EntryPage entry;
    private final RoutingContext request;

    LinkPages(
            InvitationService invitations,
            PasswordResetService resets,
            SessionService sessions,
            AccountsConfig config,
            Cookies cookies,
            EntryPage entry,
            RoutingContext request) {
        this.invitations = invitations;
        this.resets = resets;
        this.sessions = sessions;
        this.config = config;
        this.cookies = cookies;
        this.entry = entry;
        this.request = request;
    }

    @CheckedTemplate(basePath = "accounts")
    static final class Templates {
        static native TemplateInstance invitation(EntryPage.View view, String code, String email, String name);

        static native TemplateInstance forgot(EntryPage.View view, boolean mails, boolean sent);

        static native TemplateInstance renew(EntryPage.View view, String code);

        static native TemplateInstance over(EntryPage.View view);

        private Templates() {}
    }

    @GET
    @Path("invitation/{code}")
    public Response invitation(String code) {
        try {
            Invited invited = invitations.open(code, network());
            return invitation(200, code, invited.email(), "", null);
        } catch (ProblemException refused) {
            return over(refused);
        }
    }

    /** Whoever accepts is signed in; a session that this browser had, of whomever, ends. */
    @POST
    @Path("invitation/{code}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response accept(String code, @RestForm @Nullable String name, @RestForm @Nullable String password) {
        String chosen = bounded(name);
        try {
            Invited invited = invitations.open(code, network());
            if (!cookies.possible(Client.of(request))) {
                return invitation(403, code, invited.email(), chosen, null);
            }
            try {
                UUID account = invitations.accept(code, chosen, text(password), network());
                endCurrent();
                cookies.set(
                        request,
                        Cookies.Name.SESSION,
                        sessions.open(account, request.request().getHeader("User-Agent")),
                        config.sessions().life());
                cookies.clear(request, Cookies.Name.FORM);
                return Response.seeOther(URI.create("/studio")).build();
            } catch (ProblemException refused) {
                if (!refused.fields().isEmpty()) {
                    return invitation(refused.type().status(), code, invited.email(), chosen, refused);
                }
                return over(refused);
            }
        } catch (ProblemException refused) {
            return over(refused);
        }
    }

    @GET
    @Path("forgot-password")
    public Response askForLink() {
        return forgot(200, false, null);
    }

    /** The same answer whether there is such an account or not. */
    @POST
    @Path("forgot-password")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response sendLink(@RestForm @Nullable String email) {
        try {
            resets.request(text(email), network());
            return forgot(200, true, null);
        } catch (ProblemException refused) {
            if (refused.type() != ProblemType.TOO_MANY_REQUESTS) {
                throw refused;
            }
            return forgot(refused.type().status(), false, refused);
        }
    }

    @GET
    @Path("reset-password/{code}")
    public Response renew(String code) {
        try {
            resets.open(code, network());
            return page(200, Templates.renew(entry.view(request, null), code), null);
        } catch (ProblemException refused) {
            return over(refused);
        }
    }

    /** Signs nobody in: the new password is to be used once at least. */
    @POST
    @Path("reset-password/{code}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response renew(String code, @RestForm @Nullable String password) {
        try {
            if (!cookies.possible(Client.of(request))) {
                return page(403, Templates.renew(entry.view(request, null), code), null);
            }
            resets.reset(code, text(password), network());
            return Response.seeOther(URI.create("/sign-in?done=password")).build();
        } catch (ProblemException refused) {
            if (!refused.fields().isEmpty()) {
                return page(refused.type().status(), Templates.renew(entry.view(request, refused), code), refused);
            }
            return over(refused);
        }
    }

    private void endCurrent() {
        Caller caller = CurrentCaller.of(request);
        if (caller.via() == Caller.Via.SESSION && caller.account() != null) {
            CurrentCaller.credential(request).ifPresent(session -> sessions.end(caller.account(), session));
        }
    }

    private Response invitation(
            int status, String code, String email, String name, @Nullable ProblemException refused) {
        return page(status, Templates.invitation(entry.view(request, refused), code, email, name), refused);
    }

    private Response forgot(int status, boolean sent, @Nullable ProblemException refused) {
        return page(status, Templates.forgot(entry.view(request, refused), resets.possible(), sent), refused);
    }

    private Response over(ProblemException refused) {
        return page(refused.type().status(), Templates.over(entry.view(request, refused)), refused);
    }

    private Response page(int status, TemplateInstance page, @Nullable ProblemException refused) {
        Response.ResponseBuilder response = Response.status(status)
                .entity(EntryPage.render(request, page))
                .type("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                // The address is a secret until it was used. The form still needs its Origin.
                .header("Referrer-Policy", "same-origin")
                .header("X-Robots-Tag", "noindex")
                .header("Content-Security-Policy", ResponseHeaders.STRICT_PAGE);
        if (refused != null) {
            refused.retryAfter().ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
        }
        return response.build();
    }

    private String network() {
        return Client.of(request).network();
    }

    private static String bounded(@Nullable String name) {
        String text = text(name);
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
