package dev.videosession.media.internal.feed;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video feed and its writing end, {@link #onFrame}. One thread at a time may write. The pipe retains its last frame until the next
 * frame, or until it is closed.
 */
public final class VideoPipe implements VideoFeed, VideoSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VideoPipe.class);

    private final CopyOnWriteArrayList<VideoSink> sinks = new CopyOnWriteArrayList<>();
    private final Object lastLock = new Object();
    private @Nullable VideoFrame last;
    private boolean closed;
    private volatile int width;
    private volatile int height;
    private long frames;

    /** Creates a feed without a frame. */
    public VideoPipe() {}

    @Override
    public void onFrame(VideoFrame frame) {
        VideoFrame previous;
        synchronized (lastLock) {
            if (closed) {
                return;
            }
            frame.retain();
            previous = last;
            last = frame;
            frames++;
        }
        width = frame.uprightWidth();
        height = frame.uprightHeight();
        if (previous != null) {
            previous.release();
        }
        for (VideoSink sink : sinks) {
            deliver(sink, frame);
        }
    }

    private static void deliver(VideoSink sink, VideoFrame frame) {
        try {
            sink.onFrame(frame);
        } catch (RuntimeException | Error e) { // an Error would reach a native thread and end the process
            LOG.warn("event=videoSinkFailed", e);
        }
    }

    @Override
    public void addSink(VideoSink sink) {
        VideoFrame kept = retainLast();
        boolean added = sinks.addIfAbsent(sink);
        if (kept != null) {
            if (added) {
                deliver(sink, kept);
            }
            kept.release();
        }
    }

    @Override
    public void removeSink(VideoSink sink) {
        sinks.remove(sink);
    }

    private @Nullable VideoFrame retainLast() {
        synchronized (lastLock) {
            if (last != null) {
                last.retain();
            }
            return last;
        }
    }

    @Override
    public Optional<BufferedImage> snapshot() {
        VideoFrame kept = retainLast();
        if (kept == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(toImage(kept));
        } finally {
            kept.release();
        }
    }

    private static BufferedImage toImage(VideoFrame frame) {
        Dimension size = new Dimension(frame.uprightWidth(), frame.uprightHeight());
        Rectangle whole = new Rectangle(frame.width(), frame.height());
        BufferedImage image = new BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        new RgbConverter().toArgb(frame, whole, size, pixels, 0, size.width);
        return image;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public long frames() {
        synchronized (lastLock) {
            return frames;
        }
    }

    /** Releases the kept frame and ignores later frames. A second call does nothing. */
    @Override
    public void close() {
        VideoFrame kept;
        synchronized (lastLock) {
            closed = true;
            kept = last;
            last = null;
        }
        sinks.clear();
        if (kept != null) {
            kept.release();
        }
    }
}
