package io.regie.core.media;

import io.regie.core.plugins.ParameterCheck;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client sends to have something done: parameters by name, and beside them the articles to work on. */
record ActionRequest(Map<String, Object> parameters, List<UUID> inputs) {

    static ActionRequest of(@Nullable Map<String, Object> sent) {
        if (sent == null) {
            return new ActionRequest(Map.of(), List.of());
        }
        Map<String, Object> parameters = new HashMap<>(sent);
        Object inputs = parameters.remove(ParameterCheck.INPUTS);
        return new ActionRequest(parameters, inputs == null ? List.of() : ids(inputs));
    }

    private static List<UUID> ids(Object sent) {
        if (!(sent instanceof List<?> list)) {
            throw wrongType();
        }
        return list.stream()
                .map(id -> Ids.parse(String.valueOf(id)).orElseThrow(ActionRequest::wrongType))
                .toList();
    }

    private static ProblemException wrongType() {
        return new ProblemException(ProblemType.BAD_REQUEST, "parameters-type", ParameterCheck.INPUTS);
    }
}
