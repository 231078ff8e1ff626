package io.regie.core.studio;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.NextPage;
import io.regie.core.accounts.ProfileChange;
import io.regie.core.web.Languages;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** The switches for language and for light and dark. The language follows its person, the light stays in this browser. */
@Path("/studio/appearance")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class AppearancePages {

    private static final Duration LIFE = Duration.ofDays(365);

    private final AccountService accounts;
    private final CurrentCaller caller;
    private final RoutingContext request;

    AppearancePages(AccountService accounts, CurrentCaller caller, RoutingContext request) {
        this.accounts = accounts;
        this.caller = caller;
        this.request = request;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @RestForm @Nullable String theme, @RestForm @Nullable String language, @RestForm @Nullable String next) {
        if (theme != null) {
            Theme.find(theme).ifPresent(found -> remember(Theme.COOKIE, found.word()));
        }
        if (language != null) {
            Optional.ofNullable(caller.get().account())
                    .ifPresent(account -> accounts.changeProfile(account, new ProfileChange(null, language)));
            Languages.choose(request, language);
        }
        return Response.seeOther(URI.create(NextPage.safe(next))).build();
    }

    private void remember(String name, String value) {
        request.response()
                .addCookie(Cookie.cookie(name, value)
                        .setPath("/")
                        .setMaxAge(LIFE.toSeconds())
                        .setSameSite(CookieSameSite.LAX));
    }
}
