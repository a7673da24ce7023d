package dev.videosession.session.internal.media;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.protocol.Dimensions;
import org.jspecify.annotations.Nullable;

/** Reports when the size of video changes, on the thread that delivers the frames. */
public final class DimensionsWatch implements VideoSink {
    /** Receives the size. */
    public interface Listener {
        /** The size has changed; {@code before} is null for the first frame. */
        void changed(@Nullable Dimensions before, Dimensions now);
    }

    private final Listener listener;
    private @Nullable Dimensions last;

    public DimensionsWatch(Listener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void onFrame(VideoFrame frame) {
        boolean turned = frame.rotation() % 180 != 0;
        int width = turned ? frame.height() : frame.width();
        int height = turned ? frame.width() : frame.height();
        Dimensions before = last;
        if (before == null || before.width() != width || before.height() != height) {
            Dimensions now = new Dimensions(width, height);
            last = now;
            listener.changed(before, now);
        }
    }
}
