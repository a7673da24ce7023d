package dev.videosession.session.internal.link;

import dev.videosession.protocol.message.FallbackState;
import java.util.concurrent.TimeUnit;

/**
 * Decides when a link is too poor for video. A link that carries too little for some seconds gets a warning; if it does not
 * recover, video is turned off and audio continues. The bitrate estimate of a link that carries only audio cannot grow much,
 * so video is tried again from time to time, after longer and longer waits while that fails.
 */
public final class FallbackJudge {
    /** What to do after a measurement. */
    public enum Action {
        /** Nothing changes. */
        NOTHING,
        /** Warn: video may be turned off soon. */
        WARN,
        /** The link has recovered: lift the warning. */
        LIFT_WARNING,
        /** Turn video off. */
        DISABLE,
        /** Try video again. */
        ENABLE
    }

    private enum State {
        /** Video is sent and the link carries it. */
        GOOD,
        /** Video is sent and the link carries too little. */
        WARNED,
        /** Only audio is sent. */
        AUDIO_ONLY,
        /** Video is sent again; whether the link carries it is not known yet. */
        TRIAL
    }

    private static final long WARN_MILLIS = TimeUnit.SECONDS.toMillis(3);
    private static final long DISABLE_MILLIS = TimeUnit.SECONDS.toMillis(8);
    private static final long STEADY_MILLIS = TimeUnit.SECONDS.toMillis(5);
    private static final long FIRST_RETRY_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long LONGEST_RETRY_MILLIS = TimeUnit.SECONDS.toMillis(80);

    private State state = State.GOOD;
    private boolean poor;
    private long since;
    private long disabledAt;
    private long retryMillis = FIRST_RETRY_MILLIS;

    FallbackJudge(long nowMillis) {
        since = nowMillis;
    }

    /** {@return the state as the other end of the link has to know it} */
    FallbackState fallback() {
        return switch (state) {
            case GOOD, TRIAL -> FallbackState.VIDEO;
            case WARNED -> FallbackState.WARNED;
            case AUDIO_ONLY -> FallbackState.AUDIO_ONLY;
        };
    }

    boolean isAudioOnly() {
        return state == State.AUDIO_ONLY;
    }

    /** Takes one measurement. */
    Action judge(long nowMillis, boolean nowPoor) {
        if (nowPoor != poor) {
            poor = nowPoor;
            since = nowMillis;
        }
        long lasting = nowMillis - since;
        return switch (state) {
            case GOOD -> poor && lasting >= WARN_MILLIS ? enter(State.WARNED, Action.WARN) : Action.NOTHING;
            case WARNED -> warned(nowMillis, lasting);
            case AUDIO_ONLY -> audioOnly(nowMillis);
            case TRIAL -> trial(nowMillis, lasting);
        };
    }

    private Action warned(long now, long lasting) {
        if (poor && lasting >= DISABLE_MILLIS) {
            return disable(now);
        }
        return !poor && lasting >= STEADY_MILLIS ? enter(State.GOOD, Action.LIFT_WARNING) : Action.NOTHING;
    }

    private Action audioOnly(long now) {
        if (now - disabledAt < retryMillis) {
            return Action.NOTHING;
        }
        since = now;
        return enter(State.TRIAL, Action.ENABLE);
    }

    private Action trial(long now, long lasting) {
        if (poor && lasting >= STEADY_MILLIS) {
            retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
            return disable(now);
        }
        if (!poor && lasting >= STEADY_MILLIS) {
            retryMillis = FIRST_RETRY_MILLIS;
            state = State.GOOD;
        }
        return Action.NOTHING;
    }

    private Action disable(long now) {
        disabledAt = now;
        return enter(State.AUDIO_ONLY, Action.DISABLE);
    }

    private Action enter(State next, Action verdict) {
        state = next;
        return verdict;
    }
}
