package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.rtc.LocalTrack;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.VideoInput;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The picture half of local media: the source, which may be exchanged, and an outlet for each link. Every outlet gets
 * the same native frame, without a copy; it exists because the native track of pushed frames does not obey a frame rate
 * limit, so each link thins out its frames here.
 */
public final class LocalVideo {
    private static final Logger LOG = LoggerFactory.getLogger(LocalVideo.class);
    private static final long BLACK_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RtcFactory factory;
    private final VideoPipe feed;
    private final Object lock = new Object();
    /** Held while a source is started, which may take a second: of two exchanges at once the later one wins. */
    private final ReentrantLock starting = new ReentrantLock();

    // Guarded by the lock.
    private final List<Outlet> outlets = new ArrayList<>();
    private boolean open = true;
    private boolean enabled = true;
    private long lastBlackNanos;
    private @Nullable Running running;

    LocalVideo(RtcFactory factory, VideoPipe feed) {
        this.factory = factory;
        this.feed = feed;
    }

    /** What one link sends. */
    public final class Outlet {
        private final VideoInput input = factory.videoInput();
        private long periodNanos;
        private long dueNanos = System.nanoTime();

        /** {@return what the link sends} */
        public LocalTrack track() {
            return input;
        }

        /** Frames a second at most; 0 for all. */
        public void limit(double framesPerSecond) {
            synchronized (lock) {
                periodNanos = framesPerSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / framesPerSecond);
            }
        }

        /** Lets a frame pass when it is due, give or take a quarter of the period so that jitter does not halve the rate. */
        private boolean due(long now) {
            if (periodNanos == 0) {
                return true;
            }
            if (now < dueNanos - periodNanos / 4) {
                return false;
            }
            dueNanos = Math.max(dueNanos + periodNanos, now - periodNanos);
            return true;
        }

        /** After the link's connection is gone. */
        public void dispose() {
            synchronized (lock) {
                outlets.remove(this);
            }
            input.dispose();
        }
    }

    /** A source that feeds the outlets as long as it is the current one. */
    private final class Running {
        final VideoSource source;
        final Runnable ended;
        private boolean settled; // guarded by the lock: it started, and took its place
        private boolean over; // guarded by the lock
        private @Nullable Capture capture; // written before it is current, closed by whoever takes its place

        Running(VideoSource source, Runnable ended) {
            this.source = source;
            this.ended = ended;
        }

        void start() {
            capture = source.start(this::onFrame, this::onEnded);
        }

        private void onFrame(VideoFrame frame) {
            // preview and links get the same frame, and a source hears of one that cannot be sent
            NativeFrame sent = NativeFrame.retained(frame);
            try {
                boolean shown;
                synchronized (lock) {
                    shown = running == this && open && enabled;
                }
                if (shown) {
                    feed.onFrame(sent);
                }
                synchronized (lock) {
                    if (running == this && open) {
                        send(sent);
                    }
                }
            } finally {
                sent.release();
            }
        }

        private void onEnded() {
            synchronized (lock) {
                over = true;
                if (running != this || !settled) {
                    return; // told when it has taken its place, if it ever does
                }
            }
            ended.run();
        }

        void stop() {
            Capture closing = capture;
            if (closing == null) {
                return;
            }
            try {
                closing.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("A video source did not stop properly", e);
            }
        }
    }

    /** An outlet for one more link. */
    public Outlet outlet() {
        Outlet outlet = new Outlet();
        synchronized (lock) {
            outlets.add(outlet);
        }
        return outlet;
    }

    /** Starts the source, then lets it take the place of the current one. Several calls are served one after another. */
    void start(VideoSource source, Runnable ended) {
        starting.lock();
        try {
            exchange(new Running(source, ended));
        } finally {
            starting.unlock();
        }
    }

    private void exchange(Running next) {
        Running previous;
        synchronized (lock) {
            previous = running;
            running = running == null && open ? next : running;
        }
        try {
            next.start();
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                running = open ? previous : null;
            }
            throw e;
        }
        boolean late;
        boolean over;
        synchronized (lock) {
            late = !open;
            over = next.over;
            next.settled = true;
            running = late ? null : next;
        }
        if (late) {
            next.stop();
        } else if (over) {
            next.ended.run();
        }
        if (previous != null) {
            previous.stop();
        }
    }

    private void send(NativeFrame frame) {
        if (enabled) {
            push(frame);
        } else if (System.nanoTime() - lastBlackNanos >= BLACK_PERIOD_NANOS) {
            pushBlack(frame.width(), frame.height());
        }
    }

    private void push(NativeFrame frame) {
        long now = System.nanoTime();
        for (Outlet outlet : outlets) {
            if (outlet.due(now)) {
                outlet.input.push(frame);
            }
        }
    }

    private void pushBlack(int width, int height) {
        lastBlackNanos = System.nanoTime();
        NativeFrame black = NativeFrame.black(width, height, lastBlackNanos);
        push(black);
        black.release();
    }

    /** Off: the feed rests and the links send a black frame now and each second. */
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
            return running == null ? null : running.source;
        }
    }

    void stop() {
        Running last;
        synchronized (lock) {
            open = false;
            last = running;
            running = null;
        }
        if (last != null) {
            last.stop();
        }
    }
}
