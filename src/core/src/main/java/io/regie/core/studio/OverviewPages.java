package io.regie.core.studio;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.MediaLibrary;
import io.regie.core.media.MediaQuery;
import io.regie.core.media.MediaView;
import io.regie.core.notifications.NotificationService;
import io.regie.core.notifications.NotificationView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Where the studio begins: what to do next, what is going on, what needs somebody. */
@Path("/studio")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class OverviewPages {

    private static final int LATEST = 24;
    private static final int SHOWN = 8;

    private final StudioPages pages;
    private final MediaLibrary media;
    private final NotificationService notifications;
    private final CurrentCaller caller;

    OverviewPages(StudioPages pages, MediaLibrary media, NotificationService notifications, CurrentCaller caller) {
        this.pages = pages;
        this.media = media;
        this.notifications = notifications;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio")
    static final class Templates {
        static native TemplateInstance overview(StudioFrame frame, Overview overview);

        static native TemplateInstance going(StudioFrame frame, Overview overview);

        private Templates() {}
    }

    /**
     * @param working articles that are being processed
     * @param failed articles that need somebody
     * @param told what else needs this person, until they saw it
     */
    record Overview(
            List<MediaView> latest, List<MediaView> working, List<MediaView> failed, List<NotificationView> told) {
        public boolean empty() {
            return latest.isEmpty();
        }

        public boolean attention() {
            return !failed.isEmpty() || !told.isEmpty();
        }

        public boolean busy() {
            return !working.isEmpty() || attention();
        }
    }

    @GET
    public Response overview() {
        StudioFrame frame = pages.frame(Section.OVERVIEW);
        return pages.answer(frame, Templates.overview(frame, look()));
    }

    /** The part that changes while one looks at it. */
    @GET
    @Path("going")
    public Response going() {
        StudioFrame frame = pages.frame(Section.OVERVIEW);
        return pages.answer(frame, Templates.going(frame, look()));
    }

    private Overview look() {
        List<MediaView> latest = media.page(caller.get(), MediaQuery.latest(LATEST), pages.locale())
                .items();
        UUID account = caller.get().account();
        return new Overview(
                latest.stream().limit(SHOWN).toList(),
                having("processing", latest),
                having("failed", latest),
                account == null ? List.of() : notifications.attention(account, pages.locale()));
    }

    private static List<MediaView> having(String state, List<MediaView> articles) {
        return articles.stream()
                .filter(article -> article.state().equals(state))
                .toList();
    }
}
