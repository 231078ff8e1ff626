package io.regie.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "\\/evil.example",
                "https:evil.example",
                "https://evil.example",
                "http:/\\evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "/%0d%0aSet-Cookie:x",
                "/%5cevil.example",
                "@evil.example",
                "/\tevil",
                "/\t/evil.example",
                "/\n/evil.example",
                " /x",
                "java\tscript:alert(1)",
                "/x//evil.example",
                "///evil.example",
                "/%zz",
                "/é",
                "",
                "/sign-out"
            })
    void addressesThatCouldLeadElsewhereLeadHome(String next) {
        assertThat(NextPage.safe(next)).isEqualTo("/");
    }

    @Test
    void nothingLeadsHome() {
        assertThat(NextPage.safe(null)).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/upload", "/watch/a-film-1?t=10", "/watch/caf%C3%A9", "/a@b", "/search?q=a%20b&kind=video"
            })
    void pagesOfThisSiteAreKept(String next) {
        assertThat(NextPage.safe(next)).isEqualTo(next);
    }
}
