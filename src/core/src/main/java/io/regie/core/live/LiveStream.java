package io.regie.core.live;

import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live stream's row. What opens it is elsewhere.
 *
 * @param address scheme, host and port
 * @param secrets names of what is sealed: {@code credentials}, {@code path}, options
 * @param maxSeconds after which a recording stops by itself
 * @param keepDays how long its recordings are kept, zero for ever; null as the site says
 * @param next when it is recorded next, or since when and until when it should be now
 */
record LiveStream(
        UUID id,
        UUID owner,
        String name,
        String address,
        Map<String, String> options,
        List<String> secrets,
        @Nullable Long maxSeconds,
        @Nullable Integer keepDays,
        List<ScheduleDraft> schedules,
        @Nullable Window next,
        long revision,
        Instant created,
        Instant changed) {

    static final String CREDENTIALS = "credentials";
    static final String PATH = "path";

    Guarded guarded() {
        return new Guarded(owner, Visibility.PRIVATE);
    }

    String scheme() {
        return address.substring(0, address.indexOf(':'));
    }

    /** {@code rtsp://***@host/} */
    String shown() {
        return secrets.contains(CREDENTIALS) ? address.replaceFirst("://", "://***@") : address;
    }
}
