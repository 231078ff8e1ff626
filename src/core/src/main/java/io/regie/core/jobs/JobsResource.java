package io.regie.core.jobs;

import io.regie.core.access.Access;
import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Jobs for those whose things they are about, and for editors. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Access(value = Policy.SIGNED_IN, scope = Scope.JOBS)
@Tag(name = "Jobs")
class JobsResource {
    private final JobService jobs;
    private final CurrentCaller caller;

    JobsResource(JobService jobs, CurrentCaller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /** Jobs, oldest first. */
    record JobPage(List<JobView> items) {}

    @GET
    @Operation(summary = "Jobs about a media article")
    public JobPage list(@QueryParam("media") @Nullable UUID media) {
        if (media == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "parameters-missing", "media");
        }
        return new JobPage(
                jobs.about(media).stream().filter(this::mayEdit).map(this::view).toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One job")
    public JobView get(@PathParam("id") UUID id) {
        return view(require(id));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Abandon a job and delete what it made")
    public Response cancel(@PathParam("id") UUID id) {
        jobs.cancel(require(id).id());
        return accepted(id);
    }

    @POST
    @Path("{id}/stop")
    @Operation(summary = "Finish a job early and keep what it made")
    public Response stop(@PathParam("id") UUID id) {
        jobs.stop(require(id).id());
        return accepted(id);
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Run a failed, stopped or cancelled job again")
    public Response retry(@PathParam("id") UUID id) {
        jobs.retry(require(id).id());
        return accepted(id);
    }

    private Response accepted(UUID id) {
        return Response.accepted(view(jobs.require(id))).build();
    }

    private Job require(UUID id) {
        Job job = jobs.require(id);
        if (!mayEdit(job)) {
            throw ProblemException.notFound();
        }
        return job;
    }

    /** The route has asked for the scope of jobs, which is all that a token needs for them. */
    private boolean mayEdit(Job job) {
        Caller asking = caller.get();
        Caller here = new Caller(asking.account(), asking.role(), Set.of(Scope.MEDIA_WRITE), asking.via());
        return Authorization.may(here, Action.EDIT, new Guarded(job.owner(), Visibility.PRIVATE));
    }

    private JobView view(Job job) {
        return JobView.of(job, job.state() == JobState.QUEUED ? jobs.position(job) : null);
    }
}
