package dev.videosession.media.internal.link;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LoopbackSignaling;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.rtp.Direction;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A process that is attacked over its links while it receives video from an honest peer. It prints {@code SURVIVED} and the name of
 * each attack after which that video still arrives; if native code fails, the process ends.
 */
final class HostileVictim {
    private static final AtomicLong SKIPPED_NANOS = new AtomicLong();

    private static final List<String> TEXTS = List.of(
            "",
            "\0",
            "%n%n%n%n%n%n%s%s%s%s",
            "v=0\r\n%n%n%n%n%n%n\r\n",
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=%n%n%n\r\nt=0 0\r\nm=%n%n%n 9 UDP/TLS/RTP/SAVPF 96\r\n",
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE %n%s\r\nm=video 9 UDP/TLS/RTP/SAVPF %s%n\r\n",
            "candidate:%n%n%s%s",
            "candidate:1 1 udp 1 %n%n%s%s 9 typ host",
            "candidate:1 1 udp 1 127.0.0.1 9 typ %n%n%s%s",
            "candidate:1 1 udp 1 ::%n 9 typ host",
            "a".repeat(200_000));

    /** What a hostile peer does. */
    enum Attack {
        /** Texts that webrtc-java would use as a format. */
        FORMATS {
            @Override
            void run(RtcEngine engine, LocalMedia media) throws Exception {
                LoopbackSignaling out = new LoopbackSignaling();
                try (OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
                        IncomingLink receiver = engine.receive(LinkConfig.DIRECT, new LoopbackSignaling())) {
                    until("an offer", () -> !out.descriptions.isEmpty());
                    int number = 1;
                    for (String text : TEXTS) {
                        sender.remoteDescription(RemoteDescription.parse(1, DescriptionKind.ANSWER, text));
                        receiver.remoteDescription(RemoteDescription.parse(number++, DescriptionKind.OFFER, text));
                        for (String mid : new String[] {text, "0", null}) {
                            sender.remoteCandidate(RemoteCandidate.parse(1, mid, 0, text));
                            receiver.remoteCandidate(RemoteCandidate.parse(number, mid, -1, text));
                        }
                    }
                    until("the refusals", () -> receiver.stats().get().refusedDescriptions() == TEXTS.size());
                    until("the refusal", () -> sender.stats().get().refusedDescriptions() == 1);
                    // the end of candidates is no candidate, so it is not among those dropped
                    require(
                            sender.stats().get().droppedCandidates() == 3L * (TEXTS.size() - 1),
                            "each candidate is counted");
                    receiver.remoteDescription(
                            new LinkDescription(number, out.descriptions.get(0).description()));
                    require(receiver.state() != LinkState.CLOSED, "the link is open");
                }
            }
        },
        /** A section set to port 0 deletes the received track; the link is closed afterwards. */
        REJECTED_SECTIONS {
            @Override
            void run(RtcEngine engine, LocalMedia media) throws Exception {
                for (MediaKind kind : List.of(MediaKind.VIDEO, MediaKind.AUDIO)) {
                    attackAnswers(engine, media, 4, answer -> answer.reject(kind));
                }
            }
        },
        /** Answers that stop and resume, with and without what their codecs need. */
        DIRECTIONS {
            @Override
            void run(RtcEngine engine, LocalMedia media) throws Exception {
                int[] turn = {0};
                attackAnswers(
                        engine,
                        media,
                        5,
                        answer -> answer.mapSections(
                                section -> turn[0]++ % 3 == 0 ? directed(section, Direction.INACTIVE) : section));
                LoopbackSignaling out = new LoopbackSignaling();
                LoopbackSignaling in = new LoopbackSignaling();
                CompletableFuture<OutgoingLink> created = new CompletableFuture<>();
                in.toDescription = answer -> created.join()
                        .remoteDescription(new LinkDescription(
                                answer.negotiation(),
                                answer.description().mapSections(section -> directed(section, Direction.INACTIVE))));
                try (IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
                        OutgoingLink sender = send(engine, media, out, receiver)) {
                    created.complete(sender);
                    until("an answer", () -> !in.descriptions.isEmpty());
                    settle(sender);
                    in.to(() -> sender);
                    restartIce(sender);
                    until("video after it was inactive", () -> receiver.video().frames() > 2);
                }
            }
        },
        /**
         * First answers that leave the video encoder without a codec: libwebrtc has an encoder already, changes its header extensions
         * and finds no codec ({@code Check failed: parameters_.codec_settings}).
         */
        CODECS {
            @Override
            void run(RtcEngine engine, LocalMedia media) throws Exception {
                for (Direction direction : Direction.values()) {
                    for (String codec : List.of("foo", "VP9", "H264", "red", "ulpfec", "rtx", "%n%n%n%s")) {
                        LoopbackSignaling out = new LoopbackSignaling();
                        LoopbackSignaling in = new LoopbackSignaling();
                        try (IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
                                OutgoingLink sender = send(engine, media, out, receiver)) {
                            until("an answer", () -> !in.descriptions.isEmpty());
                            sender.remoteDescription(withoutVp8(
                                    in.descriptions.get(0).description().toSdp(), codec, direction));
                            settle(sender);
                            require(sender.stats().get().refusedDescriptions() == 1, codec + " is refused");
                        }
                    }
                }
            }
        },
        /** Offers that stop a section, and close in between. */
        OFFERS {
            @Override
            void run(RtcEngine engine, LocalMedia media) throws Exception {
                try (LinkPair pair = new LinkPair(engine, media)) {
                    until("video", () -> pair.receiver.video().frames() > 2);
                    SessionDescription first = pair.out.descriptions.get(0).description();
                    List<SessionDescription> offers = List.of(
                            first.reject(MediaKind.VIDEO),
                            first,
                            first.mapSections(section -> directed(section, Direction.INACTIVE)),
                            first.reject(MediaKind.AUDIO).reject(MediaKind.VIDEO),
                            first);
                    int number = 1;
                    for (SessionDescription offer : offers) {
                        pair.receiver.remoteDescription(new LinkDescription(++number, offer));
                        settle(pair.receiver);
                        pair.receiver.setAudioActive(number % 2 == 0);
                    }
                }
            }
        },
        /** Secrets of ICE servers are opaque: TURN passwords contain percent signs. */
        ICE_SERVERS {
            @Override
            void run(RtcEngine engine, LocalMedia media) throws Exception {
                String secret = "%n%n%n%s%s%s\"\r\n\u00e9\u20ac";
                IceServer server = new IceServer(
                        List.of("turn:127.0.0.1:9?transport=udp", "turn:127.0.0.1:9?transport=tcp", "stun:127.0.0.1:9"),
                        secret,
                        secret.repeat(3));
                for (LinkConfig.IcePolicy policy : LinkConfig.IcePolicy.values()) {
                    LoopbackSignaling out = new LoopbackSignaling();
                    LinkConfig config = new LinkConfig(
                            List.of(server), policy, LinkConfig.DIRECT.candidates(), LinkConfig.DIRECT.certificates());
                    try (OutgoingLink link = engine.send(media, config, out)) {
                        until("an offer", () -> !out.descriptions.isEmpty());
                        link.stats().get(10, TimeUnit.SECONDS);
                        boolean relayOnly = policy == LinkConfig.IcePolicy.RELAY;
                        require(!relayOnly || out.candidates.isEmpty(), "relayOnly tells no address of this machine");
                    }
                }
            }
        };

