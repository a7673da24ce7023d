package dev.videosession.media.internal.link;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.NativeNegotiation;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two peer connections joined with webrtc-java alone, as a measure for what the links add. Its memory is not given back. */
final class NativePair implements AutoCloseable {
    private final CustomVideoSource source = new CustomVideoSource();
    private final RTCPeerConnection sender;
    private final RTCPeerConnection receiver;

    NativePair(PeerConnectionFactory sending, PeerConnectionFactory receiving, VideoSink sink) throws Exception {
        CompletableFuture<RTCPeerConnection> senderReady = new CompletableFuture<>();
        CompletableFuture<RTCPeerConnection> receiverReady = new CompletableFuture<>();
        receiver = receiving.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                var ignored = senderReady.thenAcceptAsync(each -> each.addIceCandidate(candidate));
            }

            @Override
            public void onTrack(RTCRtpTransceiver transceiver) {
                if (transceiver.getReceiver().getTrack() instanceof VideoTrack track) {
                    track.addSink(raw -> {
                        sink.onFrame(NativeFrame.of(raw));
                        raw.release();
                    });
                }
            }
        });
        sender = sending.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                var ignored = receiverReady.thenAcceptAsync(each -> each.addIceCandidate(candidate));
            }
        });
        sender.addTrack(sending.createVideoTrack("video", source), List.of("media"));
        RTCSessionDescription offer =
                NativeNegotiation.created(done -> sender.createOffer(new RTCOfferOptions(), done));
        NativeNegotiation.applied(done -> sender.setLocalDescription(offer, done));
        NativeNegotiation.applied(done -> receiver.setRemoteDescription(offer, done));
        receiverReady.complete(receiver);
        RTCSessionDescription answer =
                NativeNegotiation.created(done -> receiver.createAnswer(new RTCAnswerOptions(), done));
        NativeNegotiation.applied(done -> receiver.setLocalDescription(answer, done));
        NativeNegotiation.applied(done -> sender.setRemoteDescription(answer, done));
        senderReady.complete(sender);
    }

    void push(NativeFrame frame) {
        source.pushFrame(frame.raw());
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
