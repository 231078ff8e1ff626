package io.regie.core.studio.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.Trash;
import io.regie.core.media.Trash.Trashed;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What was deleted a moment ago, to be taken back. */
@Path(LibraryAddress.PATH + "/trash")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class TrashPages {

    private final StudioPages pages;
    private final Trash trash;
    private final CurrentCaller caller;

    TrashPages(StudioPages pages, Trash trash, CurrentCaller caller) {
        this.pages = pages;
        this.trash = trash;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/library")
    static final class Templates {
        static native TemplateInstance trash(StudioFrame frame, List<Trashed> items);

        private Templates() {}
    }

    @GET
    public Response page() {
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(frame, Templates.trash(frame, trash.list(caller.get(), frame.locale())));
    }
}