        abstract void run(RtcEngine engine, LocalMedia media) throws Exception;
    }

    private HostileVictim() {}

    private static RemoteDescription withoutVp8(String answer, String codec, Direction direction) {
        int video = answer.indexOf("m=video");
        String odd = answer.substring(video)
                .replace("VP8/90000", codec + "/90000")
                .replaceFirst("a=(recvonly|inactive)", "a=" + direction.text());
        return RemoteDescription.parse(1, DescriptionKind.ANSWER, answer.substring(0, video) + odd);
    }

    private static MediaSection directed(MediaSection section, Direction direction) {
        return section.isRejected()
                ? section
                : new MediaSection(
                        section.kind(),
                        section.mid(),
                        section.status(),
                        direction,
                        section.transport(),
                        section.rtp(),
                        section.data(),
                        section.candidates(),
                        section.endOfCandidates());
    }

    /** Changes each answer but the first one on its way to the sender, over some exchanges, then closes. */
    private static void attackAnswers(
            RtcEngine engine, LocalMedia media, int exchanges, UnaryOperator<SessionDescription> change)
            throws Exception {
        try (LinkPair pair = new LinkPair(engine, media)) {
            until("video", () -> pair.receiver.video().frames() > 2);
            pair.in.toDescription = answer -> pair.sender.remoteDescription(
                    new LinkDescription(answer.negotiation(), change.apply(answer.description())));
            for (int exchange = 0; exchange < exchanges; exchange++) {
                int answers = pair.in.descriptions.size();
                restartIce(pair.sender);
                until("an answer", () -> pair.in.descriptions.size() > answers);
                settle(pair.sender);
                pair.sender.setMaxBitrate(100_000 + exchange);
                pair.sender.setVideoActive(exchange % 2 == 0);
            }
        }
    }

    /** The receiver is there before the first offer. */
    private static OutgoingLink send(RtcEngine engine, LocalMedia media, LoopbackSignaling out, IncomingLink receiver) {
        out.to(() -> receiver);
        return engine.send(media, LinkConfig.DIRECT, out);
    }

    /** Makes an offer also soon after the last one. */
    private static void restartIce(OutgoingLink link) {
        SKIPPED_NANOS.addAndGet(TimeUnit.SECONDS.toNanos(2));
        link.restartIce();
    }

    private static void settle(PeerLink link) throws Exception {
        until("the exchange to end", () -> {
            link.stats().get(10, TimeUnit.SECONDS); // after what was asked of the link before
            return link.negotiation().state() == NegotiationState.STABLE
                    || link.negotiation().state() == NegotiationState.BROKEN;
        });
    }

    @SuppressWarnings("BusyWait") // this process has no test framework
    private static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.call()) {
            require(System.nanoTime() < end, what);
            Thread.sleep(10);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("awaited in vain: " + what);
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (RtcEngine engine = new RtcEngine(
                        new RtcFactories(true),
                        TimeSource.of(() -> System.nanoTime() + SKIPPED_NANOS.get(), TimeSource.system()));
                LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
                LinkPair honest = new LinkPair(engine, media)) {
            for (Attack attack : Attack.values()) {
                attack.run(engine, media);
                long before = honest.receiver.video().frames();
                until("video of the honest peer", () -> honest.receiver.video().frames() > before + 5);
                require(honest.receiver.state() == LinkState.CONNECTED, "the honest peer is connected");
                System.out.println("SURVIVED " + attack);
            }
        }
    }
}
