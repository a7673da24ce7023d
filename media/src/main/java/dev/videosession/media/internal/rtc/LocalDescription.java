package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCSessionDescription;
import dev.videosession.protocol.sdp.SessionDescription;

/** A description that the native library made. Only such descriptions can be applied as local ones. */
public final class LocalDescription {
    private final RTCSessionDescription made;
    private final SessionDescription description;

    LocalDescription(RTCSessionDescription made, SessionDescription description) {
        this.made = made;
        this.description = description;
    }

    RTCSessionDescription made() {
        return made;
    }

    /** {@return the description for the peer} */
    public SessionDescription description() {
        return description;
    }
}
