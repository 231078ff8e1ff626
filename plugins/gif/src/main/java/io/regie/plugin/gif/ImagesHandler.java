package io.regie.plugin.gif;

import io.regie.ffmpeg.Animation;
import io.regie.ffmpeg.Animation.Image;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.spi.Estimate;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes an animation of images, each shown for a time of its own. */
final class ImagesHandler implements JobHandler {

    private static final String IMAGES = "images";
    private static final int MAX_IMAGES = 500;

    /** Below this viewers choose a time of their own, above it a GIF cannot count. */
    private static final int MIN_CENTISECONDS = 2;

    private static final int MAX_CENTISECONDS = 65_535;

    private static final JobType TYPE = JobType.onDemand(
            "gif.images",
            "images.title",
            Set.of(MediaKind.IMAGE),
            List.of(
                    new Parameter(
                            IMAGES,
                            Parameter.Type.IMAGE_LIST,
                            "images.images",
                            null,
                            1d,
                            (double) MAX_IMAGES,
                            List.of()),
                    Wishes.format(),
                    Wishes.quality(),
                    Wishes.width(),
                    Wishes.loops(),
                    Wishes.caption(),
                    Wishes.result()),
            Resources.heavy());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public Estimate estimate(JobRequest request) {
        try {
            List<Image> images = images(request);
            return AnimationEstimate.ofImages(
                    request.inputs().get(0).info(), images.size(), new Wishes(request).settings());
        } catch (JobFailedException e) {
            return Estimate.unknown();
        }
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        List<Image> images = images(request);
        Wishes wishes = new Wishes(request);
        boolean article = wishes.isArticle();
        Path file = wishes.file(context.workspace());
        try {
            Animation.Written written =
                    Animation.ofImages(images, wishes.settings(), file, AnimationHandler.watch(context));
            return JobResult.of(List.of(MadeAnimation.output(wishes, file, written, article)));
        } catch (RefusedMediaException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }

    private static List<Image> images(JobRequest request) throws JobFailedException {
        if (!(request.parameters().get(IMAGES) instanceof List<?> list) || list.isEmpty() || list.size() > MAX_IMAGES) {
            throw Failures.badInput("An animation needs 1 to %d images.".formatted(MAX_IMAGES));
        }
        List<Image> images = new ArrayList<>();
        for (Object item : list) {
            String which = "Image %d of %d".formatted(images.size() + 1, list.size());
            if (!(item instanceof Map<?, ?> image
                    && image.get("input") instanceof Number input
                    && image.get("seconds") instanceof Number seconds)) {
                throw Failures.badInput(which + " is not described.");
            }
            if (input.intValue() < 0 || input.intValue() >= request.inputs().size()) {
                throw Failures.badInput(which + " was not given.");
            }
            MediaFile file = request.inputs().get(input.intValue());
            if (file.info().kind() != MediaKind.IMAGE) {
                throw Failures.badInput(which + " is not an image.");
            }
            long centiseconds = Math.round(seconds.doubleValue() * 100);
            images.add(
                    new Image(file.path(), (int) Math.max(MIN_CENTISECONDS, Math.min(MAX_CENTISECONDS, centiseconds))));
        }
        return images;
    }
}
