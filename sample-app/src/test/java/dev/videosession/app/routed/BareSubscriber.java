package dev.videosession.app.routed;

import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkCandidate;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkDescription;
import dev.videosession.media.internal.link.LinkSignaling;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.internal.rtc.encoding.MediaCoding;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Publishes and subscribes at a Janus without any server in between, for comparison. */
final class BareSubscriber implements AutoCloseable {
    private static final String ROOM = "bare";
    private static final String FEED = "bare-feed";
    private static final int ENCODINGS = 3;
    private static final long SECONDS = 10;

    private final RtcEngine engine;
    private final JanusClient janus;
    private final long session;
    private final LocalMedia camera;
    private final OutgoingLink publisher;

    BareSubscriber(RtcEngine engine, OwnJanus own, VideoFormat format) throws Exception {
        this.engine = engine;
        this.janus = own.client();
        this.session = janus.session();
        long handle = janus.attach(session);
        janus.message(
                session,
                handle,
                Map.of(
                        "request",
                        "create",
                        "room",
                        ROOM,
                        "admin_key",
                        OwnJanus.ADMIN_KEY,
                        "publishers",
                        2,
                        "bitrate",
                        10_000_000),
                Map.of());
        Offers offers = new Offers();
        camera = engine.capture(VideoSources.pattern(format), null);
        publisher = engine.send(
                camera, LinkConfig.DIRECT, offers, new MediaCoding(VideoCodec.VP8, ENCODINGS, OpusSettings.DEFAULT));
        LinkDescription offer = offers.first.get(SECONDS, TimeUnit.SECONDS);
        Map<String, Object> reply = janus.message(
                session,
                handle,
                Map.of("request", "joinandconfigure", "ptype", "publisher", "room", ROOM, "id", FEED),
                Map.of("type", "offer", "sdp", offer.description().toSdp(), "rid_order", "lmh"));
        publisher.remoteDescription(new LinkDescription(
                offer.negotiation(), SessionDescription.parse(DescriptionKind.ANSWER, JanusClient.sdp(reply))));
        await("the bare publisher is connected")
                .atMost(Duration.ofSeconds(SECONDS))
                .until(() -> janus.hasEvent("webrtcup", handle));
    }

    /** Keeps the first description that a link makes. */
    private static final class Offers implements LinkSignaling {
        final CompletableFuture<LinkDescription> first = new CompletableFuture<>();

        @Override
        public void sendDescription(LinkDescription description) {
            first.complete(description);
        }

        @Override
        public void sendCandidate(LinkCandidate candidate) {
            // Janus needs none
        }

        @Override
        public void stateChanged(LinkState state) {
            // the first frame tells
        }
    }

    /** Subscribes, and returns the milliseconds until the first frame. */
    long firstFrameMillis() throws Exception {
        long start = System.nanoTime();
        Offers answers = new Offers();
        FrameWatch watch = new FrameWatch();
        long handle = janus.attach(session);
        Map<String, Object> joined = janus.message(
                session,
                handle,
                Map.of(
                        "request",
                        "join",
                        "ptype",
                        "subscriber",
                        "room",
                        ROOM,
                        "streams",
                        List.of(Map.of("feed", FEED))),
                Map.of());
        try (IncomingLink link = engine.receive(LinkConfig.DIRECT, answers)) {
            VideoFeed feed = link.video();
            feed.addSink(watch);
            link.remoteDescription(
                    new LinkDescription(1, SessionDescription.parse(DescriptionKind.OFFER, JanusClient.sdp(joined))));
            LinkDescription answer = answers.first.get(SECONDS, TimeUnit.SECONDS);
            janus.message(
                    session,
                    handle,
                    Map.of("request", "start"),
                    Map.of("type", "answer", "sdp", answer.description().toSdp()));
            long first = watch.await(Duration.ofSeconds(SECONDS));
            return TimeUnit.NANOSECONDS.toMillis(first - start);
        } finally {
            janus.detach(session, handle);
        }
    }

    @Override
    public void close() {
        publisher.close();
        camera.close();
        janus.close();
    }
}
