package io.regie.core.themes;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.InsertSectionHelper;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Renders the templates of one theme. A Qute engine of its own: no reflection, no beans, no configuration, no evaluation
 * of data as a template, nothing but {@link PageModel} to look at, and a budget for everything that repeats.
 */
final class TemplateEngine {

    private final Engine engine;
    private final TemplateFolder folder;
    private final ThemeMessages messages;

    /** @param folders template folders, the theme's own first, then its parents' */
    TemplateEngine(List<Path> folders, ThemeMessages messages) {
        this.folder = new TemplateFolder(folders);
        this.messages = messages;
        this.engine = Engine.builder()
                .addSectionHelpers(
                        new IfSectionHelper.Factory(),
                        new SetSectionHelper.Factory(),
                        new InsertSectionHelper.Factory(),
                        new ForSection.Factory(),
                        new IncludeSection.Factory())
                .addValueResolvers(
                        ValueResolvers.mapperResolver(),
                        ValueResolvers.thisResolver(),
                        ValueResolvers.orResolver(),
                        ValueResolvers.trueResolver(),
                        ValueResolvers.logicalAndResolver(),
                        ValueResolvers.logicalOrResolver(),
                        new ModelResolvers.OfMap(),
                        new ModelResolvers.OfList())
                .addNamespaceResolver(new MessageNamespace(messages))
                .addResultMapper(new Escaping())
                .addLocator(folder)
                .strictRendering(true)
                .useAsyncTimeout(false)
                .build();
    }

    /** Everything that keeps the theme's own templates from being used: read, counted, parsed and looked through. */
    List<ThemeProblem> check() {
        try {
            List<ThemeProblem> problems = new ArrayList<>();
            List<String> ids = folder.ownIds();
            if (ids.size() > ThemeLimits.TEMPLATES) {
                return List.of(new ThemeProblem(
                        "templates", 0, "A theme may have at most " + ThemeLimits.TEMPLATES + " templates."));
            }
            for (String id : ids) {
                check(id).ifPresent(problems::add);
            }
            return problems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ThemeProblem> check(String id) {
        String file = "templates/" + id + ".html";
        Optional<Path> path = folder.find(id);
        if (path.isEmpty()) {
            return Optional.of(new ThemeProblem(
                    file, 0, "Template names have small letters, digits, - and _ only, and links are not followed."));
        }
        try {
            String text = TemplateFolder.read(path.get());
            Optional<ThemeProblem> tooMuch = TemplateText.check(file, text);
            if (tooMuch.isPresent()) {
                return tooMuch;
            }
            Template template = engine.parse(text, Variant.forContentType(Variant.TEXT_HTML), id);
            List<Expression> expressions = template.getExpressions();
            return ExpressionCheck.check(file, expressions).or(() -> unknownMessage(file, expressions));
        } catch (TemplateException e) {
            int line = e.getOrigin() == null ? 0 : e.getOrigin().getLine();
            return Optional.of(new ThemeProblem(file, line, String.valueOf(e.getMessage())));
        } catch (BudgetExceededException e) {
            return Optional.of(new ThemeProblem(file, 0, String.valueOf(e.getMessage())));
        } catch (UncheckedIOException e) {
            return Optional.of(new ThemeProblem(file, 0, "The file cannot be read as UTF-8 text."));
        } catch (StackOverflowError e) {
            return Optional.of(new ThemeProblem(file, 0, "Sections nest too deep."));
        }
    }

    private Optional<ThemeProblem> unknownMessage(String file, List<Expression> expressions) {
        for (Expression expression : expressions) {
            if ("msg".equals(expression.getNamespace())) {
                String key = expression.getParts().get(0).getName();
                if (!messages.has(key)) {
                    return Optional.of(new ThemeProblem(
                            file, expression.getOrigin().getLine(), "There is no English message \"" + key + "\"."));
                }
            }
        }
        return Optional.empty();
    }

    boolean has(String id) {
        return folder.find(id).isPresent();
    }

    /** @throws TemplateFailedException whatever went wrong inside the template */
    String render(String id, PageModel model, Locale locale) {
        try {
            Template template = engine.getTemplate(id);
            if (template == null) {
                throw new TemplateFailedException("The theme has no template \"" + id + "\".", null);
            }
            TemplateInstance instance = template.instance();
            model.values().forEach(instance::data);
            instance.setAttribute(RenderBudget.ATTRIBUTE, new RenderBudget());
            instance.setAttribute(MessageNamespace.LOCALE, locale);
            Page page = new Page();
            instance.consume(page::write).toCompletableFuture().join();
            return page.text.toString();
        } catch (TemplateFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        } catch (StackOverflowError e) {
            throw new TemplateFailedException("The page was stopped: sections nest too deep.", null);
        }
    }

    /** Qute wraps what sections throw, once for each section around; the innermost says what happened. */
    private static TemplateFailedException failed(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause.getMessage() == null) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new TemplateFailedException(String.valueOf(cause.getMessage()), cause);
    }

    private static final class Page {

        private final StringBuilder text = new StringBuilder(8 * 1024);

        void write(String part) {
            if (text.length() + part.length() > ThemeLimits.OUTPUT) {
                throw new BudgetExceededException("it is longer than " + ThemeLimits.OUTPUT / 1024 / 1024 + " MiB.");
            }
            text.append(part);
        }
    }

    /** Applies to every value, whatever a template claims to be. */
    private static final class Escaping implements ResultMapper {

        @Override
        public String map(Object result, Expression expression) {
            return result instanceof SafeHtml html ? html.markup() : Html.escape(result.toString());
        }
    }
}
