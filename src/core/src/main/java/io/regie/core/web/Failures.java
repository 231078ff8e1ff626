package io.regie.core.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemException.Field;
import io.regie.core.problem.ProblemType;
import io.vertx.ext.web.handler.HttpException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the problem behind whatever was thrown. */
final class Failures {

    private static final Map<Integer, ProblemType> BY_STATUS = new HashMap<>();
    private static final Duration SOON = Duration.ofSeconds(5);

    static {
        for (ProblemType type : ProblemType.values()) {
            BY_STATUS.put(type.status(), type);
        }
    }

    private Failures() {}

    static ProblemException problemOf(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            Optional<ProblemException> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
            cause = cause.getCause();
        }
        return internal();
    }

    static ProblemException ofStatus(int status) {
        ProblemType type = BY_STATUS.get(status);
        if (type == null) {
            type = status >= 400 && status < 500 ? ProblemType.BAD_REQUEST : ProblemType.INTERNAL;
        }
        return new ProblemException(type, type.slug());
    }

    private static ProblemException internal() {
        return new ProblemException(ProblemType.INTERNAL, "internal");
    }

    private static Optional<ProblemException> known(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return Optional.of(problem);
        }
        if (thrown instanceof WebApplicationException web) {
            return web.getCause() instanceof JacksonException
                    ? Optional.empty()
                    : Optional.of(ofStatus(web.getResponse().getStatus()));
        }
        if (thrown instanceof HttpException http) {
            return Optional.of(ofStatus(http.getStatusCode()));
        }
        if (thrown instanceof ConstraintViolationException violations) {
            return Optional.of(invalid(violations));
        }
        if (thrown instanceof JsonProcessingException json) {
            return Optional.of(malformed(json));
        }
        if (thrown instanceof OptimisticLockException) {
            return Optional.of(new ProblemException(ProblemType.CONFLICT, "precondition-failed"));
        }
        if (thrown instanceof SQLException sql) {
            return bySqlState(sql);
        }
        if (thrown instanceof IOException && String.valueOf(thrown.getMessage()).contains("No space left on device")) {
            return Optional.of(new ProblemException(ProblemType.NO_SPACE, "no-space"));
        }
        return Optional.empty();
    }

    private static ProblemException malformed(JsonProcessingException json) {
        if (json instanceof UnrecognizedPropertyException unknown) {
            return new ProblemException(ProblemType.BAD_REQUEST, "request.json-field-unknown", path(unknown));
        }
        if (json instanceof MismatchedInputException mismatch) {
            String path = path(mismatch);
            return path.isEmpty()
                    ? new ProblemException(ProblemType.BAD_REQUEST, "request.json-body-type")
                    : new ProblemException(ProblemType.BAD_REQUEST, "request.json-field-type", path);
        }
        // Writing an answer failed, not reading a request.
        return json instanceof JsonMappingException
                ? internal()
                : new ProblemException(ProblemType.BAD_REQUEST, "request.json-malformed");
    }

    private static String path(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.length() > 100 ? path.substring(0, 100) : path.toString();
    }

    private static ProblemException invalid(ConstraintViolationException violations) {
        List<Field> fields = violations.getConstraintViolations().stream()
                .map(violation -> Field.said(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Field::name))
                .toList();
        return ProblemException.invalid(fields);
    }

    /** The path without the names of our method and its parameter. */
    private static String field(ConstraintViolation<?> violation) {
        StringBuilder name = new StringBuilder();
        int depth = 0;
        String last = "";
        for (Path.Node node : violation.getPropertyPath()) {
            last = String.valueOf(node.getName());
            if (depth++ >= 2) {
                name.append(name.isEmpty() ? "" : ".").append(last);
            }
        }
        return name.isEmpty() ? last : name.toString();
    }

    private static Optional<ProblemException> bySqlState(SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        if (state.equals("53100")) {
            return Optional.of(new ProblemException(ProblemType.NO_SPACE, "no-space"));
        }
        boolean away = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
        boolean noneFree = String.valueOf(sql.getMessage()).startsWith("Sorry, acquisition timeout");
        return away || noneFree
                ? Optional.of(ProblemException.later(ProblemType.UNAVAILABLE, SOON, "unavailable"))
                : Optional.empty();
    }
}
