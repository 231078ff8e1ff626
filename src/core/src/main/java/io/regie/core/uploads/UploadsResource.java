package io.regie.core.uploads;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a client asks before it uploads. Uploading itself speaks tus. */
@Path(TusRoutes.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
@Tag(name = "Uploads")
class UploadsResource {

    private static final String SHA_256 = "[0-9a-f]{64}";

    private final UploadService service;
    private final Quotas quotas;
    private final CurrentCaller caller;

    UploadsResource(UploadService service, Quotas quotas, CurrentCaller caller) {
        this.service = service;
        this.quotas = quotas;
        this.caller = caller;
    }

    /**
     * An upload that waits for more bytes.
     *
     * @param url where they go
     * @param length null until it is declared
     * @param received bytes that were here when this was last known for certain
     * @param modified what the client said about when the file was changed, to know it again
     */
    record UnfinishedView(
            UUID id,
            String url,
            String filename,
            @Nullable String title,
            String visibility,
            @Nullable Long length,
            long received,
            @Nullable String modified,
            Instant expires) {

        static UnfinishedView of(UploadRow row) {
            return new UnfinishedView(
                    row.id(),
                    TusRoutes.PATH + "/" + row.id(),
                    row.filename(),
                    row.title(),
                    row.visibility().name().toLowerCase(Locale.ROOT),
                    row.length(),
                    row.acknowledged(),
                    UploadMetadata.modified(row.metadata()),
                    row.expires());
        }
    }

    record UnfinishedUploads(List<UnfinishedView> items) {}

    /**
     * @param bytes what your originals and unfinished uploads may take together, null for no limit
     * @param left what is not taken yet, null for no limit
     */
    record QuotaView(@Nullable Long bytes, @Nullable Long left) {}

    /** @param article the one that was made of the same file, null for none */
    record Duplicate(@Nullable UUID article) {}

    @GET
    @Operation(summary = "Your unfinished uploads")
    public UnfinishedUploads unfinished() {
        return new UnfinishedUploads(service.unfinished(caller.get()).stream()
                .map(UnfinishedView::of)
                .toList());
    }

    @GET
    @Path("quota")
    @Operation(summary = "How much you may upload and keep")
    public QuotaView quota() {
        return quotas.find(caller.get())
                .map(quota -> new QuotaView(quota.bytes(), quota.left()))
                .orElse(new QuotaView(null, null));
    }

    @GET
    @Path("duplicate")
    @Operation(summary = "Whether you have uploaded a file already: by its hash, or by name and size")
    public Duplicate duplicate(
            @QueryParam("filename") @Nullable String filename,
            @QueryParam("bytes") @Nullable Long bytes,
            @QueryParam("sha256") @Nullable String sha256) {
        if (filename == null || bytes == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "parameters-missing", "filename, bytes");
        }
        if (sha256 != null && !sha256.matches(SHA_256)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "uploads.hash-malformed");
        }
        return new Duplicate(
                service.findDuplicate(caller.get(), filename, bytes, sha256).orElse(null));
    }
}
