package io.regie.core.studio.system;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.studio.Section;
import io.regie.core.studio.Shown;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.system.FFmpegView;
import io.regie.core.system.SystemService;
import io.regie.core.system.SystemView;
import io.regie.core.system.ToolTest;
import io.regie.core.web.Sizes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

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
        static native TemplateInstance page(
                StudioFrame frame, SystemView system, @Nullable Shown tested, Room room, Codecs codecs);

        static native TemplateInstance codecs(Codecs codecs);

        private Templates() {}
    }

    /** Sizes as people write them. @param used of the disk, in percent */
    record Room(String disk, String free, String database, long used) {}

    /** @param word what is looked for; empty for everything @param found null when no worker answers */
    record Codecs(String word, @Nullable FFmpegView found) {

        public boolean isEmpty() {
            return found == null
                    || (found.formats().isEmpty()
                            && found.decoders().isEmpty()
                            && found.encoders().isEmpty()
                            && found.missing().isEmpty());
        }
    }

    @GET
    public Response page(@RestQuery @Nullable String codec) {
        StudioFrame frame = pages.frame(Section.SYSTEM);
        SystemView view = system.look();
        ToolTest test = view.tools();
        Shown tested = test == null ? null : Shown.at(test.time(), frame.locale());
        SystemView.Space space = view.space();
        Room room = new Room(
                Sizes.about(space.disk(), frame.locale()),
                Sizes.atMost(space.free(), frame.locale()),
                Sizes.about(space.database(), frame.locale()),
                space.disk() == 0 ? 0 : Math.round(100.0 * (space.disk() - space.free()) / space.disk()));
        return pages.answer(frame, Templates.page(frame, view, tested, room, codecs(view.ffmpeg(), codec)));
    }

    /** The part that changes while somebody types. */
    @GET
    @Path("codecs")
    public Response codecs(@RestQuery @Nullable String codec) {
        FFmpegView all = system.ffmpeg().orElse(null);
        return pages.answer(pages.frame(Section.SYSTEM), Templates.codecs(codecs(all, codec)));
    }

    @POST
    @Path("test")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response test() {
        system.test();
        return Response.seeOther(URI.create("/studio/system#tools")).build();
    }

    private static Codecs codecs(@Nullable FFmpegView all, @Nullable String codec) {
        String word = codec == null ? "" : codec.strip();
        return new Codecs(word, all == null ? null : all.like(word));
    }
}
