package dev.videosession.server.internal.quality;

import dev.videosession.protocol.message.LinkId;
import dev.videosession.server.internal.router.Layers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Which encodings of one stream its subscribers need. An encoding is needed as soon as a subscriber selects it, and for some seconds
 * after the last subscriber selected another one. Belongs to the session's loop.
 */
public final class NeededEncodings {
    /** A publisher that stops an encoding starts it again with a key frame: short changes are not worth one. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Map<LinkId, Layers> selected = new HashMap<>();
    /** When each encoding was last needed, if it was. */
    private final Map<Integer, Long> lastNeeded = new HashMap<>();

    private int encodings = 1;

    /** Creates what is needed of a stream without subscribers. */
    public NeededEncodings() {}

    /**
     * Sets how many encodings the publisher offers, and treats all of them as needed just now, because it sends them.
     *
     * @param count how many
     * @param now on the monotonic clock, in nanoseconds
     */
    public void offered(int count, long now) {
        encodings = count;
        lastNeeded.clear();
        IntStream.range(0, count).forEach(index -> lastNeeded.put(index, now));
    }

    /** {@return how many encodings the publisher offers} */
    public int encodings() {
        return encodings;
    }

    /**
     * A subscriber receives these layers from now on.
     *
     * @param linkId its link
     * @param layers the layers
     * @param now on the monotonic clock, in nanoseconds
     */
    public void select(LinkId linkId, Layers layers, long now) {
        touch(now);
        selected.put(linkId, layers);
        touch(now);
    }

    /**
     * A subscriber has left.
     *
     * @param linkId its link
     * @param now on the monotonic clock, in nanoseconds
     */
    public void remove(LinkId linkId, long now) {
        touch(now);
        selected.remove(linkId);
    }

    private void touch(long now) {
        for (Layers layers : selected.values()) {
            if (layers.video()) {
                lastNeeded.put(Math.min(layers.spatial(), encodings - 1), now);
            }
        }
    }

    /**
     * {@return the needed encodings, from the smallest to the largest}
     *
     * @param now on the monotonic clock, in nanoseconds
     */
    public List<Integer> needed(long now) {
        touch(now);
        return IntStream.range(0, encodings)
                .filter(index -> {
                    Long last = lastNeeded.get(index);
                    return last != null && now - last < LINGER_NANOS;
                })
                .boxed()
                .toList();
    }
}
