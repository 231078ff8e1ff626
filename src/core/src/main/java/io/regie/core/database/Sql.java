package io.regie.core.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plain statements on the application's database. They join the caller's transaction; without one each commits. */
@Singleton
public final class Sql {
    private final DataSource dataSource;

    Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes a value of one row. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param arguments for the question marks; instants become timestamps with time zone */
    public <T> List<T> list(String statement, Row<T> row, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement prepared = prepare(connection, statement, arguments);
                ResultSet rows = prepared.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailedException(e);
        }
    }

    /** The only row, if there is one. Also for statements that change and return. */
    public <T> Optional<T> find(String statement, Row<T> row, @Nullable Object... arguments) {
        return list(statement, row, arguments).stream().findFirst();
    }

    /** How many rows changed. */
    public int update(String statement, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement prepared = prepare(connection, statement, arguments)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailedException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String statement, @Nullable Object... arguments)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            prepared.setObject(i + 1, argument instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : argument);
        }
        return prepared;
    }
}
