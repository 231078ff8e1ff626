package io.regie.core.uploads;

import io.quarkus.runtime.configuration.MemorySize;
import io.regie.core.access.Visibility;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What may be uploaded, and how patient we are. */
@ConfigMapping(prefix = "regie.uploads")
public interface UploadConfig {

    /** The longest file. */
    @WithDefault("50G")
    MemorySize maxSize();

    /** How much of a file clients are advised to send in one request. */
    @WithDefault("16M")
    MemorySize chunkSize();

    /**
     * What all originals of an account, the files that go with them and its unfinished uploads may take together; absent
     * for no limit.
     */
    Optional<MemorySize> quota();

    /** Uploads that an account may have begun and not ended. */
    @WithDefault("100")
    int maxUnfinished();

    /** Room on the disk that uploads leave to the database, logs and jobs. */
    @WithDefault("2G")
    MemorySize freeSpaceFloor();

    /** How long an upload waits for more bytes before it is deleted; for as long its outcome can be asked again. */
    @WithDefault("7d")
    Duration expiry();

    /** How long a connection may send nothing in the middle of a body. */
    @WithDefault("60s")
    Duration readTimeout();

    /** How long a request waits for another one on the same upload to end. */
    @WithDefault("20s")
    Duration lockPatience();

    /** How long the completing request waits to learn whether the file was accepted. */
    @WithDefault("5s")
    Duration verdictPatience();

    /** Who sees an article whose uploader did not say. */
    @WithDefault("public")
    Visibility defaultVisibility();
}
