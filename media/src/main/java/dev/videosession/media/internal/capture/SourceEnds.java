package dev.videosession.media.internal.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Sources of one capture that stopped by themselves, and the listeners for that. Any thread may call. */
final class SourceEnds {
    private final Executor executor;

    // Guarded by this.
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean videoEnded;
    private boolean audioEnded;
    private boolean closed;

    /** Runs listeners on the executor. */
    SourceEnds(Executor executor) {
        this.executor = executor;
    }

    /** Reports the end of the video source, once. */
    synchronized void videoEnded() {
        if (!videoEnded) {
            videoEnded = true;
            listeners.forEach(executor::execute);
        }
    }

    /** Reports the end of the audio source, once. */
    synchronized void audioEnded() {
        if (!audioEnded) {
            audioEnded = true;
            listeners.forEach(executor::execute);
        }
    }

    /** Expects the end of another video source. Returns whether the current one has ended. */
    synchronized boolean expectVideo() {
        boolean ended = videoEnded;
        videoEnded = false;
        return ended;
    }

    /** Restores the result of {@link #expectVideo()} if the other video source did not start. */
    synchronized void keepVideo(boolean ended) {
        videoEnded |= ended;
    }

    /** Expects the end of another audio source. Returns whether the current one has ended. */
    synchronized boolean expectAudio() {
        boolean ended = audioEnded;
        audioEnded = false;
        return ended;
    }

    /** Restores the result of {@link #expectAudio()} if the other audio source did not start. */
    synchronized void keepAudio(boolean ended) {
        audioEnded |= ended;
    }

    /** Adds a listener, which runs at once if a source has ended. Does nothing after close. */
    synchronized void addListener(Runnable listener) {
        if (!closed) {
            listeners.add(listener);
        }
        if (videoEnded || audioEnded) {
            executor.execute(listener);
        }
    }

    /** Removes the listeners. */
    synchronized void close() {
        closed = true;
        listeners.clear();
    }
}
