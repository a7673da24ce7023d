package dev.videosession.session.internal.link;

import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkMessage;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a subscriber's own statistics that video gives way to audio. The server decides earlier, but a path that is too poor for
 * video also carries signaling: what the server sends may arrive many seconds later. Times are in milliseconds of any origin. Used on the
 * session's loop.
 */
public final class ReceptionFallback {
    private static final double HIGH_LOSS = 0.15;
    private static final int MANY_LOST = 10;

    /** Video that stops for another reason, such as a source without frames, stops without trouble shortly before. */
    private static final long TROUBLE_MILLIS = 10_000;

    private static final long WARN_MILLIS = 3_000;
    private static final long DISABLE_MILLIS = 5_000;

    /** A path at the limit does not turn video off and on more often. */
    private static final long SHORTEST_MILLIS = 10_000;

    private long disabledAt;
    private @Nullable Long frameAt;
    private @Nullable Long troubleAt;
    private FallbackState state = FallbackState.VIDEO;

    /**
     * Takes what was received in the last second.
     *
     * @param nowMillis the time
     * @param expected whether the subscriber wants video and the publisher sends it
     * @param seen what was received
     * @return whether video gives way to audio
     */
    public FallbackState observe(long nowMillis, boolean expected, LinkMessage.ReceptionReport seen) {
        boolean framesArrive = seen.frames() == null || seen.frames() > 0;
        if (isTrouble(seen)) {
            troubleAt = nowMillis;
        }
        if (!expected || framesArrive || frameAt == null) {
            frameAt = nowMillis;
            if (!expected || state != FallbackState.AUDIO_ONLY || nowMillis - disabledAt >= SHORTEST_MILLIS) {
                state = FallbackState.VIDEO;
            }
            return state;
        }
        long withoutFrame = nowMillis - frameAt;
        boolean poor = state != FallbackState.VIDEO || (troubleAt != null && nowMillis - troubleAt < TROUBLE_MILLIS);
        if (state == FallbackState.AUDIO_ONLY) {
            return state;
        }
        if (poor && withoutFrame >= DISABLE_MILLIS) {
            state = FallbackState.AUDIO_ONLY;
            disabledAt = nowMillis;
        } else if (poor && withoutFrame >= WARN_MILLIS) {
            state = FallbackState.WARNED;
        }
        return state;
    }

    /** The link was interrupted and is connected again: the time without frames before says nothing about its path. */
    public void restart() {
        frameAt = null;
        troubleAt = null;
    }

    private static boolean isTrouble(LinkMessage.ReceptionReport seen) {
        double all = (double) seen.packets() + seen.lost();
        boolean highLoss = seen.lost() >= MANY_LOST && seen.lost() / all >= HIGH_LOSS;
        boolean undecodable = seen.bytes() > 0 && seen.frames() != null && seen.frames() == 0;
        return highLoss || undecodable;
    }
}
