package io.regie.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private static final ResourceBundle ENGLISH = bundle(Locale.ENGLISH);
    private static final ResourceBundle FRENCH = bundle(Locale.FRENCH);

    @Test
    void everySentenceExistsInEveryLanguage() {
        assertThat(FRENCH.keySet()).isEqualTo(ENGLISH.keySet());
    }

    @Test
    void translationsTakeTheSameArguments() {
        for (String key : ENGLISH.keySet()) {
            assertThat(new MessageFormat(FRENCH.getString(key)).getFormatsByArgumentIndex())
                    .as(key)
                    .hasSameSizeAs(new MessageFormat(ENGLISH.getString(key)).getFormatsByArgumentIndex());
        }
    }

    @Test
    void apostrophesAreWrittenTwice() {
        for (ResourceBundle bundle : List.of(ENGLISH, FRENCH)) {
            for (String key : bundle.keySet()) {
                assertThat(bundle.getString(key).replace("''", "")).as(key).doesNotContain("'");
            }
        }
    }

    @Test
    void everyKindOfProblemHasATitleAndAGeneralSentence() {
        for (ProblemType type : ProblemType.values()) {
            assertThat(ENGLISH.containsKey("title." + type.slug()))
                    .as(type.slug())
                    .isTrue();
            assertThat(ENGLISH.containsKey(type.slug())).as(type.slug()).isTrue();
        }
    }

    @Test
    void argumentsAreFilledIn() {
        assertThat(Sentences.of(Locale.FRENCH, "access.scope", List.of("jobs"))).contains("« jobs »");
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "problems",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
