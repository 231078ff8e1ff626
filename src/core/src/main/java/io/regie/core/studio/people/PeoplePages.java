package io.regie.core.studio.people;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountChange;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.InvitationDraft;
import io.regie.core.accounts.InvitationService;
import io.regie.core.accounts.InvitationView;
import io.regie.core.accounts.OneTimeLink;
import io.regie.core.accounts.PasswordResetService;
import io.regie.core.people.PeopleService;
import io.regie.core.people.PersonView;
import io.regie.core.problem.ProblemException;
import io.regie.core.settings.SiteAddress;
import io.regie.core.studio.Refusal;
import io.regie.core.studio.Section;
import io.regie.core.studio.Shown;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.web.Ids;
import io.regie.core.web.Sizes;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Everybody with an account, and who is invited. */
@Path(PeoplePages.HERE)
@Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
class PeoplePages {

    static final String HERE = "/studio/people";

    private final StudioPages pages;
    private final PeopleService people;
    private final AccountService accounts;
    private final InvitationService invitations;
    private final PasswordResetService resets;
    private final SiteAddress address;
    private final CurrentCaller caller;
    private final RoutingContext request;

    PeoplePages(
            StudioPages pages,
            PeopleService people,
            AccountService accounts,
            InvitationService invitations,
            PasswordResetService resets,
            SiteAddress address,
            CurrentCaller caller,
            RoutingContext request) {
        this.pages = pages;
        this.people = people;
        this.accounts = accounts;
        this.invitations = invitations;
        this.resets = resets;
        this.address = address;
        this.caller = caller;
        this.request = request;
    }

    @CheckedTemplate(basePath = "studio/people")
    static final class Templates {
        static native TemplateInstance list(StudioFrame frame, People view, Refusal refusal);

        static native TemplateInstance person(StudioFrame frame, Person view, Refusal refusal);

        private Templates() {}
    }

    /**
     * The list.
     *
     * @param made the link just made, this once
     * @param done what was done before this page
     */
    record People(List<Row> rows, List<Waiting> waiting, Draft draft, @Nullable Made made, boolean mails, String done) {

        public List<String> roles() {
            return ROLES;
        }
    }

    /** One line of it. @param self whether it is who looks */
    record Row(PersonView person, boolean self, String size, @Nullable Shown lastSignIn) {

        public String role() {
            return word(person.role());
        }

        /** The first letter, for the picture of who has none. */
        public String initial() {
            String name = person.name();
            return name.isEmpty() ? "?" : new String(Character.toChars(name.codePointAt(0))).toUpperCase(Locale.ROOT);
        }
    }

    record Waiting(InvitationView invitation, Shown expires) {

        public String role() {
            return word(invitation.role());
        }
    }

    /** A link just made. */
    record Made(OneTimeLink link, Shown expires) {}

    record Draft(String email, String role) {

        static final Draft EMPTY = new Draft("", "author");
    }

    /** @param heirs who could own what this person has */
    record Person(Row row, List<PersonView> heirs, @Nullable Made made, String done) {

        public List<String> roles() {
            return ROLES;
        }
    }

    private static final List<String> ROLES = List.of("contributor", "author", "editor", "admin");

    @GET
    public Response list(@RestQuery @Nullable String done) {
        return list(200, Draft.EMPTY, null, Refusal.NONE, done);
    }

    /** Answers with the page itself: a redirect would need a place to keep the link. */
    @POST
    @Path("invite")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response invite(@RestForm @Nullable String email, @RestForm @Nullable String role) {
        Draft draft = new Draft(text(email).strip(), text(role));
        try {
            OneTimeLink made = invitations.invite(
                    self(), new InvitationDraft(draft.email(), role(draft.role())), address.of(request));
            return list(201, Draft.EMPTY, made, Refusal.NONE, null);
        } catch (ProblemException refused) {
            return list(refused.type().status(), draft, null, Refusal.of(refused, pages.locale()), null);
        }
    }

