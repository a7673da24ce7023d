package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.videosession.media.internal.rtc.frame.NativeFrame;

/** A video track that sends the frames pushed into it. */
public final class VideoInput extends LocalTrack {
    private final CustomVideoSource source;
    private boolean open = true;

    VideoInput(RtcFactory factory, CustomVideoSource source) {
        super(factory, factory.videoTrack(source));
        this.source = source;
    }

    /**
     * Sends a frame.
     *
     * @param frame is not released
     */
    public synchronized void push(NativeFrame frame) {
        if (open) {
            source.pushFrame(frame.raw());
        }
    }

    @Override
    synchronized void disposeSource() {
        open = false;
        source.dispose();
    }
}
