package dev.videosession.benchmark.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.NativeNegotiation;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two peer connections of webrtc-java without anything of this project between them. Both ends have a factory of their own. */
public final class NativePath implements VideoPath {
    private final RTCPeerConnection sender;
    private final RTCPeerConnection receiver;
    private final Capture capture;

    /** A factory for each end, for any number of paths. */
    public static final class Factories {
        private final PeerConnectionFactory sending =
                new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
        private final PeerConnectionFactory receiving =
                new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
    }

    /**
     * Joins two peer connections.
     *
     * @param factories make them
     * @param source the video that is sent
     * @param sink receives it
     * @throws Exception if the negotiation fails
     */
    public NativePath(Factories factories, VideoSource source, VideoSink sink) throws Exception {
        CompletableFuture<RTCPeerConnection> senderReady = new CompletableFuture<>();
        CompletableFuture<RTCPeerConnection> receiverReady = new CompletableFuture<>();
        receiver = factories.receiving.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
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
        sender = factories.sending.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                var ignored = receiverReady.thenAcceptAsync(each -> each.addIceCandidate(candidate));
            }
        });
        CustomVideoSource pushed = new CustomVideoSource();
        sender.addTrack(factories.sending.createVideoTrack("video", pushed), List.of("media"));
        capture = source.start(frame -> pushed.pushFrame(((NativeFrame) frame).raw()), () -> {});
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

    @Override
    public void close() {
        capture.close();
        sender.close();
        receiver.close();
    }
}
