package io.regie.core.themes;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Mapper;
import io.quarkus.qute.Parameter;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Results;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code {#for item in list}…{#else}…{/for}} over lists only, each round on the page's budget. Qute's own loop also counts
 * to any number, and allocates that many results before the first is written. Inside, {@code item_index},
 * {@code item_count}, {@code item_isFirst} and {@code item_isLast} are known.
 */
final class ForSection implements SectionHelper {

    private static final String ALIAS = "alias";
    private static final String IN = "in";
    private static final String ITERABLE = "iterable";
    private static final String ELSE = "else";

    private final String alias;
    private final Expression iterable;
    private final @Nullable SectionBlock otherwise;

    private ForSection(String alias, Expression iterable, @Nullable SectionBlock otherwise) {
        this.alias = alias;
        this.iterable = iterable;
        this.otherwise = otherwise;
    }

    @Override
    public CompletionStage<ResultNode> resolve(SectionResolutionContext context) {
        return context.resolutionContext().evaluate(iterable).thenCompose(value -> loop(context, value));
    }

    private CompletionStage<ResultNode> loop(SectionResolutionContext context, @Nullable Object value) {
        if (value != null && !(value instanceof List)) {
            return CompletedStage.failure(
                    new IllegalArgumentException("{#for} needs a list: " + iterable.toOriginalString()));
        }
        List<?> list = value == null ? List.of() : (List<?>) value;
        if (list.isEmpty()) {
            return otherwise == null ? ResultNode.NOOP : context.execute(otherwise, context.resolutionContext());
        }
        ResolutionContext outer = context.resolutionContext();
        RenderBudget budget = RenderBudget.of(outer);
        List<ResultNode> results = new ArrayList<>(list.size());
        CompletionStage<ResultNode> last = ResultNode.NOOP;
        int index = 0;
        for (Iterator<?> items = list.iterator(); items.hasNext(); index++) {
            budget.iterate();
            Round round = new Round(alias, items.next(), index, !items.hasNext());
            last = context.execute(outer.createChild(round, null));
            // Models hold no futures, so each round is complete when it returns; a failed one throws here.
            results.add(last.toCompletableFuture().join());
        }
        return results.size() == 1 ? last : CompletedStage.of(new Rounds(results));
    }

    private static final class Rounds extends ResultNode {

        private final List<ResultNode> results;

        Rounds(List<ResultNode> results) {
            this.results = results;
        }

        @Override
        public void process(Consumer<String> consumer) {
            results.forEach(result -> result.process(consumer));
        }
    }

    private record Round(String alias, @Nullable Object item, int index, boolean isLast) implements Mapper {

        @Override
        public CompletionStage<Object> getAsync(String key) {
            if (key.equals(alias)) {
                return CompletedStage.of(item);
            }
            if (!key.startsWith(alias) || key.length() <= alias.length() || key.charAt(alias.length()) != '_') {
                return Results.notFound(key);
            }
            return switch (key.substring(alias.length() + 1)) {
                case "index" -> CompletedStage.of(index);
                case "count" -> CompletedStage.of(index + 1);
                case "isFirst" -> CompletedStage.of(index == 0);
                case "isLast" -> CompletedStage.of(isLast);
                default -> Results.notFound(key);
            };
        }
    }

    static final class Factory implements SectionHelperFactory<ForSection> {

        @Override
        public List<String> getDefaultAliases() {
            return List.of("for");
        }

        @Override
        public ParametersInfo getParameters() {
            return ParametersInfo.builder()
                    .addParameter(ALIAS)
                    .addParameter(IN)
                    .addParameter(Parameter.builder(ITERABLE).build())
                    .build();
        }

        @Override
        public List<String> getBlockLabels() {
            return List.of(ELSE);
        }

        @Override
        public Scope initializeBlock(Scope outer, BlockInfo block) {
            if (!block.isMainBlock()) {
                return outer;
            }
            String iterable = block.getParameter(ITERABLE);
            String alias = block.getParameter(ALIAS);
            if (iterable == null || alias == null || !IN.equals(block.getParameter(IN))) {
                throw block.error("a loop is written \\{#for item in list\\}")
                        .origin(block.getOrigin())
                        .build();
            }
            block.addExpression(ITERABLE, iterable);
            Scope inner = new Scope(outer);
            inner.putBinding(alias, null);
            return inner;
        }

        @Override
        public ForSection initialize(SectionInitContext context) {
            return new ForSection(
                    context.getParameter(ALIAS),
                    Objects.requireNonNull(context.getExpression(ITERABLE)),
                    context.getBlock(ELSE));
        }
    }
}
