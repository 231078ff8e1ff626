package io.regie.core.richtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.problem.ProblemException;
import io.regie.core.themes.SafeHtml;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RichDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each case says what a document becomes, or why it is refused: the golden file of security.md's XSS-2. */
    @TestFactory
    Stream<DynamicTest> documentsBecomeWhatTheGoldenFileSays() throws IOException {
        JsonNode cases = golden();
        return StreamSupport.stream(cases.spliterator(), false)
                .map(golden -> DynamicTest.dynamicTest(golden.path("name").asText(), () -> {
                    if (golden.has("refused")) {
                        assertThatExceptionOfType(ProblemException.class)
                                .isThrownBy(() -> RichDocument.read(golden.path("document")))
                                .satisfies(problem -> assertThat(problem.sentences(Locale.ENGLISH))
                                        .isEqualTo(golden.path("refused").asText()));
                        return;
                    }
                    RichDocument document = RichDocument.read(golden.path("document"));
                    String html = document.html().toString();
                    assertThat(html).isEqualTo(golden.path("html").asText());
                    assertThat(SafeHtml.sanitized(html).toString()).isEqualTo(html);
                    assertThat(RichDocument.stored(document.toString())).isEqualTo(document);
                }));
    }

    @Test
    void policyTakesAwayWhatOurWriterNeverWrites() {
        String hostile = "<p onclick=x>a<img src=x onerror=alert(1)><svg onload=alert(1)></svg></p>"
                + "<iframe srcdoc=\"<script>1</script>\"></iframe><math><mi xlink:href=\"javascript:1\">m</mi></math>"
                + "<style>*{}</style><noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>"
                + "<base href=//x><form id=attributes><input name=nodes></form>"
                + "<a href=\"javascript:alert(1)\" target=_blank>j</a><a href=\"data:text/html,x\">d</a>"
                + "<a id=getElementById href=\"https://example.org\">ok</a>";
        String clean = SafeHtml.sanitized(hostile).toString();
        assertThat(clean.toLowerCase(Locale.ROOT))
                .doesNotContain("onclick", "onerror", "onload", "<img", "<svg", "<iframe", "<math", "<style", "<base")
                .doesNotContain("<form", "<input", "javascript:", "data:", "target=", "id=", "<noscript");
        assertThat(clean).contains("rel=\"nofollow").contains(">ok</a>");
        assertThat(SafeHtml.sanitized(clean).toString()).isEqualTo(clean);
    }

    @Test
    void plainTextBecomesParagraphsAndComesBack() {
        RichDocument document = RichDocument.ofPlainText("One\r\ntwo\n\n\n<b>three</b>\n \nfour\n");
        assertThat(document.html()).hasToString("<p>One<br />two</p><p>&lt;b&gt;three&lt;/b&gt;</p><p>four</p>");
        assertThat(document.plainText()).isEqualTo("One\ntwo\n\n<b>three</b>\n\nfour");
        assertThat(RichDocument.ofPlainText(" \n\n ").isBlank()).isTrue();
    }

    @Test
    void equalTextsAreEqualDocuments() throws IOException {
        RichDocument split = read("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"\"},"
                + "{\"type\":\"text\",\"text\":\"b\",\"marks\":[]}]");
        RichDocument whole = read("[{\"type\":\"text\",\"text\":\"ab\"}]");
        assertThat(split).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(split.toString()).isEqualTo(whole.toString());
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read("[{\"type\":\"text\",\"text\":\"" + "x".repeat(50_001) + "\"}]"))
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("richtext.too-long"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read("[" + "{\"type\":\"hardBreak\"},".repeat(6000) + "{\"type\":\"hardBreak\"}]"))
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("richtext.too-many"));
        String quotes = "{\"type\":\"blockquote\",\"content\":[".repeat(400) + "]}".repeat(400);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> RichDocument.read(JSON.readTree("{\"type\":\"doc\",\"content\":[" + quotes + "]}")))
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("richtext.too-deep"));
    }

    private static RichDocument read(String inline) throws IOException {
        return RichDocument.read(
                JSON.readTree("{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":" + inline + "}]}"));
    }

    private static JsonNode golden() throws IOException {
        try (InputStream file = RichDocumentTest.class.getResourceAsStream("/richtext/golden.json")) {
            return JSON.readTree(file);
        }
    }
}
