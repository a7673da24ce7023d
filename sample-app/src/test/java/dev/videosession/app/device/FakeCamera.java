package dev.videosession.app.device;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import org.jspecify.annotations.Nullable;

/** A camera without frames. A test can make it missing, or end it, at its start or later. */
final class FakeCamera implements VideoSource {
    private final boolean endsAtOnce;
    private volatile boolean missing;
    private volatile @Nullable Runnable ended;

    private FakeCamera(boolean endsAtOnce) {
        this.endsAtOnce = endsAtOnce;
    }

    static FakeCamera attached() {
        return new FakeCamera(false);
    }

    static FakeCamera endingAtOnce() {
        return new FakeCamera(true);
    }

    void setMissing(boolean now) {
        missing = now;
    }

    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public VideoFormat format() {
        return VideoFormat.P360;
    }

    @Override
    public Capture start(VideoSink sink, Runnable onEnded) {
        if (missing) {
            throw new MediaUnavailableException(MediaUnavailableException.Missing.CAMERA, "unplugged");
        }
        if (endsAtOnce) {
            onEnded.run();
        } else {
            ended = onEnded;
        }
        return () -> {};
    }

    /** Ends by itself, if it was started. */
    void end() {
        Runnable listener = ended;
        if (listener != null) {
            listener.run();
        }
    }
}
