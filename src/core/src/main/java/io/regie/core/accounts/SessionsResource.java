package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.accounts.SessionService.SessionView;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;

/** The browsers in which the caller is signed in. */
@Path("/api/v1/sessions")
@Access(Policy.SIGNED_IN)
public class SessionsResource {

    private final SessionService sessions;
    private final CurrentCaller caller;

    SessionsResource(SessionService sessions, CurrentCaller caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    @GET
    public List<SessionView> list() {
        return sessions.list(caller.get().account(), caller.credential());
    }

    /** Signs out everywhere else. A token that asks ends every session. */
    @DELETE
    public void revokeOthers() {
        sessions.revokeOthers(caller.get().account(), caller.credential());
    }

    @DELETE
    @Path("{id}")
    public void revoke(UUID id) {
        sessions.revoke(caller.get().account(), id);
    }
}
