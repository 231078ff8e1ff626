package io.regie.core.media;

import io.regie.spi.ByteRange;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.spi.TrackKind;
import jakarta.persistence.Basic;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One encoded version of an article's original, as one attempt made it. */
@Entity
@Table(name = "rendition")
class RenditionRow {

    enum State {
        GROWING,
        FINISHED,
        RETIRED
    }

    @Id
    UUID id;

    UUID article;
    UUID job;
    String jobType;
    int attempt;
    String name;

    @Enumerated(EnumType.STRING)
    State state;

    @Enumerated(EnumType.STRING)
    TrackKind track;

    String codecs;
    int width;
    int height;
    double frameRate;
    int channels;
    int sampleRate;

    @Nullable
    String language;

    long peakBandwidth;
    long averageBandwidth;
    long initOffset;
    long initLength;

    @Nullable
    String growingFile;

    @Nullable
    String storageKey;

    @Nullable
    String sha256;

    long bytes;

    /** Thousands for a long film; most readers of a row do not want them. */
    @Basic(fetch = FetchType.LAZY)
    @Convert(converter = SegmentsColumn.class)
    @Nullable
    List<Segment> segments;

    @Nullable
    Instant finishedAt;

    @Nullable
    Instant retiredAt;

    void describe(Rendition facts) {
        track = facts.kind();
        codecs = facts.codecs();
        width = facts.width();
        height = facts.height();
        frameRate = facts.frameRate();
        channels = facts.channels();
        sampleRate = facts.sampleRate();
        language = facts.language();
        peakBandwidth = facts.peakBandwidth();
        averageBandwidth = facts.averageBandwidth();
        initOffset = facts.initialization().offset();
        initLength = facts.initialization().length();
    }

    ByteRange initialization() {
        return new ByteRange(initOffset, initLength);
    }
}
