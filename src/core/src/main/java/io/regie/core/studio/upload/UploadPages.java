package io.regie.core.studio.upload;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.jobs.MediaLimits;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.uploads.Quota;
import io.regie.core.uploads.Quotas;
import io.regie.core.uploads.UploadConfig;
import io.regie.core.web.Sizes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where files come in. */
@Path("/studio/upload")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class UploadPages {

    private final StudioPages pages;
    private final SettingsService settings;
    private final UploadConfig config;
    private final MediaLimits limits;
    private final Quotas quotas;
    private final CurrentCaller caller;

    UploadPages(
            StudioPages pages,
            SettingsService settings,
            UploadConfig config,
            MediaLimits limits,
            Quotas quotas,
            CurrentCaller caller) {
        this.pages = pages;
        this.settings = settings;
        this.config = config;
        this.limits = limits;
        this.quotas = quotas;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/upload")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, Limits accepted, Room room, String visibility);

        static native TemplateInstance quota(Room room);

        private Templates() {}
    }

    /** What a file may be, for people and for the script. */
    record Limits(long bytes, String size, long hours, long chunkBytes) {}

    /** @param quota null where nothing is limited */
    record Room(@Nullable Quota quota, Locale locale) {
        public String size() {
            return quota == null ? "" : Sizes.atMost(quota.bytes(), locale);
        }

        public String left() {
            return quota == null ? "" : Sizes.atMost(quota.left(), locale);
        }
    }

    @GET
    public Response upload() {
        StudioFrame frame = pages.frame(Section.UPLOAD);
        String visibility = settings.get(Setting.DEFAULT_VISIBILITY).name().toLowerCase(Locale.ROOT);
        return pages.answer(frame, Templates.page(frame, accepted(frame.locale()), room(frame.locale()), visibility));
    }

    /** What is left of the quota, which changes while one looks at it. */
    @GET
    @Path("quota")
    public Response quota() {
        return pages.answer(pages.frame(Section.UPLOAD), Templates.quota(room(pages.locale())));
    }

    private Limits accepted(Locale locale) {
        long bytes = Math.min(config.maxSize().asLongValue(), limits.bytes());
        return new Limits(
                bytes,
                Sizes.atMost(bytes, locale),
                limits.duration().toHours(),
                config.chunkSize().asLongValue());
    }

    private Room room(Locale locale) {
        return new Room(quotas.find(caller.get()).orElse(null), locale);
    }
}
