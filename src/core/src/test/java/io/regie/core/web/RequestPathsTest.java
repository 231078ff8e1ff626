package io.regie.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api;x",
                "/api/v1/accounts;jsessionid=1",
                "/api%3Bx",
                "/api%3bx",
                "/api%2Fv1",
                "/api%5Cv1",
                "/api\\v1",
                "/api/../api",
                "/api/..",
                "/api/./v1",
                "/..;/api",
                "/api/%2e%2e/v1",
                "/api/.%2e/v1",
                "/api/%2e/v1",
                "//api",
                "/api//v1",
                "/api/%252e%252e/v1",
                "/api%252Fv1",
                "/api%00",
                "/api\u0000",
                "/api%0d%0aX:1",
                "/api%7f",
                "/api v1",
                "/api%",
                "/api%2",
                "/api%zz",
                "/api%c0%ae",
                "/api%ff",
                "/api\u00e9",
                "api",
                ""
            })
    void twoLayersCouldReadItDifferently(String path) {
        assertThat(RequestPaths.ambiguous(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/accounts",
                "/api/",
                "/watch/un-%C3%A9t%C3%A9-1",
                "/media/a.b..c/x.m3u8",
                "/media/...",
                "/a+b,c=d:e@f!g$h&i'j(k)l*m~n_o-p",
                "/with%20space"
            })
    void everybodyReadsItAlike(String path) {
        assertThat(RequestPaths.ambiguous(path)).isFalse();
    }
}
