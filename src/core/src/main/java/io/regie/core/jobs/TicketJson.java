package io.regie.core.jobs;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.regie.core.process.ProtocolJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Tickets as JSON; the scheduler would use Java serialization. */
final class TicketJson implements Serializer {

    @Override
    public byte @Nullable [] serialize(@Nullable Object data) {
        try {
            return data == null ? null : ProtocolJson.mapper().writeValueAsBytes(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] serialized) {
        try {
            return serialized == null ? null : ProtocolJson.mapper().readValue(serialized, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
