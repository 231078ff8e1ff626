package io.regie.core.studio.account;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.TokenService;
import io.regie.core.accounts.TokenService.NewToken;
import io.regie.core.accounts.TokenService.TokenView;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.Refusal;
import io.regie.core.studio.Section;
import io.regie.core.studio.Shown;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The keys that programs use in somebody's name. */
@Path(TokenPages.HERE)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class TokenPages {

    static final String HERE = "/studio/account/tokens";

    /** The lives that the form offers; whoever needs another asks the API. */
    private static final Map<String, Duration> LIVES = Map.of(
            "7", Duration.ofDays(7), "30", Duration.ofDays(30), "90", Duration.ofDays(90), "365", Duration.ofDays(365));

    private final StudioPages pages;
    private final TokenService tokens;
    private final CurrentCaller caller;
    private final InstantSource clock;

    TokenPages(StudioPages pages, TokenService tokens, CurrentCaller caller, InstantSource clock) {
        this.pages = pages;
        this.tokens = tokens;
        this.caller = caller;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "studio/account")
    static final class Templates {
        static native TemplateInstance tokens(StudioFrame frame, Tokens view, Refusal refusal);

        private Templates() {}
    }

    /**
     * What the page shows.
     *
     * @param made the token just made, this once
     * @param done what was done before this page
     */
    record Tokens(List<Row> rows, Draft draft, @Nullable NewToken made, String done) {}

    /** A token in the list. @param over whether it has expired */
    record Row(TokenView token, Shown created, @Nullable Shown lastUsed, @Nullable Shown expires, boolean over) {}

    /** What was typed. @param life in days, or {@code never} */
    record Draft(String name, List<String> scopes, String life) {

        static final Draft EMPTY = new Draft("", List.of(), "30");

        public boolean has(String scope) {
            return scopes.contains(scope);
        }
    }

    @GET
    public Response list(@RestQuery @Nullable String done) {
        return page(200, Draft.EMPTY, null, Refusal.NONE, done);
    }

    /** Answers with the page itself: a redirect would need a place to keep the secret. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(
            @RestForm @Nullable String name,
            @RestForm("scopes") @Nullable List<String> scopes,
            @RestForm @Nullable String life) {
        Draft draft =
                new Draft(name == null ? "" : name, scopes == null ? List.of() : scopes, life == null ? "" : life);
        try {
            NewToken made = tokens.create(self(), draft.name(), draft.scopes(), end(draft.life()), Optional.empty());
            return page(201, Draft.EMPTY, made, Refusal.NONE, null);
        } catch (ProblemException refused) {
            return page(refused.type().status(), draft, null, Refusal.of(refused, pages.locale()), null);
        }
    }

    @POST
    @Path("{id}/revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response revoke(UUID id) {
        tokens.revoke(self(), id);
        return Response.seeOther(URI.create(HERE + "?done=revoked")).build();
    }

    private Response page(int status, Draft draft, @Nullable NewToken made, Refusal refusal, @Nullable String done) {
        StudioFrame frame = pages.frame(Section.ACCOUNT);
        Instant now = clock.instant();
        List<Row> rows = tokens.list(self()).stream()
                .map(token -> new Row(
                        token,
                        Shown.at(token.created(), frame.locale()),
                        token.lastUsed() == null ? null : Shown.at(token.lastUsed(), frame.locale()),
                        token.expires() == null ? null : Shown.at(token.expires(), frame.locale()),
                        token.expires() != null && !token.expires().isAfter(now)))
                .toList();
        Tokens view = new Tokens(rows, draft, made, done == null ? "" : done);
        return pages.answer(status, frame, Templates.tokens(frame, view, refusal));
    }

    private @Nullable Instant end(String life) {
        if (life.equals("never")) {
            return null;
        }
        // What the form does not offer gets the shortest life.
        return clock.instant().plus(LIVES.getOrDefault(life, Duration.ofDays(7)));
    }

    private UUID self() {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }
}
