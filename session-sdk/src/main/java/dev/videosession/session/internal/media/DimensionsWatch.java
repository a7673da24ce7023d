package dev.videosession.session.internal.media;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.protocol.Dimensions;
import org.jspecify.annotations.Nullable;

/** Tells when pictures change their size, on the thread that brings them. */
public final class DimensionsWatch implements VideoSink {
    /** Wants to know. */
    public interface Listener {
        /** The size before, null at the first picture, and from now on. */
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
