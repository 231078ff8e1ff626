package io.regie.core.process;

import java.util.List;

/** What keeps workers apart from the rest on this machine, found out once at start. */
public record SandboxReport(List<Tier> tiers) {
    public SandboxReport {
        tiers = List.copyOf(tiers);
    }

    /**
     * One protection.
     *
     * @param name short and stable: {@code network}
     * @param detail what it does, or why it is missing
     */
    public record Tier(String name, boolean active, String detail) {}

    public boolean active(String name) {
        return tiers.stream().anyMatch(tier -> tier.name().equals(name) && tier.active());
    }
}
