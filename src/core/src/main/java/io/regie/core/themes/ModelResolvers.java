package io.regie.core.themes;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The only ways into a model: a map's entry by name, a list's size. No method of any object is ever called by name. */
final class ModelResolvers {

    private ModelResolvers() {}

    static final class OfMap implements ValueResolver {

        @Override
        public boolean appliesTo(EvalContext context) {
            return context.getBase() instanceof Map && context.getParams().isEmpty();
        }

        @Override
        public CompletionStage<Object> resolve(EvalContext context) {
            Map<?, ?> map = (Map<?, ?>) context.getBase();
            Object value = map.get(context.getName());
            return value == null && !map.containsKey(context.getName())
                    ? Results.notFound(context)
                    : CompletedStage.of(value);
        }
    }

    static final class OfList implements ValueResolver {

        @Override
        public boolean appliesTo(EvalContext context) {
            return context.getBase() instanceof List && context.getParams().isEmpty();
        }

        @Override
        public CompletionStage<Object> resolve(EvalContext context) {
            List<?> list = (List<?>) context.getBase();
            return switch (context.getName()) {
                case "size" -> CompletedStage.of(list.size());
                case "isEmpty" -> CompletedStage.of(list.isEmpty());
                case "first" -> list.isEmpty() ? Results.NULL : CompletedStage.of(list.get(0));
                default -> Results.notFound(context);
            };
        }
    }
}
