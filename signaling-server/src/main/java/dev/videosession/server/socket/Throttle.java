package dev.videosession.server.socket;

import dev.videosession.server.limit.ServerLimits;
import dev.videosession.server.limit.TokenBucket;
import org.jspecify.annotations.Nullable;

/** How much one client may send, and how often it may be told that this was too much. */
final class Throttle {
    private static final int STRIKES = 50;
    private static final int MALFORMED = 5;

    private final TokenBucket messages;
    private final TokenBucket signals;
    private final TokenBucket bytes;
    private final TokenBucket strikes;
    private final TokenBucket malformed;

    Throttle(ServerLimits limits, long now) {
        messages = new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), now);
        signals = new TokenBucket(limits.signalsPerSecond(), limits.signalBurst(), now);
        bytes = new TokenBucket(limits.bytesPerSecond(), limits.byteBurst(), now);
        strikes = new TokenBucket(1, STRIKES, now);
        malformed = new TokenBucket(0.1, MALFORMED, now);
    }

    /** Returns null, or what there is too much of. */
    @Nullable
    String excess(int length, boolean isSignal, long now) {
        if (!messages.take(1, now)) {
            return "messages";
        }
        if (!bytes.take(length, now)) {
            return "bytes";
        }
        return isSignal && !signals.take(1, now) ? "signals" : null;
    }

    boolean mayBeWarned(long now) {
        return strikes.take(1, now);
    }

    boolean mayBeMalformed(long now) {
        return malformed.take(1, now);
    }
}
