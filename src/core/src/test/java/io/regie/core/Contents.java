package io.regie.core;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is in the database, as one digest for each table, to see whether something changed it. */
@Singleton
public class Contents {

    /** When somebody was last here is written whenever they are. */
    private static final Map<String, String> WITHOUT =
            Map.of("session", "last_seen", "api_token", "last_used", "theme_failure", "last_seen");

    /** The schedulers' heartbeats, and what housekeeping found. */
    private static final Set<String> ALIVE = Set.of(
            "pool_probe", "pool_light", "pool_batch", "pool_live", "pool_housekeeping", "pool_mail", "tool_test");

    private final AgroalDataSource database;

    Contents(AgroalDataSource database) {
        this.database = database;
    }

    /** Digests by table. */
    public Map<String, String> read() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> parts = new ArrayList<>();
            for (String table : tables(statement)) {
                String row = "to_jsonb(t)" + (WITHOUT.containsKey(table) ? " - '" + WITHOUT.get(table) + "'" : "");
                parts.add(
                        "select '%s', count(*) || ' ' || md5(coalesce(string_agg(md5((%s)::text), '' order by md5((%s)::text)), '')) from %s t"
                                .formatted(table, row, row, table));
            }
            Map<String, String> digests = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery(String.join(" union all ", parts))) {
                while (rows.next()) {
                    digests.put(rows.getString(1), rows.getString(2));
                }
            }
            return digests;
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select table_name from information_schema.tables"
                + " where table_schema = 'public' and table_type = 'BASE TABLE' order by 1")) {
            while (rows.next()) {
                if (!ALIVE.contains(rows.getString(1))) {
                    tables.add(rows.getString(1));
                }
            }
        }
        return tables;
    }
}
