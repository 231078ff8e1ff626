package io.regie.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.access.Role;
import java.net.URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AmbiguousRequestsTest {

    @TestHTTPResource
    URL site;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/accounts;x",
                "/api/v1/accounts%3Bx",
                "/api/v1%2Faccounts",
                "/api/v1%5Caccounts",
                "/api/v1/%2e%2e/v1/accounts",
                "/api/v1/../v1/accounts",
                "/api//v1/accounts",
                "/api/v1/..;/v1/accounts",
                "/api/v1/accounts%00",
                "/api/v1/accounts%252f",
                "/q/health/../metrics"
            })
    void areRefusedBeforeAnybodyReadsThem(String path) {
        assertThat(RawRequest.status(site.getPort(), "GET " + path + " HTTP/1.1\r\nHost: localhost"))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/accounts.",
                "/API/v1/accounts",
                "/api/v1/Accounts",
                "/api/v1/accounts.json",
                "/q/metrics",
                "/q/health",
                "/q/health/live",
                "/q/dev",
                "/q/openapi",
                "/q/swagger-ui",
                "/q/arc"
            })
    void likenessesOfAddressesDoNotExist(String path) {
        assertThat(RawRequest.status(site.getPort(), "GET " + path + " HTTP/1.1\r\nHost: localhost"))
                .isEqualTo(404);
    }

    @Test
    void trailingSlashIsDecidedLikeTheCleanPath() {
        assertThat(RawRequest.status(site.getPort(), "GET /api/v1/accounts/ HTTP/1.1\r\nHost: localhost"))
                .isIn(401, 404);
    }

    @Test
    void methodOverridesAreIgnored() {
        String token = TestAccounts.create(Role.AUTHOR).token();
        String answer = RawRequest.send(
                site.getPort(),
                "GET /api/v1/tokens?_method=DELETE HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: DELETE"
                        + "\r\nAuthorization: Bearer " + token);
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT"})
    void oddMethodsAreRefused(String method) {
        assertThat(RawRequest.status(site.getPort(), method + " /api/v1/accounts HTTP/1.1\r\nHost: localhost"))
                .isIn(400, 405);
    }

    @Test
    void headersOfOtherLayersDoNotMoveTheAddress() {
        assertThat(RawRequest.status(
                        site.getPort(),
                        "GET /api/v1/accounts HTTP/1.1\r\nHost: localhost\r\nX-Original-URL: /sign-in"
                                + "\r\nX-Rewrite-URL: /sign-in"))
                .isEqualTo(401);
    }
}
