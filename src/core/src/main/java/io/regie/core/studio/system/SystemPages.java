package io.regie.core.studio.system;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.studio.Section;
import io.regie.core.studio.Sizes;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.system.SystemService;
import io.regie.core.system.SystemView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** How the server is. */
@Path("/studio/system")
@Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
class SystemPages {

    private final StudioPages pages;
    private final SystemService system;

    SystemPages(StudioPages pages, SystemService system) {
        this.pages = pages;
        this.system = system;
    }

    @CheckedTemplate(basePath = "studio/system")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, SystemView system, Room room);

        private Templates() {}
    }

    /** Sizes as people write them. @param used of the disk, in percent */
    record Room(String disk, String free, String database, long used) {}

    @GET
    public Response page() {
        StudioFrame frame = pages.frame(Section.SYSTEM);
        SystemView view = system.look();
        SystemView.Space space = view.space();
        Room room = new Room(
                Sizes.about(space.disk(), frame.locale()),
                Sizes.atMost(space.free(), frame.locale()),
                Sizes.about(space.database(), frame.locale()),
                space.disk() == 0 ? 0 : Math.round(100.0 * (space.disk() - space.free()) / space.disk()));
        return pages.answer(frame, Templates.page(frame, view, room));
    }
}
