package io.regie.core.jobs;

import java.util.Locale;

/** Constants as the API writes them. */
final class Words {
    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
