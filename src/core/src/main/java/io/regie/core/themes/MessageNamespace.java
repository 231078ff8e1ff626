package io.regie.core.themes;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.NamespaceResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** {@code {msg:key}} and {@code {msg:key(argument)}} in the page's language. */
final class MessageNamespace implements NamespaceResolver {

    static final String LOCALE = Locale.class.getName();

    private final ThemeMessages messages;

    MessageNamespace(ThemeMessages messages) {
        this.messages = messages;
    }

    @Override
    public String getNamespace() {
        return "msg";
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        List<Object> arguments = new ArrayList<>();
        for (Expression argument : context.getParams()) {
            Object value = context.evaluate(argument).toCompletableFuture().join();
            arguments.add(value == null ? "" : value);
        }
        Locale locale = (Locale) context.getAttribute(LOCALE);
        String text = messages.find(locale, context.getName(), arguments);
        return text == null
                ? CompletedStage.failure(
                        new IllegalArgumentException("There is no message \"" + context.getName() + "\""))
                : CompletedStage.of(text);
    }
}
