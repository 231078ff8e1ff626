package io.regie.core.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class SvgDrawingTest {

    private static final String OPEN =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 120 40\">";

    @Test
    void keepsShapesGradientsAndText() {
        SvgDrawing drawing = read("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- by hand -->" + OPEN
                + "<title>A mark</title><defs><linearGradient id=\"g\" x1=\"0\"><stop offset=\"0\" stop-color=\"#4257c9\"/>"
                + "</linearGradient><clipPath id=\"c\"><rect width=\"10\" height=\"10\"/></clipPath></defs>"
                + "<g clip-path=\"url(#c)\" style=\"fill:url(#g);-inkscape-font-specification:Sans;stroke:none\">"
                + "<path d=\"M0 0h10v10z\" transform=\"rotate(45, 5 5)\"/></g>"
                + "<text x=\"20\" font-family=\"'Noto Sans'\">R&amp;D &lt;b&gt;</text></svg>");
        assertThat(drawing.width()).isEqualTo(120);
        assertThat(drawing.height()).isEqualTo(40);
        assertThat(drawing.text())
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("fill=\"url(#g)\"", "stroke=\"none\"", "d=\"M0 0h10v10z\"", "R&amp;D &lt;b&gt;")
                .doesNotContain("inkscape", "by hand", "A mark", "<?xml", "style=");
        assertThat(read(drawing.text())).isEqualTo(drawing);
    }

    @Test
    void dropsWhatDrawingProgramsRemember() {
        String noted = OPEN.replace(
                        "viewBox",
                        "xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" inkscape:version=\"1\" viewBox")
                + "<inkscape:grid><script xmlns=\"http://www.w3.org/2000/svg\">x</script></inkscape:grid>"
                + "<metadata><x xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"x\"/></metadata><rect width=\"1\"/></svg>";
        assertThat(read(noted).text()).contains("<rect").doesNotContain("script", "inkscape", "onload", "metadata");
    }

    /** XSS-3, LFR-5 and XML-1 of the threat model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<SCRIPT>alert(1)</SCRIPT>",
                "<rect onload=\"alert(1)\"/>",
                "<rect onclick=\"alert(1)\"/>",
                "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
                "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"x\"/>",
                "<html:script xmlns:html=\"http://www.w3.org/1999/xhtml\">x</html:script>",
                "<a href=\"javascript:alert(1)\"><rect/></a>",
                "<a xlink:href=\"javascript:alert(1)\"><rect/></a>",
                "<linearGradient href=\"https://evil.example/a.svg#g\"/>",
                "<linearGradient xlink:href=\"data:image/svg+xml,x\"/>",
                "<set attributeName=\"onclick\" to=\"alert(1)\"/>",
                "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
                "<animateTransform/>",
                "<image href=\"file:///etc/passwd\"/>",
                "<image xlink:href=\"https://evil.example/x.png\"/>",
                "<use href=\"#a\"/>",
                "<use xlink:href=\"https://evil.example/a.svg#x\"/>",
                "<rect fill=\"url(https://evil.example/x)\"/>",
                "<rect fill=\"u\\72l(https://evil.example/x)\"/>",
                "<rect style=\"fill:url(//evil.example/x)\"/>",
                "<rect style=\"background:url(//evil.example/x)\"/>",
                "<style>@import 'https://evil.example/x.css';</style>",
                "<style>*{fill:red}</style>",
                "<?xml-stylesheet href=\"https://evil.example/x.css\"?>",
                "<filter><feImage href=\"x\"/></filter>",
                "<handler type=\"x\"/>",
                "<unknown/>",
                "<rect unknown=\"x\"/>",
                "<![CDATA[<script>]]>",
                "&undeclared;",
                "<g>"
            })
    void refusesWhateverIsNotShapes(String inside) {
        assertThatThrownBy(() -> read(OPEN + inside + "</svg>")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\""
                        + " viewBox=\"0 0 1 1\"><text>&x;</text></svg>",
                "<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><svg viewBox=\"0 0 1 1\">&b;</svg>",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"https://evil.example/x.dtd\"><svg/>",
                "<svg viewBox=\"0 0 1 1\"/>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 99999 1\"/>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\" viewBox=\"0 0 1 1\"/>",
                "<html xmlns=\"http://www.w3.org/1999/xhtml\"><svg/></html>",
                "<rect xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
                "svg",
                ""
            })
    void refusesWhatIsNoDrawing(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesTooMuchInNoTime() {
        String deep = "<g>".repeat(50_000) + "</g>".repeat(50_000);
        String many = "<rect/>".repeat(40_000);
        String huge = "<path d=\"" + "1 ".repeat(300_000) + "\"/>";
        long begin = System.nanoTime();
        for (String much : new String[] {deep, many, huge}) {
            assertThatThrownBy(() -> read(OPEN + much + "</svg>")).isInstanceOf(ProblemException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void refusesOtherEncodings() {
        byte[] hidden = (OPEN + "<script/></svg>").getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> SvgDrawing.read(hidden)).isInstanceOf(ProblemException.class);
        assertThat(SvgDrawing.looksLike(hidden)).isFalse();
    }

    @Test
    void tellsDrawingsFromOtherImages() {
        assertThat(SvgDrawing.looksLike("\uFEFF  <?xml version=\"1.0\"?>\n<svg/>".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(SvgDrawing.looksLike("<!-- a --><svg/>".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(SvgDrawing.looksLike(new byte[] {(byte) 0x89, 'P', 'N', 'G'}))
                .isFalse();
        assertThat(SvgDrawing.looksLike("<!doctype html><script>1</script>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    private static SvgDrawing read(String text) {
        return SvgDrawing.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
