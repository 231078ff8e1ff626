package io.regie.core.studio.notifications;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.mail.MailService;
import io.regie.core.notifications.Choice;
import io.regie.core.notifications.NotificationKind;
import io.regie.core.notifications.NotificationService;
import io.regie.core.notifications.NotificationView;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.Section;
import io.regie.core.studio.Shown;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What whoever is signed in was told, and how they want to be. */
@Path(NotificationPages.HERE)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class NotificationPages {

    static final String HERE = "/studio/notifications";

    private final StudioPages pages;
    private final NotificationService notifications;
    private final MailService mail;
    private final CurrentCaller caller;

    NotificationPages(StudioPages pages, NotificationService notifications, MailService mail, CurrentCaller caller) {
        this.pages = pages;
        this.notifications = notifications;
        this.mail = mail;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/notifications")
    static final class Templates {
        static native TemplateInstance list(StudioFrame frame, Told view);

        static native TemplateInstance bell(StudioFrame frame, boolean top);

        private Templates() {}
    }

    /** What the page shows. @param mails whether the site sends mail at all */
    record Told(List<Row> rows, List<Choice> choices, boolean mails, String done) {

        public boolean unread() {
            return rows.stream().anyMatch(row -> !row.told().read());
        }
    }

    record Row(NotificationView told, Shown created) {

        public String icon() {
            return switch (told.kind()) {
                case FINISHED -> "check";
                case FAILED -> "alert";
                case ATTENTION -> "info";
            };
        }
    }

    @GET
    public Response list(@RestQuery @Nullable String done) {
        StudioFrame frame = pages.frame(Section.NOTIFICATIONS);
        List<Row> rows = notifications.list(self(), frame.locale()).stream()
                .map(told -> new Row(told, Shown.at(told.created(), frame.locale())))
                .toList();
        List<Choice> choices = notifications.choices(self());
        return pages.answer(
                frame, Templates.list(frame, new Told(rows, choices, mail.sends(), done == null ? "" : done)));
    }

    /** The part of every page that changes while one looks at it. */
    @GET
    @Path("bell")
    public Response bell(@RestQuery boolean top, @RestQuery boolean here) {
        StudioFrame frame = pages.frame(here ? Section.NOTIFICATIONS : Section.OVERVIEW);
        return pages.answer(frame, Templates.bell(frame, top));
    }

    /** Leads to what it is about. Not a link: following one must not change anything. */
    @POST
    @Path("{id}/open")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(UUID id) {
        return to(notifications.read(self(), id));
    }

    @POST
    @Path("read")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response readAll() {
        notifications.readAll(self());
        return to(HERE);
    }

    /** Boxes that are not ticked are not sent. */
    @POST
    @Path("choices")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(
            @RestForm("app") @Nullable List<String> app, @RestForm("mail") @Nullable List<String> mailed) {
        List<Choice> choices = Arrays.stream(NotificationKind.values())
                .map(kind -> new Choice(kind, has(app, kind), has(mailed, kind)))
                .toList();
        notifications.choose(self(), choices);
        return to(HERE + "?done=choices");
    }

    private static boolean has(@Nullable List<String> words, NotificationKind kind) {
        return words != null && words.contains(kind.name().toLowerCase(Locale.ROOT));
    }

    private UUID self() {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }

    private static Response to(String page) {
        return Response.seeOther(URI.create(page)).build();
    }
}
