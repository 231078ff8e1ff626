package io.regie.core.studio.upload;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.jobs.MediaLimits;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.uploads.UploadConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Where files come in. */
@Path("/studio/upload")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class UploadPages {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private final StudioPages pages;
    private final SettingsService settings;
    private final UploadConfig config;
    private final MediaLimits limits;

    UploadPages(StudioPages pages, SettingsService settings, UploadConfig config, MediaLimits limits) {
        this.pages = pages;
        this.settings = settings;
        this.config = config;
        this.limits = limits;
    }

    @CheckedTemplate(basePath = "studio/upload")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, Limits accepted, String visibility);

        private Templates() {}
    }

    /** What a file may be, for people and for the script. */
    record Limits(long bytes, String size, long hours, long chunkBytes) {}

    @GET
    public Response upload() {
        StudioFrame frame = pages.frame(Section.UPLOAD);
        String visibility = settings.get(Setting.DEFAULT_VISIBILITY).name().toLowerCase(Locale.ROOT);
        return pages.answer(frame, Templates.page(frame, accepted(frame.locale()), visibility));
    }

    private Limits accepted(Locale locale) {
        long bytes = Math.min(config.maxSize().asLongValue(), limits.bytes());
        return new Limits(
                bytes,
                size(bytes, locale),
                limits.duration().toHours(),
                config.chunkSize().asLongValue());
    }

    /** Rounded down, because a limit that is said must hold. */
    private static String size(long bytes, Locale locale) {
        int unit = 0;
        long value = bytes;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String name = locale.getLanguage().equals("fr") ? UNITS[unit].replace('B', 'o') : UNITS[unit];
        return value + "\u00a0" + name;
    }
}
