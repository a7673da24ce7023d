package dev.videosession.app.call;

import dev.videosession.protocol.StreamId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides from audio levels which participant speaks. Another one becomes the speaker after having been the loudest for
 * {@value #SETTLE_NANOS} ns; between two words nothing changes. Not thread-safe.
 */
final class SpeakerTracker {
    private static final long SETTLE_NANOS = 400_000_000;
    private static final long SILENCE_NANOS = 1_500_000_000;
    private static final double AUDIBLE = 0.01;
    private static final double DECAY = 0.85;

    private final Map<StreamId, Double> levels = new HashMap<>();
    private @Nullable StreamId speaker;
    private @Nullable StreamId candidate;
    private long candidateSince;
    private long lastHeard;

    /**
     * Takes a level.
     *
     * @param level 0 to 1
     * @param nanos of a monotonic clock
     * @return the stream whose participant speaks, or null if none does
     */
    @Nullable
    StreamId level(StreamId stream, double level, long nanos) {
        levels.merge(stream, level, (before, now) -> Math.max(now, before * DECAY));
        StreamId loudest = null;
        double most = AUDIBLE;
        for (Map.Entry<StreamId, Double> each : levels.entrySet()) {
            if (each.getValue() > most) {
                most = each.getValue();
                loudest = each.getKey();
            }
        }
        if (loudest == null) {
            candidate = null;
            if (speaker != null && nanos - lastHeard > SILENCE_NANOS) {
                speaker = null;
            }
            return speaker;
        }
        if (loudest.equals(speaker)) {
            lastHeard = nanos;
            candidate = null;
        } else if (!loudest.equals(candidate)) {
            candidate = loudest;
            candidateSince = nanos;
        } else if (nanos - candidateSince >= SETTLE_NANOS) {
            speaker = loudest;
            candidate = null;
            lastHeard = nanos;
        }
        return speaker;
    }

    void forget(StreamId stream) {
        levels.remove(stream);
        if (stream.equals(speaker)) {
            speaker = null;
        }
    }
}
