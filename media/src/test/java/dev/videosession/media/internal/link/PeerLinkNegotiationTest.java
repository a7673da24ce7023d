package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.fixture.LoopbackSignaling;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.Transport;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Descriptions and candidates in the right, the wrong and no order; ends of all kinds. */
class PeerLinkNegotiationTest extends LiveMedia {
    private static final VideoSource PATTERN = VideoSources.pattern(VideoFormat.P360);

    private static void awaitThat(String what, BooleanSupplier condition) {
        await(what).atMost(LIMIT).until(condition::getAsBoolean);
    }

    @Test
    void candidatesAheadOfTheirDescriptionAreKept() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            in.to(() -> sender);
            awaitThat("an offer and candidates", () -> !out.descriptions.isEmpty() && !out.candidates.isEmpty());

            out.candidates.forEach(receiver::remoteCandidate);
            out.toCandidate = receiver::remoteCandidate;
            receiver.remoteDescription(out.descriptions.get(0));

            Stamps.of(receiver.video()).awaitMore(3);
            assertThat(in.descriptions).extracting(LinkDescription::negotiation).containsExactly(1);
            assertThat(out.candidates).extracting(LinkCandidate::negotiation).containsOnly(1);
        }
    }

    @Test
    void candidatesFollowTheirDescription() throws Exception {
        CompletableFuture<Boolean> descriptionFirst = new CompletableFuture<>();
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            LoopbackSignaling out = new LoopbackSignaling();
            out.toDescription = description -> descriptionFirst.complete(true);
            out.toCandidate = candidate -> descriptionFirst.complete(false);
            engine.send(media, LinkConfig.DIRECT, out);

            assertThat(descriptionFirst.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void staleAndUnexpectedAnswersAreIgnored() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            awaitThat("the first offer", () -> out.descriptions.size() == 1);
            receiver.remoteDescription(out.descriptions.get(0));
            awaitThat("the first answer", () -> in.descriptions.size() == 1);

            sender.resendOffer();
            awaitThat("the second offer", () -> out.descriptions.size() == 2);
            assertThat(out.descriptions.get(1).negotiation()).isEqualTo(2);
            sender.remoteDescription(in.descriptions.get(0));
            sender.remoteDescription(RemoteDescription.parse(99, DescriptionKind.ANSWER, "v=0"));
            sender.remoteDescription(out.descriptions.get(1));

            out.to(() -> receiver);
            in.to(() -> sender);
            receiver.remoteDescription(out.descriptions.get(1));
            out.candidates.forEach(receiver::remoteCandidate);
            Stamps.of(receiver.video()).awaitMore(3);
            receiver.remoteDescription(out.descriptions.get(0));
            sender.remoteDescription(in.descriptions.get(1));
            Stamps.of(receiver.video()).awaitMore(3);
            assertThat(in.descriptions).extracting(LinkDescription::negotiation).containsExactly(1, 2);
            assertThat(out.states).doesNotContain(LinkState.FAILED);
        }
    }

    @Test
    void iceRestartChangesTheCredentialsAndMediaGoesOn() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);

            pair.sender.restartIce();
            pair.sender.restartIce();
            awaitThat("three answers", () -> pair.in.descriptions.size() == 3);
            stamps.awaitMore(30);

            assertThat(pair.out.descriptions)
                    .extracting(LinkDescription::negotiation)
                    .containsExactly(1, 2, 3);
            assertThat(pair.out.descriptions)
                    .extracting(
                            description -> description.description().sections().get(0))
                    .extracting(MediaSection::transport)
                    .extracting(Transport::usernameFragment)
                    .doesNotHaveDuplicates();
            assertThat(pair.sender.state()).isEqualTo(LinkState.CONNECTED);
        }
    }

    @Test
    void descriptionThatMakesNoSenseFailsTheLinkUntilAGoodOneComes() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            awaitThat("an offer", () -> out.descriptions.size() == 1);
            sender.remoteDescription(RemoteDescription.parse(1, DescriptionKind.ANSWER, "nonsense"));
            awaitThat("failure", () -> out.states.contains(LinkState.FAILED));

            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            out.to(() -> receiver);
            in.to(() -> sender);
            sender.restartIce();

            Stamps.of(receiver.video()).awaitMore(3);
            assertThat(sender.state()).isEqualTo(LinkState.CONNECTED);
        }
    }

    private static void assertOfferedAgain(
            LoopbackSignaling out, LoopbackSignaling in, OutgoingLink sender, IncomingLink receiver) {
        out.to(() -> receiver);
        in.to(() -> sender);
        int before = out.descriptions.size();
        sender.resendOffer();
        Stamps.of(receiver.video()).awaitMore(3);
        assertThat(out.descriptions).hasSize(before + 1);
        assertThat(sender.state()).isEqualTo(LinkState.CONNECTED);
    }

    @Test
    void firstOfferThatWasLostIsMadeAgain() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, AudioSources.tone(440))) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            awaitThat("an offer", () -> !out.descriptions.isEmpty() && !out.candidates.isEmpty());
            assertThat(sender.state()).isEqualTo(LinkState.NEW);

            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            assertOfferedAgain(out, in, sender, receiver);
        }
    }

    @Test
    void offerWhoseAnswerWasLostIsMadeAgain() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, AudioSources.tone(440))) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            out.to(() -> receiver);
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            awaitThat("the lost answer", () -> !in.descriptions.isEmpty());

            assertOfferedAgain(out, in, sender, receiver);
        }
    }

    @Test
    void answerThatArrivesAfterTheOfferWasMadeAgainIsIgnored() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            out.to(() -> receiver);
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            awaitThat("the slow answer", () -> !in.descriptions.isEmpty());
            LinkDescription slow = in.descriptions.get(0);
            in.toCandidate = sender::remoteCandidate;
            in.toDescription = description -> {
                sender.remoteDescription(slow);
                sender.remoteDescription(description);
            };

            sender.resendOffer();
            sender.resendOffer();
            Stamps.of(receiver.video()).awaitMore(3);

            assertThat(sender.state()).isEqualTo(LinkState.CONNECTED);
        }
    }

    @Test
    void restartIsIgnoredSoonAfterAnOffer() throws Exception {
        AtomicLong clock = new AtomicLong(System.nanoTime());
        try (RtcEngine timed = new RtcEngine(new RtcFactories(true), TimeSource.of(clock::get, TimeSource.system()));
                LocalMedia media = timed.capture(PATTERN, null)) {
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            OutgoingLink sender = timed.send(media, LinkConfig.DIRECT, out);
            awaitThat("the first offer", () -> out.descriptions.size() == 1);
            sender.resendOffer();
            awaitThat("the second offer", () -> out.descriptions.size() == 2);

            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_499));
            int before = out.descriptions.size();
            for (int ask = 0; ask < 3; ask++) {
                sender.restartIce();
            }
            sender.stats().get(10, TimeUnit.SECONDS); // after the requests
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
            sender.restartIce();
            awaitThat("the third offer", () -> out.descriptions.size() > before);
            assertThat(out.descriptions.get(before).negotiation()).isEqualTo(3);
            IncomingLink receiver = timed.receive(LinkConfig.DIRECT, in);
            out.to(() -> receiver);
            in.to(() -> sender);
            receiver.remoteDescription(out.descriptions.get(2));
            out.candidates.forEach(receiver::remoteCandidate);
            Stamps.of(receiver.video()).awaitMore(3);
        }
    }

    @Test
    void connectedLinkDoesNotResendItsOffer() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(3);
            awaitThat("both to be connected", () -> pair.sender.state() == LinkState.CONNECTED);

            pair.sender.resendOffer();
            stamps.awaitMore(10);

            assertThat(pair.out.descriptions).hasSize(1);
        }
    }

    @Test
    void restartWhoseOfferWasLostIsMadeAgain() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(3);
            awaitThat("it to be connected", () -> pair.sender.state() == LinkState.CONNECTED);
            pair.out.toDescription = description -> {};
            pair.sender.restartIce();
            awaitThat("the lost offer", () -> pair.out.descriptions.size() == 2);

            pair.out.to(() -> pair.receiver);
            pair.sender.resendOffer();
            awaitThat("its answer", () -> pair.in.descriptions.size() == 2);
            stamps.awaitMore(10);

            assertThat(pair.in.descriptions.get(1).negotiation()).isEqualTo(3);
        }
    }

    @Test
    @Tag("faults") // takes as long as the native library hopes
    void linkWithoutAPathFails() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            LoopbackSignaling unanswered = new LoopbackSignaling();
            engine.send(media, LinkConfig.DIRECT, unanswered);
            LoopbackSignaling out = new LoopbackSignaling();
            LoopbackSignaling in = new LoopbackSignaling();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            out.toDescription = receiver::remoteDescription;
            in.toDescription = description -> sender.remoteDescription(new LinkDescription(
                    description.negotiation(), description.description().filterCandidates(candidate -> false)));

            await("failure").atMost(30, TimeUnit.SECONDS).until(() -> out.states.contains(LinkState.FAILED));
            await("failure of the one without an answer")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> unanswered.states.contains(LinkState.FAILED));
            assertThat(receiver.video().frames()).isZero();
        }
    }

    @Test
    void otherEndThatClosesIsNoticed() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps.of(pair.receiver.video()).awaitMore(3);

            pair.sender.close();

            awaitThat("loss of the path", () -> pair.in.states.contains(LinkState.DISCONNECTED));
            assertThat(pair.out.states).last().isEqualTo(LinkState.CLOSED);
            assertThat(pair.receiver.video().snapshot()).isPresent();
        }
    }

    @Test
    void closeEndsALinkInEveryState() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, AudioSources.tone(440))) {
            for (int step = 0; step < 6; step++) {
                LoopbackSignaling out = new LoopbackSignaling();
                LoopbackSignaling in = new LoopbackSignaling();
                OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
                IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
                int reached = step;
                if (reached >= 1) {
                    awaitThat("an offer", () -> out.descriptions.size() == 1);
                }
                if (reached >= 2) {
                    receiver.remoteDescription(out.descriptions.get(0));
                }
                if (reached >= 3) {
                    awaitThat("an answer", () -> in.descriptions.size() == 1);
                }
                if (reached >= 4) {
                    sender.remoteDescription(in.descriptions.get(0));
                }
                if (reached >= 5) {
                    sender.restartIce();
                }
                sender.close();
                receiver.close();
                sender.close();
                sender.closed().get(10, TimeUnit.SECONDS);
                receiver.closed().get(10, TimeUnit.SECONDS);
                assertThat(out.states).last().isEqualTo(LinkState.CLOSED);
                assertThat(in.states).last().isEqualTo(LinkState.CLOSED);
                sender.restartIce();
                sender.setMaxBitrate(100_000);
                receiver.remoteDescription(RemoteDescription.parse(9, DescriptionKind.OFFER, "v=0"));
                assertThat(sender.stats()).failsWithin(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void exceptionOfTheSignalingHasNoEffect() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null);
                LinkPair pair = new LinkPair(engine, media)) {
            LoopbackSignaling broken = new LoopbackSignaling();
            broken.toDescription = description -> {
                throw new IllegalStateException("no network");
            };
            engine.send(media, LinkConfig.DIRECT, broken);

            awaitThat("the broken one was asked", () -> !broken.descriptions.isEmpty());
            Stamps.of(pair.receiver.video()).awaitMore(5);
        }
    }
}
