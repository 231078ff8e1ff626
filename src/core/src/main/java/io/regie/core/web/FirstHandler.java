package io.regie.core.web;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Identification;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What every request passes before anything else reads it.
 *
 * <ol>
 *   <li>It gets an id, and its answer the headers every answer has.
 *   <li>An ambiguous address or an odd method is refused.
 *   <li>The caller is identified: by token, by password where tokens are made, or by the session's cookie.
 *   <li>What could change something and comes with a cookie proves that it was meant.
 * </ol>
 */
@Singleton
final class FirstHandler {

    private static final String REQUEST_ID = "regie.request-id";
    private static final String TOKENS = "/api/v1/tokens";
    private static final Set<HttpMethod> REFUSED = Set.of(HttpMethod.TRACE, HttpMethod.CONNECT);

    private final Identification identification;
    private final Cookies cookies;
    private final Csrf csrf;
    private final SiteLanguage language;
    private final List<Network> trustedProxies;

    FirstHandler(Identification identification, Cookies cookies, Csrf csrf, SiteLanguage language, WebConfig config) {
        this.identification = identification;
        this.cookies = cookies;
        this.csrf = csrf;
        this.language = language;
        this.trustedProxies = config.trustedProxies().orElse(List.of()).stream()
                .map(Network::parse)
                .toList();
    }

    static String requestId(RoutingContext request) {
        String id = request.get(REQUEST_ID);
        if (id == null) {
            id = UUID.randomUUID().toString();
            request.put(REQUEST_ID, id);
        }
        return id;
    }

    void handle(RoutingContext request) {
        Client client = Client.identify(request, trustedProxies);
        Languages.ofSite(request, language.get());
        ResponseHeaders.prepare(request, client);
        if (request.request().path() == null
                || RequestPaths.ambiguous(request.request().path())) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "request.path");
        }
        if (REFUSED.contains(request.request().method())) {
            throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "method-not-allowed");
        }
        String authorization = request.request().getHeader("Authorization");
        Optional<String> session =
                authorization == null ? cookies.find(request, Cookies.Name.SESSION) : Optional.empty();
        if (authorization == null && session.isEmpty()) {
            csrf.checkHeaders(request);
            request.next();
            return;
        }
        request.vertx()
                .executeBlocking(
                        () -> {
                            if (authorization != null) {
                                byAuthorization(request, authorization, client);
                            } else {
                                bySession(request, session.get());
                            }
                            return null;
                        },
                        false)
                .onComplete(done -> {
                    if (done.failed()) {
                        request.fail(done.cause());
                    } else {
                        proceed(request);
                    }
                });
    }

    private void proceed(RoutingContext request) {
        try {
            Caller.Via via = CurrentCaller.of(request).via();
            if (via != Caller.Via.TOKEN && via != Caller.Via.PASSWORD) {
                csrf.checkHeaders(request);
            }
        } catch (ProblemException refused) {
            request.fail(refused);
            return;
        }
        request.next();
    }

    private void bySession(RoutingContext request, String secret) {
        identification
                .bySession(secret)
                .ifPresentOrElse(
                        identified -> CurrentCaller.remember(request, identified),
                        () -> cookies.clear(request, Cookies.Name.SESSION));
    }

    private void byAuthorization(RoutingContext request, String authorization, Client client) {
        String[] parts = authorization.split(" ", 2);
        String credentials = parts.length == 2 ? parts[1].strip() : "";
        if (parts[0].equalsIgnoreCase("Bearer")) {
            CurrentCaller.remember(request, identification.byToken(credentials, client.network()));
        } else if (parts[0].equalsIgnoreCase("Basic")) {
            if (!makesToken(request.request())) {
                throw new ProblemException(ProblemType.UNAUTHENTICATED, "access.basic");
            }
            String[] pair = decode(credentials).split(":", 2);
            String password = pair.length == 2 ? pair[1] : "";
            CurrentCaller.remember(request, identification.byPassword(pair[0], password, client.network()));
        } else {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated");
        }
    }

    /** Browsers remember passwords sent this way and send them along unasked: nothing else must accept them. */
    private static boolean makesToken(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST) && TOKENS.equals(request.path());
    }

    private static String decode(String credentials) {
        try {
            return new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated");
        }
    }
}
