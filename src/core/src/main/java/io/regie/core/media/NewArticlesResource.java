package io.regie.core.media;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The site's standards for new media articles. */
@Path("/api/v1/settings/new-articles")
@Produces(MediaType.APPLICATION_JSON)
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
class NewArticlesResource {

    private final NewArticles articles;
    private final Downloads downloads;

    NewArticlesResource(NewArticles articles, Downloads downloads) {
        this.articles = articles;
        this.downloads = downloads;
    }

    /**
     * @param licence a code such as {@code CC-BY-4.0}, null for none
     * @param downloads {@code yes}, {@code signed_in} or {@code no}: who may download what says nothing itself, also what
     *     is there already; absent to leave it
     */
    record Standards(@Nullable String licence, @Nullable String downloads) {}

    @GET
    public Standards read() {
        return new Standards(articles.licence().map(Licence::code).orElse(null), Views.lower(downloads.standard()));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Standards change(@NotNull Standards wanted) {
        articles.changeLicence(wanted.licence());
        if (wanted.downloads() != null) {
            downloads.changeStandard(MediaQueryWords.parse(DownloadRule.class, wanted.downloads()));
        }
        return read();
    }
}
