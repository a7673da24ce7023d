package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCSessionDescription;
import dev.videosession.protocol.sdp.SessionDescription;

/** A description that the native library created. Only such descriptions can be applied as local ones. */
public final class LocalDescription {
    private final RTCSessionDescription created;
    private final SessionDescription description;

    LocalDescription(RTCSessionDescription created, SessionDescription description) {
        this.created = created;
        this.description = description;
    }

    RTCSessionDescription created() {
        return created;
    }

    /** {@return the description for the peer} */
    public SessionDescription description() {
        return description;
    }
}
