package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.videosession.protocol.sdp.IceCandidate;
import dev.videosession.protocol.sdp.MalformedSdpException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what native threads report to the executor of a connection. Nothing else happens on those threads. */
final class NativeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(NativeEvents.class);

    private NativeEvents() {}

    /** Candidates and states. */
    record ConnectionObserver(RtcConnection connection) implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate found) {
            connection.execute(() -> {
                IceCandidate candidate;
                try {
                    candidate = IceCandidate.parse(found.sdp);
                } catch (MalformedSdpException e) {
                    LOG.debug("A candidate of this end is not sent: {}", e.getMessage());
                    return;
                }
                connection.events().candidate(found.sdpMid, found.sdpMLineIndex, candidate);
            });
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState state) {
            connection.execute(() -> connection.events().stateChanged(RtcConnection.State.of(state)));
        }
    }

    /** A description that is being made. */
    record Created(RtcConnection connection, Consumer<RTCSessionDescription> done, Consumer<String> failed)
            implements CreateSessionDescriptionObserver {
        @Override
        public void onSuccess(RTCSessionDescription description) {
            connection.execute(() -> done.accept(description));
        }

        @Override
        public void onFailure(String error) {
            connection.execute(() -> failed.accept(error));
        }
    }

    /** A description that is being applied. */
    record Applied(RtcConnection connection, Runnable done, Consumer<String> failed)
            implements SetSessionDescriptionObserver {
        @Override
        public void onSuccess() {
            connection.execute(done);
        }

        @Override
        public void onFailure(String error) {
            connection.execute(() -> failed.accept(error));
        }
    }
}
