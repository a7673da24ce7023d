package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.IceCandidate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events of native threads to the executor of a connection. Nothing else happens on those threads. */
final class NativeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(NativeEvents.class);

    private NativeEvents() {}

    /** Observes candidates and states. */
    record ConnectionObserver(RtcConnection connection) implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate found) {
            connection.execute(() -> {
                IceCandidate candidate;
                try {
                    candidate = IceCandidate.parse(found.sdp);
                } catch (MalformedSdpException e) {
                    LOG.debug("event=localCandidateDropped reason=\"{}\"", e.getMessage());
                    return;
                }
                connection.events().onCandidate(found.sdpMid, found.sdpMLineIndex, candidate);
            });
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState state) {
            connection.execute(() -> connection.events().onState(RtcConnection.State.of(state)));
        }
    }

    /** Observes the creation of a description. */
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

    /** Observes that a description is applied. */
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
