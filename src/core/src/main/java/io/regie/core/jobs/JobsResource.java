package io.regie.core.jobs;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.jobs.CallersJobs.Retried;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Jobs for those whose things they are about, and for editors. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Access(value = Policy.SIGNED_IN, scope = Scope.JOBS)
@Tag(name = "Jobs", description = "Background work on media articles: watch it, end it, try it again")
class JobsResource {
    private final CallersJobs jobs;
    private final CurrentCaller caller;
    private final RoutingContext request;

    JobsResource(CallersJobs jobs, CurrentCaller caller, RoutingContext request) {
        this.jobs = jobs;
        this.caller = caller;
        this.request = request;
    }

    /** @param days the oldest first; the last one is today */
    record JobFigures(List<JobDay> days) {}

    @GET
    @Operation(
            summary = "List jobs, newest first",
            description = "Those about one's own articles; for editors, everybody's.")
    public JobPage list(
            @Parameter(description = "Only those about this media article") @QueryParam("media") @Nullable UUID media,
            @Parameter(
                            description = "Only those in one of these states",
                            schema =
                                    @Schema(
                                            enumeration = {
                                                "queued",
                                                "running",
                                                "succeeded",
                                                "failed",
                                                "cancelled",
                                                "stopped"
                                            }))
                    @QueryParam("state")
                    List<String> states,
            @Parameter(description = "Only those of this job type") @QueryParam("type") @Nullable String type,
            @Parameter(description = "Where to go on: `next` of the page before") @QueryParam("cursor") @Nullable
                    String cursor,
            @Parameter(description = "At most so many, up to 100") @QueryParam("limit") @DefaultValue("50") int limit) {
        JobFilter filter = new JobFilter(media, JobFilter.states(states), type);
        return jobs.list(caller.get(), filter, cursor, limit, Languages.of(request));
    }

    @GET
    @Path("figures")
    @Operation(
            summary = "Figures of the last days",
            description = "By the days of the site's time zone. Jobs of deleted rows are counted too.")
    public JobFigures figures(
            @Parameter(description = "How many days, up to 366") @QueryParam("days") @DefaultValue("30") int days,
            @Parameter(description = "Only jobs of this type") @QueryParam("type") @Nullable String type) {
        return new JobFigures(jobs.figures(caller.get(), days, type));
    }

    @POST
    @Path("retry-failed")
    @Operation(
            summary = "Run all failed jobs again",
            description = "At most 500 at a time; `left` says how many are still to do.")
    public Retried retryFailed() {
        return jobs.retryFailed(caller.get());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One job, with its log")
    public JobView get(@PathParam("id") UUID id) {
        return jobs.require(caller.get(), id, Languages.of(request));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Abandon a job and delete what it made")
    @APIResponse(
            responseCode = "202",
            description = "It will end",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response cancel(@PathParam("id") UUID id) {
        return accepted(jobs.cancel(caller.get(), id, Languages.of(request)));
    }

    @POST
    @Path("{id}/stop")
    @Operation(summary = "Finish a job early and keep what it made")
    @APIResponse(
            responseCode = "202",
            description = "It will end",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response stop(@PathParam("id") UUID id) {
        return accepted(jobs.stop(caller.get(), id, Languages.of(request)));
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Run a failed, stopped or cancelled job again")
    @APIResponse(
            responseCode = "202",
            description = "It waits again",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response retry(@PathParam("id") UUID id) {
        return accepted(jobs.retry(caller.get(), id, Languages.of(request)));
    }

    private static Response accepted(JobView job) {
        return Response.accepted(job).build();
    }
}
