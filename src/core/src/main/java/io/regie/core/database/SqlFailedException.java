package io.regie.core.database;

import java.sql.SQLException;

/** The database refused a statement or was not there. */
public class SqlFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SqlFailedException(SQLException cause) {
        super(cause);
    }
}
