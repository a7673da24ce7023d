package dev.videosession.server.internal.limit;

import dev.videosession.server.settings.ServerLimits;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much one client may send. What exceeds a rate is refused with the time at which to try again, and until then everything
 * of the same kind is refused, so that what the client sends again stays in order. Only a client that goes on in spite of the
 * warnings is a flood. It belongs to a connection and outlives its sockets, so that a resume does not make it new.
 * Thread-safe.
 */
public final class MessageThrottle {
    private static final double HEARTBEATS_PER_SECOND = 2;
    private static final double HEARTBEAT_BURST = 20;
    private static final int MALFORMED = 5;
    private static final double MALFORMED_PER_SECOND = 0.1;
    private static final int EXPLANATIONS = 20;
    private static final double EXPLANATIONS_PER_SECOND = 0.1;

    /** Refusals that a burst may cost, and how fast they are forgiven. */
    static final int STRIKES = 3000;

    private static final double STRIKES_PER_SECOND = 5;
    /** Refusals after which the client is not read until the time to try again: what they cost is bounded. */
    static final int MOST_REFUSALS = 1000;
    /** How long a client may take to read the first warning. */
    static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** After so long without a refusal the client has heeded the warnings. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** The kind of a message, which decides the rates that it is charged to. */
    public enum Kind {
        /** Anything else. */
        ORDINARY,
        /** A signal, which has a rate of its own besides that of all messages. */
        SIGNAL,
        /** A message to the other end of a media link: charged to the {@link LinkAllowance} while that lasts. */
        LINK,
        /** A heartbeat, which a client that waits has to go on sending. */
        HEARTBEAT,
        /** The client's {@code disconnect}, never refused. */
        GOODBYE
    }

    /** The decision about a message. */
    public sealed interface ThrottleResult {
        /** {@return whether the message is handled} */
        boolean isAllowed();
    }

    /** The message is handled. */
    public record Allowed() implements ThrottleResult {
        @Override
        public boolean isAllowed() {
            return true;
        }
    }

    /**
     * It is refused.
     *
     * @param what there is too much of
     * @param retryAfterMillis when it may be sent again
     * @param first whether this is the first refusal since the last wait was over
     * @param pause whether the client is not to be read until then
     */
    public record TooMuch(String what, long retryAfterMillis, boolean first, boolean pause) implements ThrottleResult {
        @Override
        public boolean isAllowed() {
            return false;
        }
    }

    /**
     * The client is removed.
     *
     * @param what there is too much of
     */
    public record Flood(String what) implements ThrottleResult {
        @Override
        public boolean isAllowed() {
            return false;
        }
    }

    private static final Allowed ALLOWED = new Allowed();

    private final LinkAllowance links;
    private final Rate all;
    private final Rate signals;
    private final Rate size;
    private final TokenBucket heartbeats;
    /** Null until the client's first fault: most clients never have one. */
    private @Nullable Faults faults;

    private long firstRefusalNanos;
    private long lastRefusalNanos;
    private boolean warned;

    /** The buckets for what a correct client does not do. They are full when they are made. */
    private static final class Faults {
        final TokenBucket malformed;
        final TokenBucket explanations;
        final TokenBucket strikes;

        Faults(long nowNanos) {
            malformed = new TokenBucket(MALFORMED_PER_SECOND, MALFORMED, nowNanos);
            explanations = new TokenBucket(EXPLANATIONS_PER_SECOND, EXPLANATIONS, nowNanos);
            strikes = new TokenBucket(STRIKES_PER_SECOND, STRIKES, nowNanos);
        }
    }

    /** A bucket that stays shut for a while after it was found empty. */
    private static final class Rate {
        private final String name;
        private final TokenBucket bucket;
        private boolean shut;
        private long openNanos;
        private int refusals;

        Rate(String name, TokenBucket bucket) {
            this.name = name;
            this.bucket = bucket;
        }

        boolean take(double count, long now) {
            if (shut && openNanos - now > 0) {
                return false;
            }
            shut = false;
            return bucket.take(count, now);
        }

        TooMuch refuse(long now) {
            boolean first = !shut;
            if (first) {
                shut = true;
                openNanos = now + RETRY_NANOS;
                refusals = 0;
            }
            refusals++;
            long wait = Math.max(1, TimeUnit.NANOSECONDS.toMillis(openNanos - now));
            return new TooMuch(name, wait, first, refusals == MOST_REFUSALS);
        }
    }

    /**
     * Makes the throttle of a client that has sent nothing yet.
     *
     * @param limits of the server
     * @param nowNanos the time, in nanoseconds of any origin
     */
    public MessageThrottle(ServerLimits limits, long nowNanos) {
        links = new LinkAllowance(limits, nowNanos);
        all = new Rate("messages", new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), nowNanos));
        signals = new Rate("signals", new TokenBucket(limits.signalsPerSecond(), limits.signalBurst(), nowNanos));
        size = new Rate("bytes", new TokenBucket(limits.bytesPerSecond(), limits.byteBurst(), nowNanos));
        heartbeats = new TokenBucket(HEARTBEATS_PER_SECOND, HEARTBEAT_BURST, nowNanos);
    }

    private Faults faults(long nowNanos) {
        Faults made = faults;
        if (made == null) {
            made = new Faults(nowNanos);
            faults = made;
        }
        return made;
    }

    /** {@return the allowance for messages of media links, which the session grants} */
    public LinkAllowance links() {
        return links;
    }

    /**
     * Judges a message.
     *
     * @param kind what it counts as
     * @param length its length in bytes
     * @param nowNanos the time, of the same origin as in the constructor
     * @return what becomes of it
     */
    public synchronized ThrottleResult judge(Kind kind, int length, long nowNanos) {
        boolean exempt = switch (kind) {
            case GOODBYE -> true;
            case HEARTBEAT -> heartbeats.take(1, nowNanos);
            case LINK -> links.take(length, nowNanos);
            case ORDINARY, SIGNAL -> false;
        };
        if (exempt) {
            return ALLOWED;
        } else if (!all.take(1, nowNanos)) {
            return refuse(all, nowNanos);
        } else if (!size.take(length, nowNanos)) {
            return refuse(size, nowNanos);
        } else if (kind == Kind.SIGNAL && !signals.take(1, nowNanos)) {
            return refuse(signals, nowNanos);
        }
        return ALLOWED;
    }

    private ThrottleResult refuse(Rate rate, long now) {
        if (!warned || now - lastRefusalNanos > CALM_NANOS) {
            firstRefusalNanos = now;
            warned = true;
        }
        lastRefusalNanos = now;
        boolean spent = !faults(now).strikes.take(1, now);
        return spent && now - firstRefusalNanos > WARNING_NANOS ? new Flood(rate.name) : rate.refuse(now);
    }

    /**
     * Charges a message that cannot be read.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     * @return false if there were too many
     */
    public synchronized boolean mayBeMalformed(long nowNanos) {
        return faults(nowNanos).malformed.take(1, nowNanos);
    }

    /**
     * Charges the answer to an invalid message that is not a request. Its sender needs a few of them to see its mistake.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     * @return false if the message is to be dropped without an answer
     */
    public synchronized boolean mayExplain(long nowNanos) {
        return faults(nowNanos).explanations.take(1, nowNanos);
    }
}
