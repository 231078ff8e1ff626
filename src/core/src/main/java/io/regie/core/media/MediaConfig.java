package io.regie.core.media;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of media articles. */
@ConfigMapping(prefix = "regie.media")
interface MediaConfig {

    /** Whether a file that no installed plugin works on is kept as a plain document; refused otherwise. */
    @WithDefault("true")
    boolean keepPlainFiles();

    /** How long addresses of replaced outputs keep answering: whoever is watching may finish. */
    @WithDefault("PT6H")
    Duration keepReplaced();

    /** How long a deletion can be undone. */
    @WithDefault("PT10M")
    Duration undo();

    /** How long somebody who asks what an action would take waits for a number. */
    @WithDefault("PT5S")
    Duration estimatePatience();

    /** How many files may go with an article. */
    @WithDefault("50")
    int maxAnnexes();

    /** The longest of them, in bytes: a round number to people. */
    @WithDefault("2000000000")
    MemorySize maxAnnexSize();
}
