package io.regie.core.studio.account;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.SessionService;
import io.regie.core.accounts.SessionService.SessionView;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where somebody is signed in. */
@Path(SessionPages.HERE)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class SessionPages {

    static final String HERE = "/studio/account/sessions";

    private final StudioPages pages;
    private final SessionService sessions;
    private final CurrentCaller caller;

    SessionPages(StudioPages pages, SessionService sessions, CurrentCaller caller) {
        this.pages = pages;
        this.sessions = sessions;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/account")
    static final class Templates {
        static native TemplateInstance sessions(StudioFrame frame, List<Row> rows, String done);

        private Templates() {}
    }

    /** A session in the list. */
    record Row(SessionView session, Shown created, Shown lastSeen) {

        private static final Set<String> HELD = Set.of("iPhone", "iPad", "Android");

        public String icon() {
            return session.platform() != null && HELD.contains(session.platform()) ? "phone" : "desk";
        }
    }

    @GET
    public Response list(@RestQuery @Nullable String done) {
        StudioFrame frame = pages.frame(Section.ACCOUNT);
        List<Row> rows = sessions.list(self(), caller.credential()).stream()
                .map(session -> new Row(
                        session,
                        Shown.at(session.created(), frame.locale()),
                        Shown.at(session.lastSeen(), frame.locale())))
                .toList();
        return pages.answer(frame, Templates.sessions(frame, rows, done == null ? "" : done));
    }

    @POST
    @Path("{id}/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(UUID id) {
        // It may have ended by itself since the page was drawn, and then all is as wished.
        sessions.end(self(), id);
        return to("?done=ended");
    }

    @POST
    @Path("end-others")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endOthers() {
        Optional<UUID> kept = caller.credential();
        sessions.revokeOthers(self(), kept);
        return to("?done=others");
    }

    private UUID self() {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }

    private static Response to(String query) {
        return Response.seeOther(URI.create(HERE + query)).build();
    }
}
