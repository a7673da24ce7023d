package dev.videosession.media.feed;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame of a feed, for a view that draws when it can: a frame that is followed by another one before it was taken is released.
 * Both views of this project use it.
 *
 * <pre>{@code
 * LatestFrame latest = new LatestFrame(frame -> repaintSoon());
 * latest.setFeed(subscriber.video());
 * ...
 * VideoFrame frame = latest.take();
 * if (frame != null) {
 *     draw(frame);
 *     frame.release();
 * }
 * }</pre>
 *
 * <p>Any thread may call the methods.
 */
public final class LatestFrame implements AutoCloseable {
    private final Consumer<VideoFrame> onFrame;
    private final VideoSink sink = this::offer;
    private final Object feedLock = new Object(); // taken before the lock, and never by frames
    private final Object lock = new Object();
    private @Nullable VideoFeed feed; // guarded by the lock of the feed, with the feed that has the sink
    private @Nullable VideoFrame frame; // guarded by the lock
    private boolean closed; // guarded by the lock

    /**
     * Creates it without a feed.
     *
     * @param onFrame called on the thread of the feed when there is a new frame to take, with that frame, which it may read until it
     *     returns. It returns quickly, and is not called after {@link #close()}, except for a frame that arrives meanwhile
     */
    public LatestFrame(Consumer<VideoFrame> onFrame) {
        this.onFrame = onFrame;
    }

    /**
     * Takes frames from another feed. The last frame of the former feed can be taken until the new one has a frame; without a feed there is
     * none. Does nothing after {@link #close()}.
     *
     * @param newFeed the feed, or null for none
     */
    public void setFeed(@Nullable VideoFeed newFeed) {
        synchronized (feedLock) {
            if (isClosed()) {
                return;
            }
            if (feed != null) {
                feed.removeSink(sink);
            }
            feed = newFeed;
            if (newFeed == null) {
                replace(null);
            } else {
                newFeed.addSink(sink);
            }
        }
    }

    private void offer(VideoFrame newest) {
        newest.retain();
        if (replace(newest)) {
            onFrame.accept(newest);
        }
    }

    /** Returns false after the end; then the frame is released. */
    private boolean replace(@Nullable VideoFrame newest) {
        VideoFrame unused;
        boolean taken;
        synchronized (lock) {
            taken = !closed;
            unused = taken ? frame : newest;
            frame = taken ? newest : frame;
        }
        if (unused != null) {
            unused.release();
        }
        return taken;
    }

    /** {@return the newest frame, to be released by the caller, or null if there is none since the last call} */
    public @Nullable VideoFrame take() {
        synchronized (lock) {
            VideoFrame taken = frame;
            frame = null;
            return taken;
        }
    }

    /** {@return whether there is a frame to take} */
    public boolean isPresent() {
        synchronized (lock) {
            return frame != null;
        }
    }

    /** {@return whether {@link #close()} was called} */
    public boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Removes itself from the feed and releases the frame. A second call does nothing. */
    @Override
    public void close() {
        synchronized (feedLock) {
            synchronized (lock) {
                closed = true;
            }
            if (feed != null) {
                feed.removeSink(sink);
                feed = null;
            }
        }
        VideoFrame late = take();
        if (late != null) {
            late.release();
        }
    }
}
