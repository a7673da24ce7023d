package dev.videosession.session.model;

import dev.videosession.protocol.time.TimeSource;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a run of the model. Clients, event loops of the server and directions of sockets are actors. A random
 * actor with work to do runs next. Time passes only when no actor has work to do.
 */
final class ModelTime extends Clock implements Ticker, TimeSource {
    static final long NEVER = Long.MAX_VALUE;
    private static final long EPOCH_MILLIS = 1_767_225_600_000L;
    private static final int STUCK_AFTER = 200_000;

    /** A party that performs one action after the other. */
    interface Actor {
        /** When there is something to do, in nanoseconds; {@link #NEVER} if there is nothing. */
        long due();

        /** Does one thing that is due. */
        void work();

        /** True if it will never again have anything to do. */
        default boolean hasEnded() {
            return false;
        }
    }

    private final Random random;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Actor> ready = new ArrayList<>();
    private long nanos;
    private long next;
    private long jumpedAt;

    ModelTime(Random random) {
        this.random = random;
    }

    void add(Actor actor) {
        actors.add(actor);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Runs one action of one actor. {@return false if no actor has work to do} */
    boolean step() {
        ready.clear();
        next = NEVER;
        for (int i = 0; i < actors.size(); i++) {
            Actor actor = actors.get(i);
            long due = actor.due();
            if (due <= nanos) {
                ready.add(actor);
            } else if (due < next) {
                next = due;
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(ready.size() == 1 ? 0 : random.nextInt(ready.size())).work();
        return true;
    }

    /** Lets everything happen that can happen now. */
    void settle() {
        for (int steps = 0; step(); steps++) {
            if (steps > STUCK_AFTER) {
                throw new AssertionError("something goes round and round without time passing");
            }
        }
    }

    /** Lets everything happen that happens within some time. */
    void pass(long millis) {
        long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
        actors.removeIf(Actor::hasEnded);
        settle();
        while (next <= end) {
            nanos = next;
            settle();
        }
        nanos = end;
    }

    /** Lets time pass while no actor runs: work that becomes due meanwhile is late. */
    void jump(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        jumpedAt = nanos;
    }

    /** {@return when the last jump ended, in nanoseconds; 0 if there was none} */
    long jumpedAt() {
        return jumpedAt;
    }

    /** True if no actor will ever do anything again. */
    boolean isOver() {
        return actors.stream().allMatch(actor -> actor.due() == NEVER);
    }

    @Override
    public long initialNanoTime() {
        return 0;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("no code of the model sleeps");
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return EPOCH_MILLIS + elapsedMillis();
    }
}
