package dev.videosession.server.internal.quality;

import dev.videosession.protocol.message.FallbackState;

/**
 * Decides whether video gives way to audio, and when it has returned. A warning comes first. Video that is tried again counts as returned
 * when it has arrived well for some time, and then stays for a while, so that a path at the limit does not turn it off and on. Times are
 * in milliseconds of any origin. Not thread-safe.
 */
final class VideoFallback {
    private static final long WARN_MILLIS = 2_000;
    private static final long DISABLE_MILLIS = 5_000;

    /** A trial of video that arrives badly for this long has failed. */
    private static final long FAILED_MILLIS = 3_000;

    private static final long STEADY_MILLIS = 3_000;
    private static final long SHORTEST_MILLIS = 10_000;

    private FallbackState state = FallbackState.VIDEO;
    private long troubleSince = -1;
    private long returnedAt = Long.MIN_VALUE / 2;

    FallbackState state() {
        return state;
    }

    /** {@return whether the video that is sent arrives badly} */
    boolean isTrouble() {
        return troubleSince >= 0;
    }

    /**
     * The video that is sent arrives badly.
     *
     * @param now the time
     * @param since when that began at the latest
     */
    void trouble(long now, long since) {
        troubleSince = Math.min(isTrouble() ? troubleSince : now, since);
    }

    /**
     * Tells whether no video is sent from now on.
     *
     * @param now the time; the lowest level arrives badly
     * @return true if it has for too long
     */
    boolean stopsVideo(long now) {
        long trouble = now - troubleSince;
        if (state == FallbackState.AUDIO_ONLY) {
            return trouble >= FAILED_MILLIS;
        }
        if (trouble >= DISABLE_MILLIS && now - returnedAt >= SHORTEST_MILLIS) {
            state = FallbackState.AUDIO_ONLY;
            return true;
        }
        if (trouble >= WARN_MILLIS) {
            state = FallbackState.WARNED;
        }
        return false;
    }

    /**
     * The video that is sent arrives well.
     *
     * @param now the time
     * @param millis for how long
     */
    void calm(long now, long millis) {
        troubleSince = -1;
        if (state != FallbackState.VIDEO && millis >= STEADY_MILLIS) {
            video(now);
        }
    }

    /** Another level is sent, which may arrive well. */
    void restart() {
        troubleSince = -1;
    }

    /** Video is sent, and no longer in doubt. */
    void video(long now) {
        if (state == FallbackState.AUDIO_ONLY) {
            returnedAt = now;
        }
        state = FallbackState.VIDEO;
    }
}
