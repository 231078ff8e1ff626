package io.regie.core.live;

import io.regie.core.egress.AllowedDestination;
import io.regie.core.egress.EgressPolicy;
import io.regie.core.problem.ProblemException;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What administrators decide: where live streams may be, because cameras live on networks that nobody else should look
 * into, and what is deleted without anybody asking.
 */
@Singleton
public class LiveSettings {
    private static final int MAX_ENTRIES = 200;
    private static final int MAX_LENGTH = 300;
    static final int MAX_DAYS = 36_500;
    private static final int MAX_FREE_PERCENT = 90;

    private static final Setting<List<AllowedDestination>> ALLOWED =
            new Setting<>("live.allowed", List.of(), AllowedDestination::parseAll, AllowedDestination::printAll);

    private static final Setting<Long> KEEP_DAYS = Setting.number("live.keep-days", 0);
    private static final Setting<Long> MIN_FREE_PERCENT = Setting.number("live.min-free-percent", 0);

    private final SettingsService settings;

    LiveSettings(SettingsService settings) {
        this.settings = settings;
    }

    EgressPolicy policy() {
        return EgressPolicy.allowing(settings.get(ALLOWED));
    }

    /** Hosts, addresses and networks beside the public ones, as an administrator would write them. */
    public List<String> allowed() {
        return settings.get(ALLOWED).stream().map(AllowedDestination::toString).toList();
    }

    /** @throws ProblemException when an entry means nothing */
    public void allow(List<String> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw ProblemException.invalidField("allowed", "live-allowed-many", MAX_ENTRIES);
        }
        List<AllowedDestination> parsed = new ArrayList<>();
        for (String entry : entries) {
            if (entry != null && !entry.isBlank()) {
                parsed.add(parse(entry.strip()));
            }
        }
        settings.set(ALLOWED, parsed);
    }

    /** After how many days recordings are deleted that nobody wants kept; zero for never. */
    public int keepDays() {
        return settings.get(KEEP_DAYS).intValue();
    }

    private void keepDays(int days) {
        if (days < 0 || days > MAX_DAYS) {
            throw ProblemException.invalidField("keepDays", "live-keep-days", MAX_DAYS);
        }
        settings.set(KEEP_DAYS, (long) days);
    }

    /** How much of the disk must be free; the oldest recordings are deleted for it. Zero for none. */
    public int minFreePercent() {
        return settings.get(MIN_FREE_PERCENT).intValue();
    }

    private void minFreePercent(int percent) {
        if (percent < 0 || percent > MAX_FREE_PERCENT) {
            throw ProblemException.invalidField("minFreePercent", "live-min-free", MAX_FREE_PERCENT);
        }
        settings.set(MIN_FREE_PERCENT, (long) percent);
    }

    /** All of it or nothing; what is null stays as it is. */
    @Transactional
    public void change(@Nullable List<String> allowed, @Nullable Integer keepDays, @Nullable Integer minFreePercent) {
        if (allowed != null) {
            allow(allowed);
        }
        if (keepDays != null) {
            keepDays(keepDays);
        }
        if (minFreePercent != null) {
            minFreePercent(minFreePercent);
        }
    }

    private static AllowedDestination parse(String entry) {
        try {
            if (entry.length() <= MAX_LENGTH) {
                return AllowedDestination.parse(entry);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        String shown = entry.replaceAll("\\p{Cntrl}", "");
        throw ProblemException.invalidField(
                "allowed", "live-allowed-entry", shown.length() > 64 ? shown.substring(0, 64) : shown);
    }
}
