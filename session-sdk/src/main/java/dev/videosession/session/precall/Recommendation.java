package dev.videosession.session.precall;

import dev.videosession.media.source.VideoFormat;
import java.util.List;
import java.util.Optional;

/** Chooses the video that a measured path carries. */
final class Recommendation {
    private record Step(VideoFormat format, long bitrate) {}

    /** From the largest to the smallest; each with the bits a second that it needs, and that leave room for audio. */
    private static final List<Step> STEPS = List.of(
            new Step(VideoFormat.P720, 1_900_000),
            new Step(new VideoFormat(960, 540, 30), 1_000_000),
            new Step(VideoFormat.P360, 500_000),
            new Step(new VideoFormat(320, 180, 30), 200_000),
            new Step(new VideoFormat(320, 180, 15), 130_000));

    private static final double LOSS_PERCENT = 5;
    private static final double HEAVY_LOSS_PERCENT = 15;

    private Recommendation() {}

    /** {@return the video for a path, or empty for audio only} */
    static Optional<VideoFormat> of(PreCallMeasurement measured) {
        int first = 0;
        while (first < STEPS.size() && measured.bitrate() < STEPS.get(first).bitrate()) {
            first++;
        }
        if (measured.cpuLimited()) {
            first = Math.max(first, 2);
        }
        first += measured.lossPercent() >= HEAVY_LOSS_PERCENT ? 2 : measured.lossPercent() >= LOSS_PERCENT ? 1 : 0;
        return first < STEPS.size() ? Optional.of(STEPS.get(first).format()) : Optional.empty();
    }
}
