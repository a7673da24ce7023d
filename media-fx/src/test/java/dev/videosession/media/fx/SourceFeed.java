package dev.videosession.media.fx;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The frames of a source as a feed, without a session. */
class SourceFeed implements VideoFeed, VideoSink {
    private final List<VideoSink> sinks = new CopyOnWriteArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private volatile int width;
    private volatile int height;

    @Override
    public void onFrame(VideoFrame frame) {
        width = frame.uprightWidth();
        height = frame.uprightHeight();
        frames.incrementAndGet();
        sinks.forEach(each -> each.onFrame(frame));
    }

    @Override
    public void addSink(VideoSink sink) {
        sinks.add(sink);
    }

    @Override
    public void removeSink(VideoSink sink) {
        sinks.remove(sink);
    }

    boolean hasSinks() {
        return !sinks.isEmpty();
    }

    @Override
    public long frames() {
        return frames.get();
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
    public Optional<BufferedImage> snapshot() {
        return Optional.empty();
    }
}
