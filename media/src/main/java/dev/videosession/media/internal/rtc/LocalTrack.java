package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.media.MediaStreamTrack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native track of this process and its native source. Open until {@link #dispose()}, which must follow the close of all connections
 * that send it. Afterwards every method does nothing.
 */
public abstract sealed class LocalTrack permits VideoInput, PushedAudio, RecordedAudio {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTrack.class);

    private final RtcFactory factory;
    private final MediaStreamTrack track;
    private boolean open = true;

    LocalTrack(RtcFactory factory, MediaStreamTrack track) {
        this.factory = factory;
        this.track = track;
    }

    /** {@return the factory whose connections can send this track} */
    public final RtcFactory factory() {
        return factory;
    }

    /**
     * Sends the media, or black frames or silence.
     *
     * @param enabled true at first
     */
    public final synchronized void setEnabled(boolean enabled) {
        if (open) {
            track.setEnabled(enabled);
        }
    }

    /** Releases track and source. A second call does nothing. */
    public final synchronized void dispose() {
        if (!open) {
            return;
        }
        open = false;
        try {
            track.dispose();
        } catch (RuntimeException | Error e) { // webrtc-java throws an Error when references are left
            LOG.debug("event=trackReleaseFailed", e);
        }
        disposeSource();
    }

    /** Releases the source of the track. */
    abstract void disposeSource();

    /** {@return the native track} */
    final synchronized MediaStreamTrack track() {
        if (!open) {
            throw new IllegalStateException("The track is disposed.");
        }
        return track;
    }

    /** Runs native work that may add or remove listeners of the source, while nothing is pushed into the source. */
    void whileIdle(Runnable work) {
        work.run();
    }
}
