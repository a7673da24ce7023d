package dev.videosession.session;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkDescription;
import dev.videosession.media.internal.link.LinkSettings;
import dev.videosession.media.internal.link.LinkSignaling;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.link.RemoteDescription;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mockito.Answers;
import org.mockito.invocation.InvocationOnMock;

/** The media of one client without anything native: links that offer and answer, and know whether they were closed. */
public final class ModelMedia {
    /** Has a size; never started. */
    public static final VideoSource PICTURE = new VideoSource() {
        @Override
        public Kind kind() {
            return Kind.CUSTOM;
        }

        @Override
        public VideoFormat format() {
            return VideoFormat.P360;
        }

        @Override
        public Capture start(VideoSink sink, Runnable ended) {
            throw new UnsupportedOperationException("nothing is captured here");
        }
    };

    private static final SessionDescription OFFER = description(DescriptionKind.OFFER, "sendonly", "actpass");
    private static final SessionDescription ANSWER = description(DescriptionKind.ANSWER, "recvonly", "active");

    private static SessionDescription description(DescriptionKind kind, String direction, String setup) {
        return SessionDescription.parse(kind, """
                v=0
                o=- 1 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=ice-ufrag:aaaa
                a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaa
                a=fingerprint:sha-256 %s00
                a=setup:%s
                a=mid:0
                a=%s
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                """.formatted("00:".repeat(31), setup, direction));
    }

    public final Set<PeerLink> outgoing = new LinkedHashSet<>();
    public final Set<PeerLink> incoming = new LinkedHashSet<>();
    public final RtcEngine engine =
            mock(RtcEngine.class, withSettings().stubOnly().defaultAnswer(this::engineCall));

    private Object engineCall(InvocationOnMock call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "capture" -> mock(LocalMedia.class, withSettings().stubOnly().defaultAnswer(ModelMedia::mediaCall));
            case "send" -> send(call.getArgument(2));
            case "receive" -> receive(call.getArgument(1));
            default -> Answers.RETURNS_DEFAULTS.answer(call);
        };
    }

    private static Object mediaCall(InvocationOnMock call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "hasVideo" -> true;
            case "width" -> VideoFormat.P360.width();
            case "height" -> VideoFormat.P360.height();
            case "video" -> new VideoPipe();
            case "audio" -> new AudioPipe();
            default -> Answers.RETURNS_DEFAULTS.answer(call);
        };
    }

    private OutgoingLink send(LinkSignaling signaling) {
        OutgoingLink link =
                mock(OutgoingLink.class, withSettings().stubOnly().defaultAnswer(call -> switch (call.getMethod()
                        .getName()) {
                    case "settings" -> LinkSettings.UNLIMITED;
                    case "close" -> {
                        outgoing.remove((PeerLink) call.getMock());
                        yield null;
                    }
                    case "restartIce" -> {
                        signaling.sendDescription(new LinkDescription(2, OFFER));
                        yield null;
                    }
                    default -> Answers.RETURNS_DEFAULTS.answer(call);
                }));
        outgoing.add(link);
        signaling.sendDescription(new LinkDescription(1, OFFER));
        return link;
    }

    private IncomingLink receive(LinkSignaling signaling) {
        IncomingLink link =
                mock(IncomingLink.class, withSettings().stubOnly().defaultAnswer(call -> switch (call.getMethod()
                        .getName()) {
                    case "remoteDescription" -> {
                        RemoteDescription offer = call.getArgument(0);
                        signaling.sendDescription(new LinkDescription(offer.negotiation(), ANSWER));
                        signaling.stateChanged(LinkState.CONNECTED);
                        yield null;
                    }
                    case "close" -> {
                        incoming.remove((PeerLink) call.getMock());
                        yield null;
                    }
                    default -> Answers.RETURNS_DEFAULTS.answer(call);
                }));
        incoming.add(link);
        return link;
    }
}
