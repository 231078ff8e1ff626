package io.regie.core.studio.live;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.live.LiveService;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What was and will be recorded, week by week, in the site's zone. */
@Path("/studio/live/calendar")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class CalendarPages {

    private final StudioPages pages;
    private final LiveService live;
    private final SettingsService settings;
    private final CurrentCaller caller;
    private final InstantSource clock;

    CalendarPages(
            StudioPages pages, LiveService live, SettingsService settings, CurrentCaller caller, InstantSource clock) {
        this.pages = pages;
        this.live = live;
        this.settings = settings;
        this.caller = caller;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "studio/live")
    static final class Templates {
        static native TemplateInstance calendar(StudioFrame frame, Shown view);

        private Templates() {}
    }

    /**
     * The page.
     *
     * @param title the week's
     * @param zone in whose time it is
     */
    record Shown(LiveCalendar calendar, String title, String zone, boolean current) {}

    /** @param week such as {@code 2026-W47}; otherwise this one */
    @GET
    public Response calendar(@RestQuery @Nullable String week) {
        StudioFrame frame = pages.frame(Section.LIVE);
        ZoneId zone = settings.get(Setting.ZONE);
        Instant now = clock.instant();
        CalendarWeek current = CalendarWeek.of(now.atZone(zone).toLocalDate());
        CalendarWeek asked = CalendarWeek.parse(week).orElse(current);
        LiveCalendar calendar = LiveCalendar.of(
                asked, live.calendar(caller.get(), asked.begin(zone), asked.end(zone)), now, zone, frame.locale());
        Shown shown = new Shown(calendar, asked.title(frame.locale()), zone.getId(), asked.equals(current));
        return pages.answer(frame, Templates.calendar(frame, shown));
    }
}
