package io.regie.core.captions;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    <i>Hello</i>, <b>you</b>                 | <i>Hello</i>, <b>you</b>
                    <I>Hello                                 | <i>Hello</i>
                    <b>a<i>b</b>c</i>                        | <b>a<i>b</i></b>c
                    <ruby>漢<rt>kan</rt></ruby>              | <ruby>漢<rt>kan</rt></ruby>
                    <rt>lost</rt>                            | lost
                    <v Bob>Hi</v>                            | <v Bob>Hi</v>
                    <v.loud.x Mary Ann>Hi                    | <v Mary Ann>Hi</v>
                    <lang pt-BR>Oi</lang>                    | <lang pt-BR>Oi</lang>
                    <lang "x">Oi</lang>                      | Oi
                    <c.yellow>Hi</c>                         | Hi
                    <00:00:01.000>Hi                         | Hi
                    {\\an8}Top                               | Top
                    1 < 2 & 3 > 2                            | 1 &lt; 2 &amp; 3 &gt; 2
                    &lt;b&gt; &amp;amp; &nope;               | &lt;b&gt; &amp;amp; &amp;nope;
                    """)
    void keepsTheTagsOfLanguageAndEscapesTheRest(String raw, String vtt) {
        assertThat(CueText.read(raw).vtt()).isEqualTo(vtt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<v \"><img src=x onerror=alert(1)>Hi",
                "<v \"onmouseover=alert(1) x=\">Hi</v>",
                "<c.x onclick=alert(1)>Hi</c>",
                "<font color=\"red\"><script>alert(1)</script></font>",
                "<img src=x onerror=alert(1)",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "&#60;script&#x3e;alert(1)",
                "<b onclick=alert(1)>Hi</b>",
                "<lang en onclick=alert(1)>Hi</lang>",
                "<<b>script>alert(1)<</b>/script>",
                "<scr<b>ipt>alert(1)",
                "<i><!--</i>--><img src=x>",
                "</b></i></ruby>",
                "Hi\n\n00:00.000 --> 00:09.000\nSmuggled",
                "Hi\n<c></c>\n00:00.000 --> 00:09.000\nSmuggled",
                "Hi&#10;&#10;00:00.000 --&gt; 00:09.000&#10;Smuggled",
                "a\u2028\u2028b\u0000c\u0085\u0085d",
            })
    void writesNothingElseWhateverComes(String hostile) {
        String vtt = CueText.read(hostile).vtt();
        assertThat(vtt.replaceAll("</?(b|i|u|ruby|rt)>|<(v|lang) [^<>&\"'`=]+>|</(v|lang)>", ""))
                .doesNotContain("<", ">", "\n\n", "-->")
                .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029]");
        assertThat(CueText.read(vtt)).isEqualTo(CueText.read(hostile));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AT&T > <b>you</b>",
                "1 < 2 <3",
                "&amp;lt; &lt;b&gt; &#60;i>",
                "a &lt;b&gt; b",
                "<v A&B>x</v>",
                "{\\b"
            })
    void peopleEditWhatReadsAsTheSame(String raw) {
        CueText text = CueText.read(raw);
        assertThat(CueText.read(text.source())).isEqualTo(text);
    }

    @Test
    void showsPeopleNoMoreEscapesThanItMust() {
        assertThat(CueText.read("AT&amp;T &gt; 1 &lt; 2 &lt;b").source()).isEqualTo("AT&T > 1 < 2 &lt;b");
        assertThat(CueText.read("<b>AT&amp;T</b>\n<v Bob>hi").plain()).isEqualTo("AT&T\nhi");
    }

    @Test
    void takesNoLongerForManyTagsThanForWords() {
        assertTimeoutPreemptively(ofSeconds(5), () -> {
            CueText.read("<b".repeat(500_000));
            CueText.read("<b>".repeat(300_000));
            CueText.read("</b>".repeat(300_000));
            CueText.read("&".repeat(1_000_000));
            CueText.read("<b \"".repeat(250_000) + ">");
        });
    }
}
