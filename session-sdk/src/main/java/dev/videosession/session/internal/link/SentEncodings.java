package dev.videosession.session.internal.link;

import dev.videosession.media.stats.LayerStats;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which encodings of a video are sent to a media router. Usually the ones that its subscribers need. While the path of the
 * publisher carries too little for the largest one of them, the smaller ones are sent, too: the router forwards what arrives, and a
 * small picture that moves is better than a large one that does not. The native library also sends more than it has to then, up to what
 * the larger encodings need, and so finds out sooner that the path has recovered.
 *
 * <p>Used on the session's loop.
 */
final class SentEncodings {
    /** About what the native library needs at least for an encoding: 150 kbit/s for 640x360, 600 kbit/s for 1280x720. */
    private static final double BITS_PER_PIXEL = 0.65;

    /** The path must carry this many times what the largest encoding needs before the smaller ones are paused. */
    private static final double RESERVE = 1.5;

    private static final long POOR_MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final long RECOVERED_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private @Nullable Set<Integer> needed;
    private boolean poor;
    private boolean changing;
    private long changingSince;

    /** Sets the indexes of the encodings that subscribers need, 0 for the smallest; null for all. */
    void need(@Nullable List<Integer> indexes) {
        needed = indexes == null ? null : Set.copyOf(indexes);
    }

    /**
     * Takes a measurement of the path.
     *
     * @param nowMillis the time, of any origin
     * @param availableBitrate estimate in bits a second, 0 if there is none
     * @param encodings of the video, from the smallest to the largest
     * @return whether {@link #indexes()} may have changed
     */
    boolean measured(long nowMillis, long availableBitrate, List<LayerStats> encodings) {
        int largest = largest(encodings.size());
        double least = leastBitrate(encodings, largest);
        if (largest < 1) {
            poor = false;
        }
        if (availableBitrate == 0 || least == 0 || largest < 1) {
            changing = false;
            return false;
        }
        boolean wanted = poor ? availableBitrate >= RESERVE * least : availableBitrate < least;
        if (!wanted) {
            changing = false;
            return false;
        }
        if (!changing) {
            changing = true;
            changingSince = nowMillis;
        }
        if (nowMillis - changingSince < (poor ? RECOVERED_MILLIS : POOR_MILLIS)) {
            return false;
        }
        poor = !poor;
        changing = false;
        return true;
    }

    /** {@return the bits a second that the largest encoding needs at least, 0 if no size is known} */
    private static double leastBitrate(List<LayerStats> encodings, int largest) {
        return IntStream.range(0, encodings.size())
                .filter(index -> encodings.get(index).active()) // another one may have its size from a former source
                .mapToDouble(index -> {
                    LayerStats encoding = encodings.get(index);
                    double scale =
                            Math.pow(4, largest - (double) index); // each has four times the pixels of the one before
                    return BITS_PER_PIXEL * encoding.width() * encoding.height() * scale;
                })
                .max()
                .orElse(0);
    }

    private int largest(int count) {
        return needed == null
                ? count - 1
                : needed.stream()
                        .mapToInt(Integer::intValue)
                        .filter(index -> index < count)
                        .max()
                        .orElse(0);
    }

    /** {@return the indexes of the encodings to send; null for all} */
    @Nullable
    Set<Integer> indexes() {
        if (needed == null || needed.isEmpty() || !poor) {
            return needed;
        }
        Set<Integer> all = new HashSet<>();
        int largest = needed.stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int index = 0; index <= largest; index++) {
            all.add(index);
        }
        return all;
    }
}
