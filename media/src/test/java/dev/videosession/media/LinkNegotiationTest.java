package dev.videosession.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.link.IceCandidate;
import dev.videosession.media.link.LinkConfig;
import dev.videosession.media.link.LinkState;
import dev.videosession.media.link.SessionDescription;
import dev.videosession.media.source.AudioSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.source.VideoSources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Descriptions and candidates in the right, the wrong and no order; ends of all kinds. */
class LinkNegotiationTest extends LiveMedia {
    private static final VideoSource PATTERN = VideoSources.pattern(VideoFormat.P360);

    private static void awaitThat(String what, BooleanSupplier condition) {
        await(what).atMost(LIMIT).until(condition::getAsBoolean);
    }

    @Test
    void candidatesAheadOfTheirDescriptionAreKept() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            Wire out = new Wire();
            Wire in = new Wire();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            in.to(() -> sender);
            awaitThat("an offer and candidates", () -> !out.descriptions.isEmpty() && !out.candidates.isEmpty());

            out.candidates.forEach(receiver::remoteCandidate);
            out.toCandidate = receiver::remoteCandidate;
            receiver.remoteDescription(out.descriptions.get(0));

            Stamps.of(receiver.video()).awaitMore(3);
            assertThat(in.descriptions).extracting(SessionDescription::number).containsExactly(1);
            assertThat(out.candidates).extracting(IceCandidate::number).containsOnly(1);
        }
    }

    @Test
    void candidatesFollowTheirDescription() throws Exception {
        CompletableFuture<Boolean> descriptionFirst = new CompletableFuture<>();
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            Wire out = new Wire();
            out.toDescription = description -> descriptionFirst.complete(true);
            out.toCandidate = candidate -> descriptionFirst.complete(false);
            engine.send(media, LinkConfig.DIRECT, out);

            assertThat(descriptionFirst.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void staleAnswersAndAnswersNobodyAskedForAreIgnored() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            Wire out = new Wire();
            Wire in = new Wire();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            awaitThat("the first offer", () -> out.descriptions.size() == 1);
            receiver.remoteDescription(out.descriptions.get(0));
            awaitThat("the first answer", () -> in.descriptions.size() == 1);

            sender.restartIce();
            awaitThat("the second offer", () -> out.descriptions.size() == 2);
            assertThat(out.descriptions.get(1).number()).isEqualTo(2);
            sender.remoteDescription(in.descriptions.get(0));
            sender.remoteDescription(new SessionDescription(99, SessionDescription.Type.ANSWER, "v=0"));
            sender.remoteDescription(out.descriptions.get(1));

            out.to(() -> receiver);
            in.to(() -> sender);
            receiver.remoteDescription(out.descriptions.get(1));
            out.candidates.forEach(receiver::remoteCandidate);
            Stamps.of(receiver.video()).awaitMore(3);
            receiver.remoteDescription(out.descriptions.get(0));
            sender.remoteDescription(in.descriptions.get(1));
            Stamps.of(receiver.video()).awaitMore(3);
            assertThat(in.descriptions).extracting(SessionDescription::number).containsExactly(1, 2);
            assertThat(out.states).doesNotContain(LinkState.FAILED);
        }
    }

    @Test
    void iceRestartChangesTheCredentialsAndMediaGoesOn() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, AudioSources.tone(440));
                Pair pair = new Pair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);

            pair.sender.restartIce();
            pair.sender.restartIce();
            awaitThat("three answers", () -> pair.in.descriptions.size() == 3);
            stamps.awaitMore(30);

            assertThat(pair.out.descriptions)
                    .extracting(SessionDescription::number)
                    .containsExactly(1, 2, 3);
            assertThat(pair.out.descriptions)
                    .extracting(description -> description
                            .sdp()
                            .lines()
                            .filter(line -> line.startsWith("a=ice-ufrag"))
                            .findFirst()
                            .orElse(""))
                    .doesNotHaveDuplicates();
            assertThat(pair.sender.state()).isEqualTo(LinkState.CONNECTED);
        }
    }

    @Test
    void descriptionThatMakesNoSenseFailsTheLinkUntilAGoodOneComes() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            Wire out = new Wire();
            Wire in = new Wire();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            awaitThat("an offer", () -> out.descriptions.size() == 1);
            sender.remoteDescription(new SessionDescription(1, SessionDescription.Type.ANSWER, "nonsense"));
            awaitThat("failure", () -> out.states.contains(LinkState.FAILED));

            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            out.to(() -> receiver);
            in.to(() -> sender);
            sender.restartIce();

            Stamps.of(receiver.video()).awaitMore(3);
            assertThat(sender.state()).isEqualTo(LinkState.CONNECTED);
        }
    }

    @Test
    void linkWithoutAPathFails() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null)) {
            Wire out = new Wire();
            Wire in = new Wire();
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in);
            out.toDescription = receiver::remoteDescription;
            in.toDescription = description -> sender.remoteDescription(new SessionDescription(
                    description.number(),
                    description.type(),
                    description.sdp().replaceAll("(?m)^a=candidate.*\r?\n", "")));

            await("failure").atMost(30, TimeUnit.SECONDS).until(() -> out.states.contains(LinkState.FAILED));
            assertThat(receiver.video().frames()).isZero();
        }
    }

    @Test
    void otherEndThatClosesIsNoticed() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null);
                Pair pair = new Pair(engine, media)) {
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
                Wire out = new Wire();
                Wire in = new Wire();
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
                receiver.remoteDescription(new SessionDescription(9, SessionDescription.Type.OFFER, "v=0"));
                assertThat(sender.stats()).failsWithin(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void signalingThatThrowsHarmsNobody() throws Exception {
        try (LocalMedia media = engine.capture(PATTERN, null);
                Pair pair = new Pair(engine, media)) {
            Wire broken = new Wire();
            broken.toDescription = description -> {
                throw new IllegalStateException("no network");
            };
            engine.send(media, LinkConfig.DIRECT, broken);

            awaitThat("the broken one was asked", () -> !broken.descriptions.isEmpty());
            Stamps.of(pair.receiver.video()).awaitMore(5);
        }
    }
}
