package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Two native connections with the codecs and extensions of the native library, whose descriptions and candidates are parsed and
 * rebuilt on their way. What arrives at the receiver shows what the rebuild kept.
 */
final class RebuiltNativePair implements AutoCloseable {
    final AudioDeviceModuleBase sendingAudio = new AudioDeviceModule(AudioLayer.kDummyAudio);
    final AudioDeviceModuleBase receivingAudio = new HeadlessAudioDeviceModule();
    final PeerConnectionFactory sending = new PeerConnectionFactory(sendingAudio);
    final PeerConnectionFactory receiving = new PeerConnectionFactory(receivingAudio);
    final RTCPeerConnection sender;
    final RTCPeerConnection receiver;
    private final CompletableFuture<RTCPeerConnection> senderReady = new CompletableFuture<>();
    private final CompletableFuture<RTCPeerConnection> receiverReady = new CompletableFuture<>();

    /** Makes the connections; tracks are added to the sender before {@link #connect}. */
    RebuiltNativePair(Consumer<MediaStreamTrack> received) {
        RTCConfiguration bundled = new RTCConfiguration();
        bundled.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
        sender = sending.createPeerConnection(bundled, new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                trickle(candidate, receiverReady);
            }
        });
        receiver = receiving.createPeerConnection(bundled, new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                trickle(candidate, senderReady);
            }

            @Override
            public void onTrack(RTCRtpTransceiver transceiver) {
                received.accept(transceiver.getReceiver().getTrack());
            }
        });
    }

    private static void trickle(RTCIceCandidate candidate, CompletableFuture<RTCPeerConnection> to) {
        String rebuilt = IceCandidate.parse(candidate.sdp).toSdp();
        var ignored = to.thenAcceptAsync(
                each -> each.addIceCandidate(new RTCIceCandidate(candidate.sdpMid, candidate.sdpMLineIndex, rebuilt)));
    }

    /**
     * Exchanges descriptions.
     *
     * @param here changes what an end applies of its own and sends
     * @param onTheWay changes a description between the ends, before it is rebuilt
     * @return the rebuilt offer
     */
    String connect(UnaryOperator<String> here, UnaryOperator<String> onTheWay) throws Exception {
        RTCSessionDescription offer =
                changed(NativeNegotiation.created(done -> sender.createOffer(new RTCOfferOptions(), done)), here);
        NativeNegotiation.applied(done -> sender.setLocalDescription(offer, done));
        RTCSessionDescription rebuilt = rebuilt(changed(offer, onTheWay));
        NativeNegotiation.applied(done -> receiver.setRemoteDescription(rebuilt, done));
        receiverReady.complete(receiver);
        RTCSessionDescription answer =
                changed(NativeNegotiation.created(done -> receiver.createAnswer(new RTCAnswerOptions(), done)), here);
        NativeNegotiation.applied(done -> receiver.setLocalDescription(answer, done));
        NativeNegotiation.applied(done -> sender.setRemoteDescription(rebuilt(changed(answer, onTheWay)), done));
        senderReady.complete(sender);
        return rebuilt.sdp;
    }

    private static RTCSessionDescription changed(RTCSessionDescription description, UnaryOperator<String> change) {
        return new RTCSessionDescription(description.sdpType, change.apply(description.sdp));
    }

    private static RTCSessionDescription rebuilt(RTCSessionDescription description) {
        DescriptionKind kind = description.sdpType == RTCSdpType.OFFER ? DescriptionKind.OFFER : DescriptionKind.ANSWER;
        return new RTCSessionDescription(
                description.sdpType,
                SessionDescription.parse(kind, description.sdp).toSdp());
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
