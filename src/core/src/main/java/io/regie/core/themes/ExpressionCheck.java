package io.regie.core.themes;

import io.quarkus.qute.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an expression in a theme may be made of. What passes here still meets data only. */
final class ExpressionCheck {

    private static final Set<String> NAMESPACES = Set.of("msg", "data");

    /** How Qute calls its operators. */
    private static final Set<String> OPERATORS = Set.of("or", "?:", ":", "?", "ifTruthy", "&&", "||");

    private static final Set<String> REFUSED = Set.of("raw", "safe", "class", "getClass");

    private ExpressionCheck() {}

    static Optional<ThemeProblem> check(String file, List<Expression> expressions) {
        for (Expression expression : expressions) {
            Optional<ThemeProblem> problem = check(file, expression);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<ThemeProblem> check(String file, Expression expression) {
        if (expression.isLiteral()) {
            return Optional.empty();
        }
        int line = expression.getOrigin().getLine();
        String namespace = expression.getNamespace();
        if (namespace != null && !NAMESPACES.contains(namespace)) {
            return Optional.of(new ThemeProblem(file, line, "There is no namespace \"" + namespace + "\" for themes."));
        }
        boolean message = "msg".equals(namespace);
        for (Expression.Part part : expression.getParts()) {
            if (part.isVirtualMethod()) {
                if (!message && !OPERATORS.contains(part.getName())) {
                    return Optional.of(new ThemeProblem(file, line, "Themes cannot call \"" + part.getName() + "\"."));
                }
                Optional<ThemeProblem> problem =
                        check(file, part.asVirtualMethod().getParameters());
                if (problem.isPresent()) {
                    return problem;
                }
            } else if (REFUSED.contains(part.getName())) {
                return Optional.of(
                        new ThemeProblem(file, line, "\"" + part.getName() + "\" is not available to themes."));
            }
            message = false;
        }
        return Optional.empty();
    }
}
