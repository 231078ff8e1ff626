package io.regie.core.studio;

import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.web.BuiltAssets;
import io.regie.core.web.Csrf;
import io.regie.core.web.Languages;
import io.regie.core.web.Secrets;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;

/** Makes the frame of a page and sends the page. Nobody else decides what a page of the studio may load. */
@ApplicationScoped
public class StudioPages {

    private final SettingsService settings;
    private final AccountService accounts;
    private final BuiltAssets assets;
    private final Csrf csrf;
    private final RoutingContext request;

    StudioPages(
            SettingsService settings, AccountService accounts, BuiltAssets assets, Csrf csrf, RoutingContext request) {
        this.settings = settings;
        this.accounts = accounts;
        this.assets = assets;
        this.csrf = csrf;
        this.request = request;
    }

    /** The frame for the request at hand. May ask the database. */
    public StudioFrame frame(Section section) {
        Caller caller = CurrentCaller.of(request);
        String account = Optional.ofNullable(caller.account())
                .flatMap(accounts::find)
                .map(AccountView::name)
                .orElse("");
        return new StudioFrame(
                section,
                locale(),
                Secrets.fresh(),
                csrf.token(request),
                settings.get(Setting.SITE_NAME),
                account,
                caller.role(),
                theme(),
                assets.url("studio.js"),
                assets.url("studio.css"),
                request.request().uri());
    }

    /** The language of the request at hand. */
    public Locale locale() {
        return Languages.of(request);
    }

    public Response answer(StudioFrame frame, TemplateInstance page) {
        return answer(200, frame, page);
    }

    /** A page, or a part of one that a script asked for. */
    public Response answer(int status, StudioFrame frame, TemplateInstance page) {
        String own = "'self' 'nonce-" + frame.nonce() + "'";
        return Response.status(status)
                .entity(page.setLocale(frame.locale()).render())
                .type("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Language", frame.language())
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src " + own + "; style-src " + own
                                + "; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:;"
                                + " font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none';"
                                + " form-action 'self'; frame-ancestors 'none'")
                .build();
    }

    private Theme theme() {
        return Optional.ofNullable(request.request().getCookie(Theme.COOKIE))
                .map(Cookie::getValue)
                .flatMap(Theme::find)
                .orElse(Theme.AUTO);
    }
}