    @POST
    @Path("invitations/{id}/withdraw")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response withdraw(UUID id) {
        invitations.withdraw(id);
        return to(HERE + "?done=withdrawn");
    }

    @GET
    @Path("{id}")
    public Response person(UUID id, @RestQuery @Nullable String done) {
        return person(200, id, null, Refusal.NONE, done);
    }

    @POST
    @Path("{id}/role")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changeRole(UUID id, @RestForm @Nullable String role) {
        return change(id, new AccountChange(null, role(text(role)), null, null), "role");
    }

    @POST
    @Path("{id}/disable")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response disable(UUID id) {
        return change(id, new AccountChange(null, null, true, null), "disabled");
    }

    @POST
    @Path("{id}/enable")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response enable(UUID id) {
        return change(id, new AccountChange(null, null, false, null), "enabled");
    }

    @POST
    @Path("{id}/transfer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response transfer(UUID id, @RestForm @Nullable String to) {
        try {
            accounts.transfer(id, account(to));
            return to(HERE + "/" + id + "?done=transferred");
        } catch (ProblemException refused) {
            return refused(id, refused);
        }
    }

    @POST
    @Path("{id}/password-link")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response passwordLink(UUID id) {
        try {
            return person(201, id, resets.create(id, address.of(request)), Refusal.NONE, null);
        } catch (ProblemException refused) {
            return refused(id, refused);
        }
    }

    private Response change(UUID id, AccountChange change, String done) {
        try {
            accounts.change(id, change);
            return to(HERE + "/" + id + "?done=" + done);
        } catch (ProblemException refused) {
            return refused(id, refused);
        }
    }

    private Response refused(UUID id, ProblemException refused) {
        return person(refused.type().status(), id, null, Refusal.of(refused, pages.locale()), null);
    }

    private Response list(int status, Draft draft, @Nullable OneTimeLink made, Refusal refusal, @Nullable String done) {
        StudioFrame frame = pages.frame(Section.PEOPLE);
        People view = new People(
                people.list().stream()
                        .map(person -> row(person, frame.locale()))
                        .toList(),
                invitations.list().stream()
                        .map(each -> new Waiting(each, Shown.at(each.expires(), frame.locale())))
                        .toList(),
                draft,
                shown(made, frame.locale()),
                resets.possible(),
                text(done));
        return pages.answer(status, frame, Templates.list(frame, view, refusal));
    }

    private Response person(int status, UUID id, @Nullable OneTimeLink made, Refusal refusal, @Nullable String done) {
        PersonView person = people.require(id);
        StudioFrame frame = pages.frame(Section.PEOPLE);
        List<PersonView> heirs = people.list().stream()
                .filter(other -> !other.disabled() && !other.id().equals(id))
                .toList();
        Person view = new Person(row(person, frame.locale()), heirs, shown(made, frame.locale()), text(done));
        return pages.answer(status, frame, Templates.person(frame, view, refusal));
    }

    private Row row(PersonView person, Locale locale) {
        return new Row(
                person,
                person.id().equals(caller.get().account()),
                Sizes.about(person.bytes(), locale),
                person.lastSignIn() == null ? null : Shown.at(person.lastSignIn(), locale));
    }

    private static @Nullable Made shown(@Nullable OneTimeLink made, Locale locale) {
        return made == null ? null : new Made(made, Shown.at(made.expires(), locale));
    }

    private UUID self() {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }

    private static Role role(String word) {
        return Optional.of(word)
                .filter(ROLES::contains)
                .flatMap(known -> Arrays.stream(Role.values())
                        .filter(role -> word(role).equals(known))
                        .findFirst())
                .orElseThrow(() -> ProblemException.invalidField("role", "accounts.role-visitor"));
    }

    private static UUID account(@Nullable String id) {
        return Ids.parse(text(id)).orElseThrow(() -> ProblemException.invalidField("to", "accounts.heir"));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Response to(String page) {
        return Response.seeOther(URI.create(page)).build();
    }
}
