package io.regie.core.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Themes are strangers' files: every attack that worked on Qute's defaults, and what else a template could try. */
class TemplateEngineTest {

    @TempDir
    Path theme;

    @Test
    void rendersDataMessagesLoopsAndLayouts() throws IOException {
        template("layout", "<title>{#insert title}none{/insert}</title><main>{#insert /}</main>");
        template("parts/card", "<li class=\"{kind}\">{card_count}/{article.title}</li>");
        template(
                "home",
                """
                {#include layout}{#title}{msg:latest(articles.size)}{/title}
                {#for card in articles}{#let article=card}{#include parts/card kind='big' /}{/let}{#else}{msg:empty}{/for}
                {#if site.tagline}{site.tagline}{#else}no tagline{/if}{site.tagline ?: 'x'}
                {/include}""");
        messages("en", "latest: {one: '{0} article', other: '{0} articles'}\nempty: Nothing yet");
        messages("fr", "latest: {one: '{0} média', other: '{0} médias'}");

        PageModel model = model().put("articles", List.of(Map.of("title", "a & b"), Map.of("title", "<c>")));
        assertThat(problems()).isEmpty();
        assertThat(engine().render("home", model, Locale.ENGLISH))
                .contains("<title>2 articles</title>")
                .contains("<li class=\"big\">1/a &amp; b</li>")
                .contains("2/&lt;c&gt;")
                .contains("no tagline");
        assertThat(engine().render("home", model().put("articles", List.of()), Locale.FRENCH))
                .contains("<title>0 média</title>")
                .contains("Nothing yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{m.class}",
                "{m.getClass}",
                "{m.getClass()}",
                "{m.title.getClass().forName('java.lang.Runtime')}",
                "{m.kind.declaringClass.classLoader}",
                "{m.kind.declaringClass.classLoader.loadClass('java.lang.Runtime').getMethod('getRuntime').invoke(null)}",
                "{m.kind.declaringClass.protectionDomain.codeSource.location}",
                "{m.file.toFile.delete}",
                "{m.file.toUri.toURL.openStream.readAllBytes.length}",
                "{m.tags.add('x')}",
                "{m.tags.clear}",
                "{m.tags.stream}",
                "{m.put('a','b')}",
                "{m.entrySet}",
                "{m.keySet}",
                "{m.title.raw}",
                "{m.title.safe}",
                "{m.title.length}",
                "{m.title.repeat(1000000000)}",
                "{m.title.bytes}",
                "{config:quarkus.datasource.password}",
                "{inject:themeRegistry}",
                "{cdi:themeRegistry}",
                "{str:eval('{m.title}')}",
                "{str:fmt('%1000000000d', 1)}",
                "{data:m.class}",
                "{#eval m.title /}",
                "{#eval '{m.title}' /}",
                "{#include ../secret /}",
                "{#include ../../secret /}",
                "{#include /etc/passwd /}",
                "{#include '../secret' /}",
                "{#include _id=m.title /}",
                "{#include page$part /}",
                "{#include page.html /}",
                "{@java.lang.Class c}{c.name}",
                "{#fragment x}{/fragment}",
                "{#with m}{title}{/with}",
                "{#each m.tags}{it}{/each}",
                "{#for i in 400000000}x{/for}",
                "{#for c in m.title}{c}{/for}",
                "{#for e in m}{e}{/for}",
                "{m.missing}",
                "{missing}",
                "{msg:missing}"
            })
    void neverRenders(String attack) throws IOException {
        Files.writeString(theme.resolve("secret.html"), "SECRET");
        template("page", attack);
        List<ThemeProblem> problems = problems();
        problems.forEach(problem -> {
            assertThat(problem.file()).isEqualTo("templates/page.html");
            assertThat(problem.line()).isEqualTo(1);
        });
        // Also a template that was never checked must not get further.
        assertThatThrownBy(() -> engine().render("page", model(), Locale.ENGLISH))
                .isInstanceOf(TemplateFailedException.class)
                .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{config:quarkus.datasource.password}",
                "{inject:x}",
                "{cdi:x}",
                "{str:eval('x')}",
                "{#eval x /}",
                "{#include ../x /}",
                "{@java.lang.Class c}",
                "{m.title.raw}",
                "{m.title.getClass()}",
                "{#if m.title.getClass()}{/if}",
                "{msg:x(m.title.getClass())}",
                "{msg:x}",
                "{#for i in 1}"
            })
    void refusesAtInstallationNamingFileAndLine(String attack) throws IOException {
        template("page", "line one\n\n" + attack);
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("templates/page.html");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.sentence()).isNotBlank();
        });
    }

    @Test
    void modelsTakeDataOnly() {
        for (Object alive : List.of(
                Path.of("/etc"),
                URI.create("file:///etc"),
                Instant.now(),
                Optional.of("x"),
                Duration.ZERO,
                Thread.State.NEW,
                String.class,
                new Object(),
                Set.of("x"),
                new StringBuilder("x"))) {
            assertThatThrownBy(() -> new PageModel().put("x", Map.of("y", List.of(alive))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x.y[]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "\"><svg onload=alert(1)>",
                "' onmouseover='alert(1)",
                "{m.title}",
                "{{7*7}}",
                "{#eval x /}",
                "${7*7}",
                "</script><script>alert(1)</script>",
                "</title>",
                "]]>",
                "a\u2028b"
            })
    void printsHostileTextAsText(String hostile) throws IOException {
        template("page", "<p title=\"{m.title}\" lang='{m.title}'>{m.title}</p>{text}");
        String html = engine().render(
                        "page",
                        new PageModel().put("m", Map.of("title", hostile)).put("text", SafeHtml.ofPlainText(hostile)),
                        Locale.ENGLISH);
        String escaped = Html.escape(hostile);
        assertThat(html)
                .isEqualTo("<p title=\"" + escaped + "\" lang='" + escaped + "'>" + escaped + "</p><p>" + escaped
                        + "</p>");
    }

    @Test
    void plainTextKeepsParagraphs() {
        assertThat(SafeHtml.ofPlainText("one\ntwo\n\n\n<three>\r\nfour\n").markup())
                .isEqualTo("<p>one<br>two</p><p>&lt;three&gt;<br>four</p>");
    }

    @Test
    void stopsLoopsAtTheirBudget() throws IOException {
        template("page", "{#for a in l}{#for b in l}{#for c in l}{#for d in l}x{/for}{/for}{/for}{/for}");
        assertThat(problems()).isEmpty();
        assertStopped("page", model().put("l", Collections.nCopies(500, "x")), "loops");
    }

    @Test
    void stopsCirclesOfIncludes() throws IOException {
        template("a", "{#include b /}");
        template("b", "{#include a /}");
        template("self", "{#include self /}");
        assertThat(problems()).isEmpty();
        assertStopped("a", model(), "levels deep");
        assertStopped("self", model(), "levels deep");
    }

    @Test
    void stopsDoublingByIncludes() throws IOException {
        StringBuilder twenty = new StringBuilder();
        for (int level = 0; level < 9; level++) {
            template("l" + level, ("{#include l" + (level + 1) + " /}").repeat(8));
        }
        template("l9", twenty.append("x".repeat(1000)).toString());
        assertThat(problems()).isEmpty();
        assertStopped("l0", model(), "includes more than");
    }

    @Test
    void stopsOutputAtItsBudget() throws IOException {
        template("page", "{#for a in l}" + "x".repeat(100_000) + "{/for}");
        assertStopped("page", model().put("l", Collections.nCopies(100, "x")), "longer than");
    }

    @Test
    void refusesHugeDeepAndCrowdedTemplates() throws IOException {
        template("huge", "x".repeat(5 * 1024 * 1024));
        template("deep", "{#if m}".repeat(10_000) + "{/if}".repeat(10_000));
        template("quoted", "{#if m.title == '/}'}".repeat(1_000) + "{/if}".repeat(1_000));
        template("crowded", "{m.title}".repeat(10_000));
        assertThat(problems())
                .extracting(ThemeProblem::file)
                .containsExactlyInAnyOrder(
                        "templates/huge.html",
                        "templates/deep.html",
                        "templates/quoted.html",
                        "templates/crowded.html");
        assertThatThrownBy(() -> engine().render("huge", model(), Locale.ENGLISH))
                .isInstanceOf(TemplateFailedException.class);
    }

    @Test
    void followsNoLinksOutOfTheTheme(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret.html"), "SECRET");
        Files.createDirectories(theme.resolve("templates"));
        Files.createSymbolicLink(theme.resolve("templates/link.html"), outside.resolve("secret.html"));
        Files.createSymbolicLink(theme.resolve("templates/folder"), outside);
        for (String id : List.of("link", "folder/secret")) {
            assertThatThrownBy(() -> engine().render(id, model(), Locale.ENGLISH))
                    .isInstanceOf(TemplateFailedException.class);
        }
    }

    private void assertStopped(String id, PageModel model, String why) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> engine().render(id, model, Locale.ENGLISH))
                .isInstanceOf(TemplateFailedException.class)
                .hasMessageContaining(why);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ThemeLimits.TIME.plusSeconds(3));
    }

    private static PageModel model() {
        return new PageModel()
                .put("m", Map.of("title", "A title", "kind", "VIDEO", "file", "/etc/passwd", "tags", List.of("t")))
                .put("site", Collections.singletonMap("tagline", null));
    }

    private void template(String id, String text) throws IOException {
        Path file = theme.resolve("templates").resolve(id + ".html");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void messages(String language, String yaml) throws IOException {
        Files.createDirectories(theme.resolve("messages"));
        Files.writeString(theme.resolve("messages/" + language + ".yaml"), yaml);
    }

    private List<ThemeProblem> problems() {
        return engine().check();
    }

    private TemplateEngine engine() {
        return new TemplateEngine(
                List.of(theme.resolve("templates")), ThemeFiles.messages(theme, ThemeRegistry.LANGUAGES));
    }
}
