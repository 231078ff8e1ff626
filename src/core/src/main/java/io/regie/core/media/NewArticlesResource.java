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

    NewArticlesResource(NewArticles articles) {
        this.articles = articles;
    }

    /** @param licence a code such as {@code CC-BY-4.0}, null for none */
    record Standards(@Nullable String licence) {}

    @GET
    public Standards read() {
        return new Standards(articles.licence().map(Licence::code).orElse(null));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Standards change(@NotNull Standards wanted) {
        articles.changeLicence(wanted.licence());
        return read();
    }
}
