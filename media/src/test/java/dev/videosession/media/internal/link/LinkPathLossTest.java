package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.probe.ToneMeter;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.rtp.Codec;
import dev.videosession.protocol.rtp.Encoding;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network under a call goes away for good, as after a change of address, while the signaling goes on; another one is
 * there. The two ends reach each other over forwarding ports only, so that they can be cut off.
 */
@Tag("faults")
@Timeout(120)
class LinkPathLossTest extends LiveMedia {
    private static final Logger LOG = LoggerFactory.getLogger(LinkPathLossTest.class);
    /** The native library calls a path lost after about six seconds without an answer, and gives it up after sixteen. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private final AtomicReference<UdpPath> path = new AtomicReference<>(new UdpPath());

    /** A call over the current path. */
    private final class Call implements AutoCloseable {
        final PathSignaling out = new PathSignaling(path::get);
        final PathSignaling in = new PathSignaling(path::get);
        final LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
        final IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
        final OutgoingLink sender;
        final Stamps stamps = Stamps.of(receiver.video());

        Call() {
            out.to(() -> receiver);
            CompletableFuture<OutgoingLink> created = new CompletableFuture<>();
            in.to(created::join);
            sender = engine.send(media, LinkConfig.DIRECT, out);
            created.complete(sender);
        }

        @Override
        public void close() {
            media.close();
            receiver.close();
        }
    }

    /** Cuts off whatever flows; what is found from now on is on another network. */
    private void changeNetwork() throws InterruptedException {
        path.getAndSet(new UdpPath()).close();
    }

    private static void awaitState(PeerLink link, LinkState state) {
        await("the link to be " + state).atMost(NOTICED).until(() -> link.state() == state);
    }

    @AfterEach
    void closePath() throws InterruptedException {
        path.get().close();
    }

    @Test
    void mediaFlowsOverTheNewNetworkAfterARestart() throws Exception {
        try (Call call = new Call()) {
            call.stamps.awaitMore(10);
            assertThat(path.get().packets.get()).isPositive();
            ToneMeter tone = new ToneMeter();
            call.receiver.audio().addSink(tone);

            changeNetwork();
            long lost = System.nanoTime();
            awaitState(call.sender, LinkState.DISCONNECTED);
            awaitState(call.receiver, LinkState.DISCONNECTED);
            long noticed = System.nanoTime();
            int before = call.stamps.read.size();
            assertThat(path.get().packets.get()).isZero();

            call.sender.restartIce();
            call.stamps.awaitMore(1);
            long restored = System.nanoTime();
            LOG.info(
                    "path lost; noticed after {} ms, first frame {} ms after the restart",
                    TimeUnit.NANOSECONDS.toMillis(noticed - lost),
                    TimeUnit.NANOSECONDS.toMillis(restored - noticed));
            call.stamps.awaitMore(30);

            assertThat(call.stamps.read.get(before).number())
                    .isGreaterThan(call.stamps.read.get(before - 1).number() + 30);
            assertThat(path.get().packets.get()).isPositive();
            await("sound").atMost(LIMIT).until(() -> Math.abs(tone.hertz() - 440) < 10);
            awaitState(call.sender, LinkState.CONNECTED);
            awaitState(call.receiver, LinkState.CONNECTED);
        }
    }

    @Test
    void keyFrameIsRequestedSoonAfterALossThatIsNotRepaired() {
        try (Call call = new Call()) {
            call.stamps.awaitMore(10);
            call.stamps.awaitMore(75); // for as long as is waited below
            long before = keyFrameRequests(call.receiver);
            assertThat(before).as("requests without a loss").isLessThanOrEqualTo(1);

            path.get().lostPayloadTypes = retransmissions(call.out.descriptions.get(0));
            path.get().loss = 1;
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            path.get().loss = 0;

            // after 1.2 s; by default after 3 s
            await("a request").atMost(Duration.ofMillis(2_500)).until(() -> keyFrameRequests(call.receiver) > before);
        }
    }

    private static long keyFrameRequests(IncomingLink receiver) {
        return receiver.rtcStats().join().stream()
                .mapToLong(each -> each.values().get("pliCount") instanceof Number requests ? requests.longValue() : 0)
                .sum();
    }

    private static Set<Integer> retransmissions(LinkDescription offer) {
        return offer.description().sections().stream()
                .flatMap(section -> section.rtp().codecs().stream())
                .filter(codec -> codec.encoding() == Encoding.RTX)
                .map(Codec::payloadType)
                .collect(Collectors.toSet());
    }

    @Test
    void linkThatWasGivenUpComesBackAndBothEndsMayAskForIt() throws Exception {
        try (Call call = new Call()) {
            call.stamps.awaitMore(10);

            changeNetwork();
            awaitState(call.sender, LinkState.FAILED);
            awaitState(call.receiver, LinkState.FAILED);
            for (int ask = 0; ask < 5; ask++) { // as the recovery of either end does, without knowing of the other
                call.sender.restartIce();
                call.sender.resendOffer();
            }
            call.stamps.awaitMore(30);

            awaitState(call.sender, LinkState.CONNECTED);
            assertThat(call.out.descriptions)
                    .extracting(each -> each.negotiation())
                    .isSorted();
        }
    }

    @Test
    void networkThatChangesAgainDuringTheRestartIsSurvived() throws Exception {
        try (Call call = new Call()) {
            call.stamps.awaitMore(10);

            changeNetwork();
            awaitState(call.sender, LinkState.DISCONNECTED);
            call.sender.restartIce();
            await("the restart's answer").atMost(LIMIT).until(() -> call.in.descriptions.size() == 2);
            changeNetwork();
            int enough = call.stamps.read.size() + 30;
            await("frames again")
                    .pollInterval(Duration.ofSeconds(2))
                    .atMost(NOTICED)
                    .until(() -> {
                        call.sender.restartIce(); // again and again, as a recovery does
                        return call.stamps.read.size() >= enough;
                    });
        }
    }
}
