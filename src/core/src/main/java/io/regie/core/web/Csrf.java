package io.regie.core.web;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a request which changes something was meant by the person whose browser sent it. The token is a digest of
 * the cookie's secret: bound to the session, nothing to store, and useless for learning the secret.
 */
@Singleton
public class Csrf {

    public static final String HEADER = "X-CSRF-Token";
    public static final String FIELD = "csrf";

    private static final String EXPECTED = Csrf.class.getName();
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration FORM_LIFE = Duration.ofHours(12);

    private final Cookies cookies;

    Csrf(Cookies cookies) {
        this.cookies = cookies;
    }

    /** What a page's forms and scripts send back; makes the cookie it is bound to where there is none. */
    public String token(RoutingContext request) {
        Optional<String> secret = secret(request);
        if (secret.isPresent()) {
            return digest(secret.get());
        }
        String fresh = Secrets.fresh();
        cookies.set(request, Cookies.Name.FORM, fresh, FORM_LIFE);
        return digest(fresh);
    }

    static boolean harmless(RoutingContext request) {
        return HARMLESS.contains(request.request().method());
    }

    /**
     * Checks what headers say. A form without the header stays to be checked by {@link #checkForm}. A visitor's request
     * that is no form carries no rights that a foreign page could borrow; it only must not come from one.
     *
     * @throws ProblemException when the request was not meant
     */
    void checkHeaders(RoutingContext request) {
        if (harmless(request)) {
            return;
        }
        checkOrigin(request);
        String sent = request.request().getHeader(HEADER);
        if (sent != null) {
            compare(secret(request), sent);
        } else if (form(request)) {
            request.put(EXPECTED, secret(request).map(Csrf::digest).orElse(""));
        } else if (bySession(request)) {
            throw refusal();
        }
    }

    /** Whether {@link #checkForm} is still to be called. */
    static boolean formUnchecked(RoutingContext request) {
        return request.get(EXPECTED) != null;
    }

    static void checkForm(RoutingContext request, @Nullable String sent) {
        String expected = request.get(EXPECTED);
        if (sent == null || expected.isEmpty() || !Secrets.equal(expected, sent)) {
            throw refusal();
        }
        request.remove(EXPECTED);
    }

    static void checkOrigin(RoutingContext request) {
        String site = request.request().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw refusal();
        }
        String origin = request.request().getHeader("Origin");
        // Host and port only: a proxy that speaks https for us may not say so.
        if (origin != null && !sameHost(origin, Client.of(request))) {
            throw refusal();
        }
    }

    private static boolean sameHost(String origin, Client client) {
        int start = origin.indexOf("://");
        return start > 0 && Client.withoutUsualPort(origin.substring(start + 3)).equals(client.canonicalAuthority());
    }

    private void compare(Optional<String> secret, @Nullable String sent) {
        if (sent == null || secret.isEmpty() || !Secrets.equal(digest(secret.get()), sent)) {
            throw refusal();
        }
    }

    /** A session cookie that is no longer good is about to disappear, and nothing must hang on it. */
    private Optional<String> secret(RoutingContext request) {
        return cookies.find(request, bySession(request) ? Cookies.Name.SESSION : Cookies.Name.FORM);
    }

    private static boolean bySession(RoutingContext request) {
        return CurrentCaller.of(request).via() == Caller.Via.SESSION;
    }

    private static boolean form(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        return type != null && (type.regionMatches(true, 0, FORM, 0, FORM.length()) || FileForms.multipart(request));
    }

    private static String digest(String secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("csrf:" + secret).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static ProblemException refusal() {
        return new ProblemException(ProblemType.FORBIDDEN, "access.csrf");
    }
}
