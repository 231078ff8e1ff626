package io.regie.core.studio;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.LaunchMode;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;

/** Every component in every state, for those who build pages. Only in development and test mode. */
@Path("/studio/design")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class DesignPages {

    private final StudioPages pages;
    private final InstantSource clock;

    DesignPages(StudioPages pages, InstantSource clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "studio")
    static final class Templates {
        static native TemplateInstance design(StudioFrame frame, Instant now);

        private Templates() {}
    }

    @GET
    public Response design() {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            throw ProblemException.notFound();
        }
        StudioFrame frame = pages.frame(Section.OVERVIEW);
        return pages.answer(frame, Templates.design(frame, clock.instant()));
    }
}
