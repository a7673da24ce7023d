package dev.videosession.session.routed;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.probe.FrameStamp;
import java.util.ArrayList;
import java.util.List;

/** The frames of a received video: when each came, its size, and the number in its pixels. */
final class SeenFrames implements AutoCloseable {
    private final VideoFeed feed;
    private final VideoSink sink = this::onFrame;
    private final List<Seen> frames = new ArrayList<>(); // guarded by itself

    /**
     * A frame whose number was readable.
     *
     * @param nanos when it came, by the monotonic clock
     * @param width in pixels
     * @param number from its pixels
     */
    record Seen(long nanos, int width, long number) {}

    SeenFrames(VideoFeed feed) {
        this.feed = feed;
        feed.addSink(sink);
    }

    private void onFrame(VideoFrame frame) {
        long now = System.nanoTime();
        FrameStamp.read(frame).ifPresent(stamp -> {
            synchronized (frames) {
                frames.add(new Seen(now, frame.width(), stamp.number()));
            }
        });
    }

    List<Seen> all() {
        synchronized (frames) {
            return List.copyOf(frames);
        }
    }

    int count() {
        synchronized (frames) {
            return frames.size();
        }
    }

    /** The first frame of a width that came after a time, or null. */
    Seen firstOfWidth(int width, long afterNanos) {
        synchronized (frames) {
            return frames.stream()
                    .filter(frame -> frame.nanos() > afterNanos && frame.width() == width)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Override
    public void close() {
        feed.removeSink(sink);
    }
}
