package dev.videosession.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoPipe;
import dev.videosession.media.rtc.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The picture half of local media: a native track and the source that fills it, which may be exchanged. */
final class LocalVideo {
    private static final Logger LOG = LoggerFactory.getLogger(LocalVideo.class);
    private static final long DISABLED_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    final VideoTrack track;
    private final CustomVideoSource target = new CustomVideoSource();
    private final VideoPipe feed;
    private final Object pushLock = new Object();
    private boolean open = true;
    private volatile boolean enabled = true;
    private long lastPushNanos = System.nanoTime() - DISABLED_PERIOD_NANOS;
    private @Nullable Running running;

    /** A source that feeds the track as long as it is the current one. */
    private final class Running {
        final VideoSource source;
        final Runnable ended;
        private @Nullable Capture capture;

        Running(VideoSource source, Runnable ended) {
            this.source = source;
            this.ended = ended;
        }

        void start() {
            capture = source.start(this::onFrame, this::onEnded);
        }

        private void onFrame(VideoFrame frame) {
            synchronized (pushLock) {
                if (running == this) {
                    push(frame);
                }
            }
        }

        private void onEnded() {
            synchronized (pushLock) {
                if (running != this) {
                    return;
                }
            }
            ended.run();
        }

        void stop() {
            if (capture != null) {
                capture.close();
            }
        }
    }

    LocalVideo(PeerConnectionFactory factory, VideoPipe feed) {
        this.feed = feed;
        track = factory.createVideoTrack("video", target);
    }

    /** Starts the source, then lets it take the place of the current one. */
    void start(VideoSource source, Runnable ended) {
        Running next = new Running(source, ended);
        Running previous;
        synchronized (pushLock) {
            previous = running;
        }
        next.start();
        synchronized (pushLock) {
            running = next;
        }
        if (previous != null) {
            previous.stop();
        }
    }

    private void push(VideoFrame frame) {
        if (!open) {
            return;
        }
        if (enabled) {
            feed.onFrame(frame);
        } else if (System.nanoTime() - lastPushNanos < DISABLED_PERIOD_NANOS) {
            return;
        }
        lastPushNanos = System.nanoTime();
        NativeFrame own = NativeFrame.retained(frame);
        try {
            target.pushFrame(own.raw());
        } finally {
            own.release();
        }
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
        track.setEnabled(enabled);
    }

    @Nullable
    VideoSource source() {
        synchronized (pushLock) {
            return running == null ? null : running.source;
        }
    }

    void stop() {
        Running last;
        synchronized (pushLock) {
            open = false;
            last = running;
            running = null;
        }
        if (last != null) {
            last.stop();
        }
    }

    /** After the last link that sent the track is gone. */
    void dispose() {
        try {
            track.dispose();
        } catch (RuntimeException | Error e) { // webrtc-java throws an Error when references are left
            LOG.debug("A video track was not freed completely", e);
        }
        target.dispose();
    }
}
