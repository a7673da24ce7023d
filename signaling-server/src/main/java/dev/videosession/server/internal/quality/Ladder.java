package dev.videosession.server.internal.quality;

import dev.videosession.protocol.Dimensions;
import dev.videosession.server.internal.router.Layers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The levels at which a video can be sent, from the cheapest to the best. Level 0 is no video. Each encoding is there with a quarter of
 * its frame rate only if it is the smallest one, with half of it if it is a larger one, and with all of it. Video without temporal layers
 * has the last of these only.
 */
public final class Ladder {
    /** Bitrates in kilobits per second that the native encoder uses at most for an encoding, by its pixels. */
    private static final int[][] BITRATES = {{320 * 180, 200}, {480 * 270, 450}, {640 * 360, 700}, {960 * 540, 1400}};

    private static final int LARGEST_BITRATE = 2500;
    private static final double[] TEMPORAL_SHARE = {0.4, 0.6, 1};
    private static final Dimensions UNKNOWN = new Dimensions(1280, 720);

    private final List<Level> levels;
    private final int encodings;

    /**
     * One level.
     *
     * @param spatial index of the encoding
     * @param temporal index of the frame rate
     * @param kilobits what it needs at most, per second
     */
    public record Level(int spatial, int temporal, int kilobits) {}

    /**
     * Makes the ladder of a stream.
     *
     * @param published size of the largest encoding, or null if it is not known
     * @param encodings how many encodings the publisher sends, at least 1
     * @param temporal whether each encoding can be sent with some of its frames, as in VP8
     */
    public Ladder(@Nullable Dimensions published, int encodings, boolean temporal) {
        this.encodings = encodings;
        List<Level> made = new ArrayList<>();
        for (int spatial = 0; spatial < encodings; spatial++) {
            int bitrate = bitrate(published == null ? UNKNOWN : published, 1 << (encodings - 1 - spatial));
            if (temporal) {
                made.add(level(spatial, spatial == 0 ? 0 : 1, bitrate));
            }
            made.add(level(spatial, Layers.MAX_TEMPORAL, bitrate));
        }
        levels = List.copyOf(made);
    }

    private static Level level(int spatial, int temporal, int bitrate) {
        return new Level(spatial, temporal, (int) (bitrate * TEMPORAL_SHARE[temporal]));
    }

    private static int bitrate(Dimensions published, int divisor) {
        long pixels = (long) (published.width() / divisor) * (published.height() / divisor);
        for (int[] each : BITRATES) {
            if (pixels <= each[0]) {
                return each[1];
            }
        }
        return LARGEST_BITRATE;
    }

    /** {@return the best level} */
    public int top() {
        return levels.size();
    }

    /**
     * {@return what a level needs at most, in kilobits per second}
     *
     * @param level 0 to {@link #top()}
     */
    public int kilobits(int level) {
        return level == 0 ? 0 : levels.get(level - 1).kilobits();
    }

    /**
     * {@return the best level that needs at most this}
     *
     * @param kilobits per second
     */
    public int within(double kilobits) {
        int level = top();
        while (level > 0 && kilobits(level) > kilobits) {
            level--;
        }
        return level;
    }

    /**
     * {@return the lowest level that has everything of a choice of layers}
     *
     * @param layers what a subscriber wants
     */
    public int levelOf(Layers layers) {
        for (int level = 1; level <= top(); level++) {
            Level each = levels.get(level - 1);
            if (each.spatial() >= spatial(layers) && each.temporal() >= layers.temporal()) {
                return level;
            }
        }
        return top();
    }

    private int spatial(Layers layers) {
        return Math.min(layers.spatial(), encodings - 1);
    }

    /**
     * Limits a choice of layers to a level.
     *
     * @param layers what a subscriber wants
     * @param level 0 to {@link #top()}
     * @return what it gets
     */
    public Layers limit(Layers layers, int level) {
        if (level == 0) {
            return layers.withoutVideo();
        }
        Level most = levels.get(level - 1);
        int wanted = spatial(layers);
        if (wanted < most.spatial()) {
            return layers;
        }
        int temporal = wanted > most.spatial() ? most.temporal() : Math.min(layers.temporal(), most.temporal());
        int spatial = encodings == 1 ? layers.spatial() : most.spatial();
        return new Layers(layers.audio(), layers.video(), spatial, Math.min(temporal, layers.temporal()));
    }
}
