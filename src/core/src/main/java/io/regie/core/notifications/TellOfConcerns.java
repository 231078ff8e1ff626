package io.regie.core.notifications;

import io.regie.core.housekeeping.Housekeeping;
import io.regie.core.system.Concern;
import io.regie.core.system.SystemService;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells administrators of what became urgent: once, and again only if it was well in between. */
@Singleton
class TellOfConcerns implements Housekeeping {

    /** Those that keep work waiting: people want to hear as well that it goes on. */
    private static final Set<String> STOPPING = Set.of("no-worker", "tools-broken");

    private final SystemService system;
    private final Notifications notifications;
    private final NotificationService service;
    private final InstantSource clock;

    TellOfConcerns(
            SystemService system, Notifications notifications, NotificationService service, InstantSource clock) {
        this.system = system;
        this.notifications = notifications;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tell-of-concerns";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        tell(system.concerns().stream().filter(Concern::urgent).toList());
    }

    @Transactional
    void tell(List<Concern> urgent) {
        Set<String> codes = urgent.stream().map(Concern::code).collect(Collectors.toSet());
        for (String code : notifications.concerns()) {
            if (!codes.contains(code)) {
                notifications.forgetConcern(code);
                if (STOPPING.contains(code)) {
                    service.tellAdministrators(Topic.CONCERN_OVER, code, "/studio/system");
                }
            }
        }
        for (String code : codes) {
            if (notifications.learn(code, clock.instant())) {
                service.tellAdministrators(Topic.CONCERN, code, "/studio/system");
            }
        }
    }
}
