package io.regie.worker;

import io.regie.spi.ByteRange;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Placement;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.spi.TrackKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The outputs of a run, each checked against the contract when it is declared: a wrong file or a hole between segments
 * shows at its author's desk instead of as a player that hangs.
 */
final class DeclaredOutputs {

    /** Time scales of media do not divide nanoseconds; a frame is never this short. */
    private static final Duration ROUNDING = Duration.ofMillis(1);

    private final Path workspace;
    private final Map<String, Early> early = new HashMap<>();
    private final Set<String> finishedNames = new HashSet<>();
    private final Set<Path> finishedFiles = new HashSet<>();

    /** @param workspace a real path */
    DeclaredOutputs(Path workspace) {
        this.workspace = workspace;
    }

    private record Early(Output output, List<Segment> segments) {}

    Output early(Output declared) {
        Output output = inWorkspace(declared);
        String name = output.name();
        Rendition rendition = output.rendition();
        if (output.role() != OutputRole.RENDITION || rendition == null) {
            throw new PluginDefectException("The early output " + name + " is not a rendition.");
        }
        if (!rendition.segments().isEmpty()) {
            throw new PluginDefectException("The early output " + name + " has segments before it began.");
        }
        if (early.containsKey(name) || finishedNames.contains(name)) {
            throw new PluginDefectException("Two outputs are named " + name + ".");
        }
        requireWithin(output, rendition.initialization(), "initialisation");
        early.put(name, new Early(output, new ArrayList<>()));
        return output;
    }

    void append(String name, Segment segment) {
        Early growing = early.get(name);
        if (growing == null || finishedNames.contains(name)) {
            throw new PluginDefectException("The output " + name + " has another segment after it was finished.");
        }
        requireNext(growing.output(), growing.segments(), segment);
        requireWithin(
                growing.output(),
                segment.range(),
                "segment " + growing.segments().size());
        growing.segments().add(segment);
    }

    Output finished(Output declared) {
        Output output = inWorkspace(declared);
        String name = output.name();
        if (!finishedNames.add(name)) {
            throw new PluginDefectException("Two outputs are named " + name + ".");
        }
        if (!finishedFiles.add(output.file())) {
            throw new PluginDefectException("The output " + name + " is the same file as another one.");
        }
        if (size(output) == 0) {
            throw new PluginDefectException("The output " + name + " is empty.");
        }
        Early announced = early.get(name);
        Rendition rendition = output.rendition();
        if (rendition != null) {
            requireWhole(output, rendition);
        }
        if (announced != null) {
            requireBeginsWith(output, announced);
        }
        return output;
    }

    /** Plugins may be built without null checks, and what is wrong here ends up in manifests. */
    private static void requireFacts(Output output) {
        boolean sensible = output.file() != null
                && output.role() != null
                && output.placement() != null
                && (output.role() == OutputRole.RENDITION) == (output.placement() == Placement.RENDITION)
                && output.mediaType() != null
                && output.mediaType().matches("[a-z]{1,20}/[a-z0-9.+-]{1,80}")
                && output.width() >= 0
                && output.height() >= 0;
        Rendition rendition = output.rendition();
        if (rendition != null) {
            sensible &= (rendition.kind() == TrackKind.VIDEO || rendition.kind() == TrackKind.AUDIO)
                    && rendition.codecs() != null
                    && rendition.codecs().matches("[A-Za-z0-9.]{1,60}")
                    && Double.isFinite(rendition.frameRate())
                    && rendition.initialization() != null
                    && rendition.peakBandwidth() > 0
                    && rendition.averageBandwidth() > 0;
        }
        if (!sensible) {
            throw new PluginDefectException("The facts of the output " + output.name() + " make no sense.");
        }
    }

    private static void requireWhole(Output output, Rendition rendition) {
        requireWithin(output, rendition.initialization(), "initialisation");
        List<Segment> before = new ArrayList<>();
        for (Segment segment : rendition.segments()) {
            requireNext(output, before, segment);
            requireWithin(output, segment.range(), "segment " + before.size());
            before.add(segment);
        }
        if (before.isEmpty()) {
            throw new PluginDefectException("The rendition " + output.name() + " is finished but has no segments.");
        }
    }

    private static void requireBeginsWith(Output output, Early announced) {
        Rendition before = announced.output().rendition();
        Rendition now = output.rendition();
        int segments = announced.segments().size();
        if (before == null
                || now == null
                || !before.initialization().equals(now.initialization())
                || now.segments().size() < segments
                || !now.segments().subList(0, segments).equals(announced.segments())) {
            throw new PluginDefectException(
                    "The finished output " + output.name() + " does not begin with what was announced of it.");
        }
    }

    private static void requireNext(Output output, List<Segment> before, Segment segment) {
        String which = "The segment " + before.size() + " of " + output.name();
        if (segment.start().isNegative()
                || segment.duration().isNegative()
                || segment.duration().isZero()) {
            throw new PluginDefectException(which + " does not last.");
        }
        if (segment.range().length() == 0) {
            throw new PluginDefectException(which + " has no bytes.");
        }
        if (before.isEmpty()) {
            Rendition rendition = output.rendition();
            if (rendition != null
                    && segment.range().offset() < rendition.initialization().end()) {
                throw new PluginDefectException(which + " overlaps the initialisation.");
            }
            return;
        }
        Segment last = before.get(before.size() - 1);
        if (segment.range().offset() != last.range().end()) {
            throw new PluginDefectException(which + " does not follow its predecessor in the file.");
        }
        Duration gap = segment.start().minus(last.start().plus(last.duration())).abs();
        if (gap.compareTo(ROUNDING) > 0) {
            throw new PluginDefectException(which + " does not follow its predecessor in time.");
        }
    }

    private static void requireWithin(Output output, ByteRange range, String what) {
        // Not by end(): a range near the largest number would overflow into a small one.
        long size = size(output);
        if (range.offset() > size || range.length() > size - range.offset()) {
            throw new PluginDefectException(
                    "The " + what + " of " + output.name() + " ends after the file's " + size + " bytes.");
        }
    }

    private static long size(Output output) {
        try {
            return Files.size(output.file());
        } catch (IOException e) {
            throw new PluginDefectException("The file of the output " + output.name() + " has gone.");
        }
    }

    private Output inWorkspace(Output output) {
        String name = output.name();
        requireFacts(output);
        Path file = workspace.resolve(output.file()).normalize();
        if (!file.startsWith(workspace) || file.equals(workspace)) {
            throw new PluginDefectException("The file of the output " + name + " is not in the workspace.");
        }
        Path part = workspace;
        for (Path step : workspace.relativize(file)) {
            part = part.resolve(step);
            if (Files.isSymbolicLink(part)) {
                throw new PluginDefectException("The file of the output " + name + " is reached by a symbolic link.");
            }
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PluginDefectException("The output " + name + " is not a file.");
        }
        return new Output(
                name,
                file,
                output.role(),
                output.placement(),
                output.mediaType(),
                output.rendition(),
                output.storyboard(),
                output.width(),
                output.height());
    }
}
