package io.regie.core.live;

import io.regie.core.egress.AllowedDestination;
import io.regie.core.egress.EgressPolicy;
import io.regie.core.problem.ProblemException;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Where live streams may be, which administrators decide: cameras live on networks that nobody else should look into. */
@Singleton
public class LiveSettings {
    private static final int MAX_ENTRIES = 200;
    private static final int MAX_LENGTH = 300;

    private static final Setting<List<AllowedDestination>> ALLOWED =
            new Setting<>("live.allowed", List.of(), AllowedDestination::parseAll, AllowedDestination::printAll);

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
