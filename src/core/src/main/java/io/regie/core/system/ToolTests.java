package io.regie.core.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.database.Sql;
import io.regie.core.jobs.MediaTools;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The row of how the last try went. */
@Singleton
class ToolTests implements MediaTools {

    private final Sql sql;
    private final ObjectMapper json;

    ToolTests(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Empty before the first one. */
    Optional<ToolTest> find() {
        return sql.find("select tested, faults from tool_test", this::read);
    }

    void store(ToolTest test) {
        try {
            sql.update(
                    "insert into tool_test (tested, broken, faults) values (?, ?, ?::jsonb) on conflict (one) do update"
                            + " set tested = excluded.tested, broken = excluded.broken, faults = excluded.faults",
                    test.time(),
                    test.broken(),
                    json.writeValueAsString(test.faults()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean broken() {
        return sql.find("select broken from tool_test", row -> row.getBoolean(1))
                .orElse(false);
    }

    private ToolTest read(ResultSet row) throws SQLException {
        try {
            return ToolTest.of(
                    row.getObject("tested", OffsetDateTime.class).toInstant(),
                    json.readValue(row.getString("faults"), new TypeReference<List<ToolFault>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The row of the last test is unreadable", e);
        }
    }
}
