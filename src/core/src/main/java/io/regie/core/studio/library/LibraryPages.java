package io.regie.core.studio.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountService;
import io.regie.core.categories.CategoryService;
import io.regie.core.media.MediaLibrary;
import io.regie.core.media.MediaPage;
import io.regie.core.media.MediaQuery;
import io.regie.core.media.MediaQuery.Reach;
import io.regie.core.media.MediaQueryWords;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.studio.CategoryChoice;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Every article that the person may change. Each view has its address, with or without scripts. */
@Path(LibraryAddress.PATH)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class LibraryPages {

    private static final int PAGE = 48;

    private final StudioPages pages;
    private final MediaLibrary library;
    private final AccountService accounts;
    private final CategoryService categories;
    private final CurrentCaller caller;

    LibraryPages(
            StudioPages pages,
            MediaLibrary library,
            AccountService accounts,
            CategoryService categories,
            CurrentCaller caller) {
        this.pages = pages;
        this.library = library;
        this.accounts = accounts;
        this.categories = categories;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/library")
    static final class Templates {
        static native TemplateInstance library(
                StudioFrame frame, Library library, List<Owner> owners, List<CategoryChoice> categories);

        static native TemplateInstance results(Library library);

        static native TemplateInstance items(Library library);

        private Templates() {}
    }

    /** Somebody whose articles one may ask for. */
    record Owner(String id, String name) {}

    /**
     * The page, what a script puts in the place of the results, or what it puts after them.
     *
     * @param script whether htmx asks
     * @param trigger the element that asks
     * @param typing whether somebody is in the middle of a word
     */
    @GET
    public Response library(
            @Context UriInfo address,
            @HeaderParam("HX-Request") @Nullable String script,
            @HeaderParam("HX-Trigger") @Nullable String trigger,
            @HeaderParam("Regie-Typing") @Nullable String typing) {
        Library view = look(address);
        StudioFrame frame = pages.frame(Section.LIBRARY);
        if (script == null) {
            return pages.answer(frame, Templates.library(frame, view, owners(), CategoryChoice.of(categories.tree())));
        }
        if (!view.first()) {
            return pages.answer(frame, Templates.items(view));
        }
        Response answer = pages.answer(frame, Templates.results(view));
        if ("results".equals(trigger)) {
            // Only looked again at what was there.
            return answer;
        }
        // Back leads to the view before, not through each letter of a word.
        String header = typing == null ? "HX-Push-Url" : "HX-Replace-Url";
        return Response.fromResponse(answer)
                .header(header, view.address().toString())
                .build();
    }

    /** Some articles once more, as they stand in the list; those that are gone are missing. */
    @GET
    @Path("items")
    public Response items(@RestQuery List<UUID> id, @Context UriInfo address) {
        if (id.size() > MediaQuery.MAX_LIMIT) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "media-bulk-size", MediaQuery.MAX_LIMIT);
        }
        MediaPage found = new MediaPage(library.editable(caller.get(), id, pages.locale()), null, null);
        MediaQuery query = MediaQuery.latest(PAGE);
        return pages.answer(
                pages.frame(Section.LIBRARY),
                Templates.items(new Library(found, query, table(address), caller.get(), pages.locale())));
    }

    /** Everybody else who has articles here. */
    private List<Owner> owners() {
        Set<UUID> owners = library.owners(caller.get());
        if (owners.isEmpty()) {
            return List.of();
        }
        return accounts.list().stream()
                .filter(account -> owners.contains(account.id())
                        && !account.id().equals(caller.get().account()))
                .map(account -> new Owner(account.id().toString(), account.name()))
                .sorted(Comparator.comparing(Owner::name, Collator.getInstance(pages.locale())))
                .toList();
    }

    private Library look(UriInfo address) {
        Caller who = caller.get();
        MediaQuery asked = MediaQueryWords.parse(
                address.getQueryParameters(), who, Reach.EDITABLE, PAGE, Set.of(LibraryAddress.VIEW));
        MediaQuery query = new MediaQuery(asked.filter(), asked.sort(), Reach.EDITABLE, asked.limit(), asked.cursor());
        MediaPage page = query.cursor() == null
                ? library.counted(who, query, pages.locale())
                : library.page(who, query, pages.locale());
        return new Library(page, query, table(address), who, pages.locale());
    }

    private static boolean table(UriInfo address) {
        String view = address.getQueryParameters().getFirst(LibraryAddress.VIEW);
        if (view == null || view.isEmpty() || view.equals("grid")) {
            return false;
        }
        if (!view.equals("table")) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "media-word-unknown", view);
        }
        return true;
    }
}
