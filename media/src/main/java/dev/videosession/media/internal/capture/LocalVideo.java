package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.rtc.LocalTrack;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.VideoInput;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The video of local media: the source, which can be replaced, and an output for each link. All outputs get the same native frame,
 * without a copy. The native track of pushed frames ignores a frame rate limit, so each output drops frames for its link.
 */
public final class LocalVideo {
    private static final Logger LOG = LoggerFactory.getLogger(LocalVideo.class);
    private static final long BLACK_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RtcFactory factory;
    private final TimeSource time;
    private final VideoPipe feed;
    private final Object lock = new Object();
    /** Held while a source is started, which may take a second: if two are started at once, the later one is used. */
    private final ReentrantLock starting = new ReentrantLock();

    // Guarded by the lock.
    private final List<Output> outputs = new ArrayList<>();
    private boolean open = true;
    private boolean enabled = true;
    private long lastBlackNanos;
    private @Nullable ActiveSource active;

    LocalVideo(RtcFactory factory, TimeSource time, VideoPipe feed) {
        this.factory = factory;
        this.time = time;
        this.feed = feed;
    }

    /** What one link sends. */
    public final class Output {
        private final VideoInput input = factory.videoInput();
        private long periodNanos;
        private boolean active = true;
        private int divisor = 1;
        private long dueNanos = time.nanos();

        /** {@return the track to send} */
        public LocalTrack track() {
            return input;
        }

        /**
         * Limits the frame rate.
         *
         * @param framesPerSecond 0 for no limit
         */
        public void setMaxFramerate(double framesPerSecond) {
            synchronized (lock) {
                periodNanos = framesPerSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / framesPerSecond);
            }
        }

        /**
         * Pauses or resumes the output.
         *
         * @param nowActive true at first
         */
        public void setActive(boolean nowActive) {
            synchronized (lock) {
                active = nowActive;
            }
        }

        /**
         * Cuts frames off at the right and at the bottom so that their width and height are multiples of a divisor.
         *
         * @param ofSize 1 for frames as they are
         */
        public void setDivisor(int ofSize) {
            synchronized (lock) {
                divisor = ofSize;
            }
        }

        private void push(NativeFrame frame) {
            NativeFrame cropped = frame.cropped(Math.min(divisor, Math.min(frame.width(), frame.height())));
            try {
                input.push(cropped);
            } finally {
                cropped.release();
            }
        }

        /** {@return whether a frame is due, with a tolerance of a quarter of the period so that jitter does not halve the rate} */
        private boolean isDue(long now) {
            if (!active) {
                return false;
            }
            if (periodNanos == 0) {
                return true;
            }
            if (now < dueNanos - periodNanos / 4) {
                return false;
            }
            dueNanos = Math.max(dueNanos + periodNanos, now - periodNanos);
            return true;
        }

        /** Releases the track, after the link's connection is closed. */
        public void dispose() {
            synchronized (lock) {
                outputs.remove(this);
            }
            input.dispose();
        }
    }

    /** A source that feeds the outputs while it is the active one. */
    private final class ActiveSource {
        final VideoSource source;
        final Runnable onEnded;
        private boolean activated; // guarded by the lock
        private boolean ended; // guarded by the lock
        private @Nullable Capture capture; // written before activation, closed by what replaces this source

        ActiveSource(VideoSource source, Runnable onEnded) {
            this.source = source;
            this.onEnded = onEnded;
        }

        void start() {
            capture = source.start(this::onFrame, this::onSourceEnded);
        }

        private void onFrame(VideoFrame frame) {
            // preview and links get the same frame, and the source gets the exception for one that cannot be sent
            NativeFrame sent = NativeFrame.retained(frame);
            try {
                boolean shown;
                synchronized (lock) {
                    shown = active == this && open && enabled;
                }
                if (shown) {
                    feed.onFrame(sent);
                }
                synchronized (lock) {
                    if (active == this && open) {
                        send(sent);
                    }
                }
            } finally {
                sent.release();
            }
        }

        private void onSourceEnded() {
            synchronized (lock) {
                ended = true;
                if (active != this || !activated) {
                    return; // reported on activation, if there is one
                }
            }
            onEnded.run();
        }

        void stop() {
            Capture closing = capture;
            if (closing == null) {
                return;
            }
            try {
                closing.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("event=videoSourceStopFailed kind={}", source.kind(), e);
            }
        }
    }

    /** {@return a new output, for one more link} */
    public Output addOutput() {
        Output output = new Output();
        synchronized (lock) {
            outputs.add(output);
        }
        return output;
    }

    /** Starts a source, then replaces the active one. Concurrent calls are served one after another. */
    void start(VideoSource source, Runnable onEnded) {
        starting.lock();
        try {
            replace(new ActiveSource(source, onEnded));
        } finally {
            starting.unlock();
        }
    }

    private void replace(ActiveSource next) {
        ActiveSource previous;
        synchronized (lock) {
            previous = active;
            active = active == null && open ? next : active;
        }
        try {
            next.start();
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                active = open ? previous : null;
            }
            throw e;
        }
        boolean stopped;
        boolean ended;
        synchronized (lock) {
            stopped = !open;
            ended = next.ended;
            next.activated = true;
            active = stopped ? null : next;
        }
        if (stopped) {
            next.stop();
        } else if (ended) {
            next.onEnded.run();
        }
        if (previous != null) {
            previous.stop();
        }
    }

    private void send(NativeFrame frame) {
        if (enabled) {
            push(frame);
        } else if (time.nanos() - lastBlackNanos >= BLACK_PERIOD_NANOS) {
            pushBlack(frame.width(), frame.height());
        }
    }

    private void push(NativeFrame frame) {
        long now = time.nanos();
        for (Output output : outputs) {
            if (output.isDue(now)) {
                output.push(frame);
            }
        }
    }

    private void pushBlack(int width, int height) {
        lastBlackNanos = time.nanos();
        NativeFrame black = NativeFrame.black(width, height, lastBlackNanos);
        push(black);
        black.release();
    }

    /** Turns video on or off. While it is off, the feed gets no frame, and links send a black frame at once and each second. */
    void setEnabled(boolean enabled) {
        synchronized (lock) {
            boolean turnedOff = this.enabled && !enabled;
            this.enabled = enabled;
            if (turnedOff && open && feed.frames() > 0) {
                pushBlack(feed.width(), feed.height());
            }
        }
    }

    @Nullable
    VideoSource source() {
        synchronized (lock) {
            return active == null ? null : active.source;
        }
    }

    void stop() {
        ActiveSource last;
        synchronized (lock) {
            open = false;
            last = active;
            active = null;
        }
        if (last != null) {
            last.stop();
        }
    }
}
