package io.regie.core.studio.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.mail.MailSecurity;
import io.regie.core.mail.MailService;
import io.regie.core.mail.MailSettings;
import io.regie.core.mail.MailSettingsChange;
import io.regie.core.mail.MailSettingsView;
import io.regie.core.problem.ProblemException;
import io.regie.core.settings.SiteAddress;
import io.regie.core.studio.Refusal;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where mail goes out. */
@Path(MailPages.PATH)
@Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
class MailPages {

    static final String PATH = "/studio/settings/mail";

    private final StudioPages pages;
    private final MailSettings settings;
    private final MailService mail;
    private final AccountService accounts;
    private final SiteAddress address;
    private final CurrentCaller caller;
    private final RoutingContext request;

    MailPages(
            StudioPages pages,
            MailSettings settings,
            MailService mail,
            AccountService accounts,
            SiteAddress address,
            CurrentCaller caller,
            RoutingContext request) {
        this.pages = pages;
        this.settings = settings;
        this.mail = mail;
        this.accounts = accounts;
        this.address = address;
        this.caller = caller;
        this.request = request;
    }

    @CheckedTemplate(basePath = "studio/settings")
    static final class Templates {
        static native TemplateInstance mail(StudioFrame frame, Form form, Refusal refusal, String done);

        private Templates() {}
    }

    /** What the form holds: what is so, or what was typed and refused. @param own where the test goes to */
    record Form(
            String host,
            String port,
            String security,
            String from,
            String username,
            boolean passwordSet,
            String address,
            boolean addressFixed,
            boolean sends,
            String own) {}

    @GET
    public Response page(@RestQuery @Nullable String done) {
        return page(200, form(), Refusal.NONE, done);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(
            @RestForm @Nullable String host,
            @RestForm @Nullable String port,
            @RestForm @Nullable String security,
            @RestForm @Nullable String from,
            @RestForm @Nullable String username,
            @RestForm @Nullable String password,
            @RestForm("address") @Nullable String site) {
        try {
            settings.change(new MailSettingsChange(
                    text(host),
                    number(text(port)),
                    security(text(security)),
                    text(from),
                    text(username),
                    // Browsers send the empty field of whoever leaves the password as it is.
                    text(password).isEmpty() ? null : password,
                    text(site)));
            return Response.seeOther(URI.create(PATH + "?done=saved")).build();
        } catch (ProblemException refused) {
            MailSettingsView now = settings.read();
            Form typed = new Form(
                    text(host),
                    text(port),
                    text(security),
                    text(from),
                    text(username),
                    now.passwordSet(),
                    text(site),
                    now.addressFixed(),
                    now.sends(),
                    own());
            return page(refused.type().status(), typed, Refusal.of(refused, pages.locale()), null);
        }
    }

    @POST
    @Path("test")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response test() {
        try {
            mail.test(own(), pages.locale());
            return Response.seeOther(URI.create(PATH + "?done=sent")).build();
        } catch (ProblemException refused) {
            return page(refused.type().status(), form(), Refusal.of(refused, pages.locale()), null);
        }
    }

    private Form form() {
        MailSettingsView now = settings.read();
        return new Form(
                now.host(),
                String.valueOf(now.port()),
                now.security().name().toLowerCase(Locale.ROOT),
                now.from(),
                now.username(),
                now.passwordSet(),
                // What the administrator sees in the browser is most likely what others should.
                now.address() == null ? address.of(request) : now.address(),
                now.addressFixed(),
                now.sends(),
                own());
    }

    private Response page(int status, Form form, Refusal refusal, @Nullable String done) {
        StudioFrame frame = pages.frame(Section.SETTINGS);
        return pages.answer(status, frame, Templates.mail(frame, form, refusal, text(done)));
    }

    private String own() {
        return accounts.find(caller.get().account()).map(AccountView::email).orElse("");
    }

    private static int number(String port) {
        return port.strip().matches("\\d{1,5}") ? Integer.parseInt(port.strip()) : 0;
    }

    private static MailSecurity security(String word) {
        for (MailSecurity each : MailSecurity.values()) {
            if (each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        return MailSecurity.TLS;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
