package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.fixture.LoopbackSignaling;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.source.VideoFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A receiving link moves to another peer connection of its peer, as it does when the media router is replaced. */
class LinkSuccessionTest extends LiveMedia {
    private static final int WIDTH = 640;
    private static final int NEXT_WIDTH = 320;

    /** Offers of the next sender are newer than those of the first one. */
    private static final int NEXT_TERM = 100;

    private final LoopbackSignaling next = new LoopbackSignaling();

    private static void awaitThat(String what, BooleanSupplier condition) {
        await(what).atMost(LIMIT).until(condition::getAsBoolean);
    }

    /** Another sender offers under the same link. Its answers are kept until {@link Succession#answer()}. */
    private final class Succession {
        private final LinkPair pair;
        private final OutgoingLink sender;
        private final AtomicReference<LinkDescription> answer = new AtomicReference<>();

        Succession(LinkPair pair, LocalMedia media) {
            this.pair = pair;
            next.toDescription = offer -> pair.receiver.remoteDescription(
                    new LinkDescription(offer.negotiation() + NEXT_TERM, offer.description()));
            next.toCandidate = found -> pair.receiver.remoteCandidate(
                    new LinkCandidate(found.negotiation() + NEXT_TERM, found.mid(), found.index(), found.candidate()));
            pair.in.toDescription = answer::set;
            pair.in.toCandidate = candidate -> {};
            sender = engine.send(media, LinkConfig.DIRECT, next);
            awaitThat("an answer to the other offer", () -> answer.get() != null);
        }

        void answer() {
            LinkDescription held = answer.get();
            sender.remoteDescription(new LinkDescription(held.negotiation() - NEXT_TERM, held.description()));
            pair.in.candidates.stream()
                    .filter(each -> each.negotiation() > NEXT_TERM)
                    .forEach(this::pass);
            pair.in.toCandidate = this::pass;
        }

        private void pass(LinkCandidate found) {
            sender.remoteCandidate(
                    new LinkCandidate(found.negotiation() - NEXT_TERM, found.mid(), found.index(), found.candidate()));
        }
    }

    @Test
    void videoGoesOnUntilTheNextConnectionShowsIt() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
                LocalMedia smaller = engine.capture(
                        VideoSources.pattern(new VideoFormat(NEXT_WIDTH, 180, 30)), AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);
            awaitThat("both to be connected", () -> pair.sender.state() == LinkState.CONNECTED);

            Succession succession = new Succession(pair, smaller);
            stamps.awaitMore(10);
            assertThat(pair.receiver.video().width()).isEqualTo(WIDTH);
            succession.answer();
            awaitThat(
                    "video of the next connection", () -> pair.receiver.video().width() == NEXT_WIDTH);
            stamps.awaitMore(10);

            assertThat(pair.in.states)
                    .doesNotContain(LinkState.DISCONNECTED)
                    .last()
                    .isEqualTo(LinkState.CONNECTED);
            awaitThat("the former connection to be closed", () -> pair.out.states.contains(LinkState.DISCONNECTED));
            assertThat(pair.receiver.video().width()).isEqualTo(NEXT_WIDTH);
            succession.sender.close();
        }
    }

    @Test
    void linkIsDisconnectedIfTheFormerConnectionEndsFirst() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);
            Succession succession = new Succession(pair, media);
            pair.sender.close();
            awaitThat("the loss", () -> pair.in.states.contains(LinkState.DISCONNECTED));

            succession.answer();
            awaitThat("the next connection", () -> pair.receiver.state() == LinkState.CONNECTED);
            stamps.awaitMore(10);
            succession.sender.close();
        }
    }

    @Test
    void formerConnectionWithoutVideoEndsWhenTheNextOneIsConnected() throws Exception {
        try (LocalMedia media = engine.capture(null, AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            awaitThat("audio", () -> pair.receiver.audio().level() > 0.01);
            awaitThat("both to be connected", () -> pair.sender.state() == LinkState.CONNECTED);
            Succession succession = new Succession(pair, media);
            awaitThat("audio before the answer", () -> pair.receiver.audio().level() > 0.01);
            succession.answer();
            awaitThat("the former connection to be closed", () -> pair.out.states.contains(LinkState.DISCONNECTED));
            pair.sender.close();
            awaitThat(
                    "audio of the next connection", () -> pair.receiver.audio().level() > 0.01);
            assertThat(pair.in.states).doesNotContain(LinkState.DISCONNECTED);
            succession.sender.close();
        }
    }

    @Test
    void closeEndsBothConnections() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps.of(pair.receiver.video()).awaitMore(3);
            Succession succession = new Succession(pair, media);
            pair.receiver.close();
            awaitThat("the former connection to be closed", () -> pair.out.states.contains(LinkState.DISCONNECTED));
            succession.sender.close();
        }
    }
}
