package io.regie.core.plugins;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks what was sent for a run against the job type's schema, and makes of it exactly what the handler is promised:
 * every parameter with a default present, nothing unknown, each value of its Java type. Problems name the parameter
 * and never repeat a value, which might be a secret.
 */
public final class ParameterCheck {
    /** Beside the parameters: the articles to work on. No parameter may have this name. */
    public static final String INPUTS = "inputs";

    private static final int MAX_TEXT = 10_000;
    private static final int MAX_ITEMS = 10_000;
    /** Of seconds that were added up. */
    private static final double ROUNDING = 1e-6;

    private ParameterCheck() {}

    /** @throws ProblemException 400 for what is not in the schema or of another type, 422 for what is out of bounds */
    public static Map<String, Object> check(JobType type, Map<String, ?> sent) {
        Map<String, Object> checked = new HashMap<>();
        for (Parameter parameter : type.parameters()) {
            Object value = sent.get(parameter.name());
            if (value != null) {
                checked.put(parameter.name(), value(parameter, value));
            } else if (parameter.fallback() != null) {
                checked.put(parameter.name(), value(parameter, parameter.fallback()));
            } else {
                throw new ProblemException(ProblemType.BAD_REQUEST, "parameters-missing", parameter.name());
            }
        }
        for (String name : sent.keySet()) {
            if (!checked.containsKey(name)) {
                throw new ProblemException(ProblemType.BAD_REQUEST, "parameters-unknown", printable(name));
            }
        }
        return checked;
    }

    static boolean fallbacksFit(JobType type) {
        try {
            for (Parameter parameter : type.parameters()) {
                if (parameter.fallback() != null) {
                    value(parameter, parameter.fallback());
                }
            }
            return true;
        } catch (ProblemException unfit) {
            return false;
        }
    }

    private static Object value(Parameter parameter, Object value) {
        return switch (parameter.type()) {
            case TEXT, SECRET -> text(parameter, value);
            case CHOICE -> choice(parameter, value);
            case NUMBER -> number(parameter, value);
            case DURATION -> bounded(parameter, real(parameter, value));
            case BOOLEAN -> flag(parameter, value);
            case TIME_RANGE -> range(parameter, value);
            case IMAGE_LIST -> images(parameter, value);
            case LIVE_STREAM -> liveStream(parameter, value);
        };
    }

    private static String text(Parameter parameter, Object value) {
        String text = string(parameter, value);
        if (text.indexOf('\0') >= 0 || text.length() > MAX_TEXT) {
            throw outOfBounds(parameter);
        }
        int length = text.codePointCount(0, text.length());
        if ((parameter.min() != null && length < parameter.min())
                || (parameter.max() != null && length > parameter.max())) {
            throw outOfBounds(parameter);
        }
        return text;
    }

    private static String choice(Parameter parameter, Object value) {
        String text = string(parameter, value);
        if (!parameter.choices().contains(text)) {
            throw outOfBounds(parameter);
        }
        return text;
    }

    private static Object number(Parameter parameter, Object value) {
        double number = bounded(parameter, real(parameter, value));
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return whole ? (Object) (long) number : (Object) number;
    }

    private static Boolean flag(Parameter parameter, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrongType(parameter);
    }

    private static Map<String, Object> range(Parameter parameter, Object value) {
        Map<?, ?> map = map(parameter, value);
        double start = real(parameter, map.get("start"));
        double end = real(parameter, map.get("end"));
        if (map.size() != 2) {
            throw wrongType(parameter);
        }
        if (start < 0 || end <= start) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "parameters-range", parameter.name());
        }
        if (parameter.max() != null && end - start > parameter.max() + ROUNDING) {
            throw new ProblemException(
                    ProblemType.UNACCEPTABLE_MEDIA, "parameters-range-long", parameter.name(), parameter.max());
        }
        if (parameter.min() != null && end - start < parameter.min() - ROUNDING) {
            throw new ProblemException(
                    ProblemType.UNACCEPTABLE_MEDIA, "parameters-range-short", parameter.name(), parameter.min());
        }
        return Map.of("start", start, "end", end);
    }

    private static List<Object> images(Parameter parameter, Object value) {
        if (!(value instanceof List<?> list)) {
            throw wrongType(parameter);
        }
        if (list.size() > MAX_ITEMS) {
            throw outOfBounds(parameter);
        }
        bounded(parameter, list.size());
        List<Object> images = new ArrayList<>();
        for (Object item : list) {
            Map<?, ?> map = map(parameter, item);
            double input = real(parameter, map.get("input"));
            double seconds = real(parameter, map.get("seconds"));
            if (map.size() != 2 || input != Math.rint(input)) {
                throw wrongType(parameter);
            }
            if (input < 0 || input > MAX_ITEMS || seconds < 0) {
                throw outOfBounds(parameter);
            }
            images.add(Map.of("input", (long) input, "seconds", seconds));
        }
        return images;
    }

    private static String liveStream(Parameter parameter, Object value) {
        try {
            return UUID.fromString(string(parameter, value)).toString();
        } catch (IllegalArgumentException e) {
            throw wrongType(parameter);
        }
    }

    private static String string(Parameter parameter, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrongType(parameter);
    }

    private static double real(Parameter parameter, @Nullable Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrongType(parameter);
    }

    private static Map<?, ?> map(Parameter parameter, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrongType(parameter);
    }

    private static double bounded(Parameter parameter, double size) {
        Double min = parameter.min();
        Double max = parameter.max();
        if (min != null && size < min) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "parameters-least", parameter.name(), min);
        }
        if (max != null && size > max) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "parameters-most", parameter.name(), max);
        }
        return size;
    }

    private static ProblemException wrongType(Parameter parameter) {
        return new ProblemException(ProblemType.BAD_REQUEST, "parameters-type", parameter.name());
    }

    private static ProblemException outOfBounds(Parameter parameter) {
        return new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "parameters-bounds", parameter.name());
    }

    /** What a client sent as a name, short and without control characters. */
    private static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "");
        return clean.length() > 64 ? clean.substring(0, 64) : clean;
    }
}
