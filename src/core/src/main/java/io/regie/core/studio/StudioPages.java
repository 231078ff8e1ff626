package io.regie.core.studio;

import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Role;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.live.LiveService;
import io.regie.core.notifications.NotificationService;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Makes the frame of a page and sends the page. Nobody else decides what a page of the studio may load. */
@ApplicationScoped
public class StudioPages {

    /** What goes out in one packet anyway. */
    private static final int SMALL = 1400;

    private final SettingsService settings;
    private final AccountService accounts;
    private final BuiltAssets assets;
    private final Csrf csrf;
    private final LiveService live;
    private final NotificationService notifications;
    private final RoutingContext request;

    StudioPages(
            SettingsService settings,
            AccountService accounts,
            BuiltAssets assets,
            Csrf csrf,
            LiveService live,
            NotificationService notifications,
            RoutingContext request) {
        this.settings = settings;
        this.accounts = accounts;
        this.assets = assets;
        this.csrf = csrf;
        this.live = live;
        this.notifications = notifications;
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
                live.available() && caller.role().atLeast(Role.AUTHOR),
                caller.account() == null ? 0 : notifications.unread(caller.account()),
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
        byte[] html = page.setLocale(frame.locale()).render().getBytes(StandardCharsets.UTF_8);
        boolean compressed = html.length > SMALL && mayCompress();
        return Response.status(status)
                .entity(compressed ? gzip(html) : html)
                .type("text/html; charset=utf-8")
                .header("Content-Encoding", compressed ? "gzip" : null)
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

    /**
     * Only what was asked for from here or by hand: whoever makes a browser ask for pages with words of their own, and
     * sees how long the answers are, would learn from compressed ones what else stands in them (BREACH).
     */
    private boolean mayCompress() {
        String from = request.request().getHeader("Sec-Fetch-Site");
        String accepted = request.request().getHeader("Accept-Encoding");
        return ("none".equals(from) || "same-origin".equals(from)) && accepted != null && accepted.contains("gzip");
    }

    private static byte[] gzip(byte[] html) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(html.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Theme theme() {
        return Optional.ofNullable(request.request().getCookie(Theme.COOKIE))
                .map(Cookie::getValue)
                .flatMap(Theme::find)
                .orElse(Theme.AUTO);
    }
}
