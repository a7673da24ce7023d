package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.fixture.SchedulerTime;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class CandidateBatchTest {
    private static final LinkId LINK = new LinkId("l-1");

    private final TestScheduler time = new TestScheduler();
    private final SessionLoop loop = new SessionLoop("test", time, SchedulerTime.of(time));
    private final List<LinkMessage> sent = new ArrayList<>();

    private CandidateBatch batch(boolean understood) {
        return new CandidateBatch(new Line(understood), LINK);
    }

    private void send(CandidateBatch batch, LinkMessage message) {
        loop.execute(() -> batch.send(message));
        time.triggerActions();
    }

    private static LinkMessage.Candidate candidate(int negotiation, String text) {
        return new LinkMessage.Candidate(LINK, negotiation, text, "0", 0);
    }

    private static LinkMessage.Candidates candidates(int negotiation, String... texts) {
        return new LinkMessage.Candidates(
                LINK,
                negotiation,
                List.of(texts).stream()
                        .map(text -> new LinkMessage.Candidates.Entry(text, "0", 0))
                        .toList());
    }

    @Test
    void candidatesOfAShortTimeGoInOneMessageAfterTheDescription() {
        CandidateBatch batch = batch(true);
        LinkMessage offer = new LinkMessage.Description(LINK, 1, DescriptionKind.OFFER, "v=0");
        send(batch, offer);
        send(batch, candidate(1, "a"));
        send(batch, candidate(1, "b"));
        assertThat(sent).containsExactly(offer);
        time.advanceTimeBy(CandidateBatch.GATHERING_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(sent).containsExactly(offer, candidates(1, "a", "b"));
        send(batch, candidate(1, "c"));
        time.advanceTimeBy(CandidateBatch.GATHERING_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(sent).containsExactly(offer, candidates(1, "a", "b"), candidate(1, "c"));
    }

    @Test
    void endOfCandidatesAndNewNegotiationsDoNotWait() {
        CandidateBatch batch = batch(true);
        send(batch, candidate(1, "a"));
        send(batch, candidate(1, ""));
        assertThat(sent).containsExactly(candidates(1, "a", ""));
        send(batch, candidate(1, "late"));
        send(batch, candidate(2, "b"));
        LinkMessage restart = new LinkMessage.Restart(LINK);
        send(batch, restart);
        assertThat(sent).containsExactly(candidates(1, "a", ""), candidate(1, "late"), candidate(2, "b"), restart);
    }

    @Test
    void batchesAreBounded() {
        CandidateBatch batch = batch(true);
        for (int i = 0; i < 40; i++) {
            send(batch, candidate(1, "x".repeat(2000)));
        }
        time.advanceTimeBy(CandidateBatch.GATHERING_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(sent)
                .hasSizeGreaterThan(3)
                .allSatisfy(message -> assertThat(message.toString()).hasSizeLessThan(40_000));
        assertThat(sent.stream()
                        .mapToInt(message -> message instanceof LinkMessage.Candidates several
                                ? several.candidates().size()
                                : 1))
                .hasSize(sent.size())
                .satisfies(sizes ->
                        assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(40));
    }

    @Test
    void serverThatDoesNotAnnounceBatchesGetsSingleCandidatesAtOnce() {
        CandidateBatch batch = batch(false);
        send(batch, candidate(1, "a"));
        send(batch, candidate(1, "b"));
        assertThat(sent).containsExactly(candidate(1, "a"), candidate(1, "b"));
    }

    private final class Line implements SignalingPort {
        private final boolean understood;

        Line(boolean understood) {
            this.understood = understood;
        }

        @Override
        public SessionLoop loop() {
            return loop;
        }

        @Override
        public CallbackQueue callbacks() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(LinkMessage message) {
            sent.add(message);
        }

        @Override
        public boolean serverUnderstands(Feature feature) {
            return understood;
        }

        @Override
        public LinkConfig linkConfig() {
            throw new UnsupportedOperationException();
        }
    }
}
