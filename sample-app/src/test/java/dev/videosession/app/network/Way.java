package dev.videosession.app.network;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What befalls everything that travels one way through a {@link Network}. May be used from any thread. */
public final class Way {
    private static final long SEED = 20;

    private final Random random = new Random(SEED);
    private boolean held;
    private double loss;
    private long delayNanos;
    private long bitsPerSecond;
    private long freeNanos = System.nanoTime();

    /** Lets nothing through, neither bytes nor the end of a connection. TCP goes on where it was afterwards, datagrams are lost. */
    public synchronized void hold(boolean on) {
        held = on;
        notifyAll();
    }

    /** Loses this share of the datagrams. TCP would hide the loss, so it is not touched. */
    public synchronized void lose(double share) {
        loss = share;
    }

    /** Everything takes so much longer. */
    public synchronized void delay(long millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Everything together gets no faster than this; 0 is no limit. */
    public synchronized void limit(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
    }

    /** Ends all of it. */
    public synchronized void heal() {
        hold(false);
        lose(0);
        delay(0);
        limit(0);
    }

    synchronized boolean isHeld() {
        return held;
    }

    synchronized void awaitPassage() throws InterruptedException {
        while (held) {
            wait();
        }
    }

    synchronized boolean losesDatagram() {
        return held || random.nextDouble() < loss;
    }

    /** Puts so many bytes on the line; returns when the last of them arrives, on the scale of {@link System#nanoTime}. */
    synchronized long arrivalNanos(int bytes) {
        long now = System.nanoTime();
        if (bitsPerSecond > 0) {
            freeNanos = Math.max(freeNanos, now) + bytes * 8L * TimeUnit.SECONDS.toNanos(1) / bitsPerSecond;
            return freeNanos + delayNanos;
        }
        return now + delayNanos;
    }

    /** How long something put on the line now would wait before it is its turn, in nanoseconds. */
    synchronized long queueNanos() {
        return bitsPerSecond == 0 ? 0 : Math.max(0, freeNanos - System.nanoTime());
    }
}
