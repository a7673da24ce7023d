package dev.videosession.media.internal.pcm;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.protocol.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts audio blocks of any size to blocks of 10 ms at {@value #SAMPLE_RATE} hertz with one or two channels, and sends them at the rate
 * at which they play.
 *
 * <p>Audio that is pushed in real time is sent at once, on the pushing thread. Audio that is pushed faster waits: up to {@value
 * #AHEAD_MILLIS} ms are sent ahead of their time, the rest is sent by a thread of this object, one percent faster than it plays, so that a
 * source with a fast clock accumulates no delay. At most {@value #MOST_SECONDS} s wait; a block that does not fit is refused. A rest of
 * less than 10 ms is dropped after a pause.
 */
public final class PacedAudio implements AudioSink, AutoCloseable {
    /** Sample rate of the sent blocks in hertz. */
    public static final int SAMPLE_RATE = PcmConverter.SAMPLE_RATE;

    /** Frames of each sent block: 10 ms. */
    public static final int FRAMES = SAMPLE_RATE / 100;

    /** The longest audio that waits to be sent, in seconds. */
    public static final int MOST_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(PacedAudio.class);
    private static final long AHEAD_MILLIS = 60;
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(AHEAD_MILLIS);
    private static final long PERIOD_NANOS = TimeUnit.MICROSECONDS.toNanos(9_900);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long JOIN_MILLIS = 5_000;

    private final AudioSink target;
    private final Runnable failed;
    private final TimeSource time;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Deque<Block> waiting = new ArrayDeque<>();
    private @Nullable PcmConverter converter;
    private short[] rest = new short[0];
    private long dueNanos;
    private long lastPushNanos;
    private boolean delivering;
    private boolean closed;
    private @Nullable Thread thread;

    private static final class Block {
        final short[] samples;
        final int channels;

        Block(short[] samples, int channels) {
            this.samples = samples;
            this.channels = channels;
        }
    }

    /**
     * Creates a converter.
     *
     * @param target gets the blocks, one at a time, without a lock held
     * @param failed called once if the target throws for audio that waited; nothing is sent afterwards
     */
    public PacedAudio(AudioSink target, Runnable failed) {
        this(target, failed, TimeSource.system());
    }

    PacedAudio(AudioSink target, Runnable failed, TimeSource time) {
        this.target = target;
        this.failed = failed;
        this.time = time;
        dueNanos = time.nanos();
        lastPushNanos = dueNanos;
    }

    /**
     * {@inheritDoc} The array may be reused when this method returns.
     *
     * @throws IllegalArgumentException if the format or the length cannot be sent
     * @throws IllegalStateException if too much audio waits; nothing of the block is kept
     */
    @Override
    public void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        PcmFormat format = new PcmFormat(sampleRate, channels);
        format.requireBlock(samples, frames);
        synchronized (lock) {
            if (closed) {
                return;
            }
            requireRoom(PcmConverter.framesAfter(frames, sampleRate));
            append(format, samples, frames);
        }
        deliver();
    }

    private void requireRoom(int frames) {
        int most = MOST_SECONDS * SAMPLE_RATE;
        int queued = waiting.size() * FRAMES;
        if (frames > most - queued) {
            throw new IllegalStateException(String.format(
                    "At most %d s of audio can wait to be sent: %.1f s wait and %.1f s were pushed. Push audio no faster than"
                            + " it plays.",
                    MOST_SECONDS, (double) queued / SAMPLE_RATE, (double) frames / SAMPLE_RATE));
        }
    }

    private void append(PcmFormat format, short[] samples, int frames) {
        long now = time.nanos();
        boolean paused = waiting.isEmpty() && now - lastPushNanos > PAUSE_NANOS;
        lastPushNanos = now;
        PcmConverter current = converter;
        if (current == null || paused || !current.format().equals(format)) {
            if (paused || current == null || current.channels() != PcmConverter.channelsOf(format)) {
                rest = new short[0];
            }
            current = new PcmConverter(format);
            converter = current;
        }
        short[] converted = current.convert(samples, frames);
        short[] joined = Arrays.copyOf(rest, rest.length + converted.length);
        System.arraycopy(converted, 0, joined, rest.length, converted.length);
        int length = FRAMES * current.channels();
        int at = 0;
        for (; at + length <= joined.length; at += length) {
            waiting.add(new Block(Arrays.copyOfRange(joined, at, at + length), current.channels()));
        }
        rest = Arrays.copyOfRange(joined, at, joined.length);
    }

    /** Sends the blocks that are due, unless another thread does. */
    private void deliver() {
        synchronized (lock) {
            if (delivering) {
                return;
            }
            delivering = true;
        }
        boolean done = false;
        try {
            for (Block block = nextDue(); block != null; block = nextDue()) {
                target.onSamples(block.samples, SAMPLE_RATE, block.channels, FRAMES);
            }
            done = true;
        } finally {
            if (!done) {
                synchronized (lock) {
                    delivering = false;
                }
            }
        }
    }

    private @Nullable Block nextDue() {
        synchronized (lock) {
            long now = time.nanos();
            if (closed || waiting.isEmpty() || now < dueNanos - AHEAD_NANOS) {
                delivering = false;
                if (!closed && !waiting.isEmpty()) {
                    wake();
                }
                return null;
            }
            dueNanos = Math.max(dueNanos, now) + PERIOD_NANOS;
            return waiting.poll();
        }
    }

    private void wake() {
        if (thread == null) {
            thread = new Thread(this::run, "media-audio");
            thread.setDaemon(true);
            thread.start();
        } else {
            lock.notifyAll();
        }
    }

    private void run() {
        try {
            while (awaitDue()) {
                deliver();
            }
        } catch (RuntimeException | Error e) { // the native side throws both without declaring them
            LOG.warn("event=pushedAudioFailed", e);
            stop();
            failed.run();
        }
    }

    /** Returns false if this thread must end. */
    private boolean awaitDue() {
        synchronized (lock) {
            long idleUntil = time.nanos() + IDLE_NANOS;
            while (!closed) {
                long now = time.nanos();
                boolean idle = waiting.isEmpty() || delivering;
                long wait = idle ? idleUntil - now : dueNanos - AHEAD_NANOS - now;
                if (wait <= 0 && !idle) {
                    return true;
                }
                if (wait <= 0) {
                    break;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, wait);
                } catch (InterruptedException e) {
                    break; // ends like an idle thread; the next block starts another one
                }
            }
            thread = null;
            return false;
        }
    }

    private void stop() {
        synchronized (lock) {
            closed = true;
            waiting.clear();
            thread = null;
            lock.notifyAll();
        }
    }

    /** Drops waiting audio and ignores later blocks. A block that is being sent may still arrive. A second call does nothing. */
    @Override
    public void close() {
        Thread running;
        synchronized (lock) {
            running = thread;
        }
        stop();
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
