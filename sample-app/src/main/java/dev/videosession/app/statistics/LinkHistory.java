package dev.videosession.app.statistics;

import dev.videosession.media.stats.LinkStats;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last minute of one link. Not thread-safe. */
final class LinkHistory {
    static final int LONGEST = 60;
    private static final double NANOS = 1e9;

    private final Deque<LinkSample> samples = new ArrayDeque<>();
    private @Nullable LinkStats last;
    private long lastNanos;

    /** Takes a reading; the first one of a link only starts the measurement. */
    void add(LinkStats now, long nanos) {
        LinkStats before = last;
        if (before != null && now.bytes() >= before.bytes() && nanos > lastNanos) {
            samples.add(LinkSample.between(before, now, (nanos - lastNanos) / NANOS));
            if (samples.size() > LONGEST) {
                samples.remove();
            }
        }
        last = now;
        lastNanos = nanos;
    }

    List<LinkSample> samples() {
        return List.copyOf(samples);
    }

    @Nullable
    LinkSample latest() {
        return samples.peekLast();
    }
}
