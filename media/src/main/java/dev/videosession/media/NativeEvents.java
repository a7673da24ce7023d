package dev.videosession.media;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.function.Consumer;

/** Carries what native threads report to the media loop. Nothing else happens on those threads. */
final class NativeEvents {
    /** What a peer connection tells its link, on the loop. */
    interface Listener {
        void candidate(RTCIceCandidate candidate);

        void connection(RTCPeerConnectionState state);

        void transceiver(RTCRtpTransceiver transceiver);
    }

    private NativeEvents() {}

    static PeerConnectionObserver connection(MediaLoop loop, Listener listener) {
        return new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                loop.execute(() -> listener.candidate(candidate));
            }

            @Override
            public void onConnectionChange(RTCPeerConnectionState state) {
                loop.execute(() -> listener.connection(state));
            }

            @Override
            public void onTrack(RTCRtpTransceiver transceiver) {
                loop.execute(() -> listener.transceiver(transceiver));
            }
        };
    }

    static CreateSessionDescriptionObserver created(
            MediaLoop loop, Consumer<RTCSessionDescription> done, Consumer<String> failed) {
        return new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                loop.execute(() -> done.accept(description));
            }

            @Override
            public void onFailure(String error) {
                loop.execute(() -> failed.accept(error));
            }
        };
    }

    static SetSessionDescriptionObserver applied(MediaLoop loop, Runnable done, Consumer<String> failed) {
        return new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                loop.execute(done);
            }

            @Override
            public void onFailure(String error) {
                loop.execute(() -> failed.accept(error));
            }
        };
    }
}
