package dev.videosession.server.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkBrokerTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final ConnectionId EVE = new ConnectionId("eve");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final StreamId SCREEN = new StreamId("screen");
    private static final Subscription SMALL = new Subscription(true, true, new Dimensions(320, 180), null);
    private static final Link ADA_TO_BOB = link("ada-bob", CAMERA, ADA, BOB);
    private static final Link ADA_TO_EVE = link("ada-eve", CAMERA, ADA, EVE);
    private static final Link BOB_TO_ADA = link("bob-ada", SCREEN, BOB, ADA);

    private final ServerLimits limits = ServerLimits.builder()
            .linksPerStream(2)
            .subscriptionsPerConnection(3)
            .linkRate(1, 100)
            .build();
    private final Participants participants = new Participants();
    private final List<String> overBudget = new ArrayList<>();
    private final LinkBroker broker = new LinkBroker(
            new LinkContext(
                    new SessionId("session"),
                    limits,
                    new ServerMetrics(new SimpleMeterRegistry()),
                    TimeSource.of(() -> 0, InstantSource.system())),
            participants,
            LinkTopology.RELAYED);

    /** Records what each connection is sent, and forgets it when it is asked for it. */
    private static final class Participants implements LinkParticipants {
        private final List<String> sent = new ArrayList<>();
        private final TreeMap<String, Boolean> subscribing = new TreeMap<>();
        private boolean batches;

        @Override
        public void tell(ConnectionId to, ServerMessage message) {
            sent.add(to + " " + message);
        }

        @Override
        public @Nullable LinkAllowance allowance(ConnectionId id) {
            return null;
        }

        @Override
        public String token(ConnectionId id) {
            return "token";
        }

        @Override
        public boolean understands(ConnectionId id, Feature feature) {
            return batches;
        }

        @Override
        public void subscriptionsChanged(ConnectionId subscriber, boolean isSubscribing) {
            subscribing.put(subscriber.value(), isSubscribing);
        }

        List<String> sent() {
            List<String> result = List.copyOf(sent);
            sent.clear();
            return result;
        }
    }

    private static Link link(String id, StreamId stream, ConnectionId publisher, ConnectionId subscriber) {
        return new Link(new LinkId(id), stream, publisher, subscriber, Subscription.EVERYTHING);
    }

    private static String to(ConnectionId recipient, ServerMessage message) {
        return recipient + " " + message;
    }

    private static ServerMessage opened(Link link) {
        return new ServerMessage.LinkOpened(link.linkId(), link.streamId(), link.subscriber(), link.subscription());
    }

    private static ServerMessage closed(Link link) {
        return new ServerMessage.LinkClosed(link.linkId());
    }

    private Optional<ErrorCode> relay(ConnectionId from, LinkMessage message) {
        return broker.relay(from, message, (link, sender) -> overBudget.add(link.linkId() + " " + sender))
                .map(LinkRefusal::code);
    }

    private void open(Link... links) {
        for (Link each : links) {
            broker.open(each);
        }
        participants.sent();
    }

    @Test
    void onlyThePublisherIsAskedToOffer() {
        broker.open(ADA_TO_BOB);
        assertThat(participants.sent()).containsExactly(to(ADA, opened(ADA_TO_BOB)));
        assertThat(participants.subscribing).containsOnly(Map.entry("bob", true));
    }

    @Test
    void updateReachesThePublisherAndIsKeptForAResume() {
        open(ADA_TO_BOB);
        broker.update(ADA_TO_BOB, SMALL);
        assertThat(participants.sent())
                .containsExactly(to(ADA, new ServerMessage.LinkUpdated(ADA_TO_BOB.linkId(), SMALL)));
        broker.reopen(ADA);
        assertThat(participants.sent()).containsExactly(to(ADA, opened(ADA_TO_BOB.with(SMALL))));
    }

    @Test
    void publisherThatResumesOffersItsOwnLinksOnly() {
        open(ADA_TO_BOB, ADA_TO_EVE, BOB_TO_ADA);
        broker.reopen(ADA);
        assertThat(participants.sent())
                .containsExactlyInAnyOrder(to(ADA, opened(ADA_TO_BOB)), to(ADA, opened(ADA_TO_EVE)));
        broker.reopen(BOB, CAMERA);
        assertThat(participants.sent()).isEmpty();
        assertThat(broker.linksOf(ADA))
                .containsExactlyInAnyOrder(ADA_TO_BOB.linkId(), ADA_TO_EVE.linkId(), BOB_TO_ADA.linkId());
    }

    @Test
    void closeReachesTheEndsThatAreStillThere() {
        open(ADA_TO_BOB, ADA_TO_EVE, BOB_TO_ADA);
        broker.unsubscribe(ADA_TO_EVE);
        assertThat(participants.sent()).containsExactly(to(ADA, closed(ADA_TO_EVE)));
        broker.streamEnded(SCREEN);
        assertThat(participants.sent()).containsExactly(to(ADA, closed(BOB_TO_ADA)), to(BOB, closed(BOB_TO_ADA)));
        broker.connectionEnded(ADA);
        assertThat(participants.sent()).containsExactly(to(BOB, closed(ADA_TO_BOB)));
        assertThat(participants.subscribing).containsValues(false).doesNotContainValue(true);
    }

    @Test
    void onlyThePublisherOffersAndOnlyTheSubscriberAnswersAndRestarts() {
        open(ADA_TO_BOB);
        LinkId id = ADA_TO_BOB.linkId();
        LinkMessage offer = SampleSdp.offer(id, 1);
        LinkMessage answer = SampleSdp.answer(id, 1);
        LinkMessage restart = new LinkMessage.Restart(id);
        assertThat(relay(BOB, offer)).contains(ErrorCode.INVALID_PARAMETER);
        assertThat(relay(ADA, restart)).contains(ErrorCode.INVALID_PARAMETER);
        assertThat(relay(ADA, answer)).contains(ErrorCode.INVALID_PARAMETER);
        assertThat(relay(EVE, offer)).contains(ErrorCode.LINK_NOT_FOUND);
        assertThat(participants.sent()).isEmpty();
        assertThat(relay(ADA, offer)).isEmpty();
        assertThat(relay(BOB, answer)).isEmpty();
        assertThat(relay(BOB, restart)).isEmpty();
        assertThat(participants.sent()).containsExactly(to(BOB, offer), to(ADA, answer), to(ADA, restart));
    }

    @Test
    void batchIsSplitForAClientThatDoesNotUnderstandBatches() {
        open(ADA_TO_BOB);
        LinkId id = ADA_TO_BOB.linkId();
        relay(ADA, SampleSdp.offer(id, 1));
        participants.sent();
        LinkMessage.Candidates.Entry entry = new LinkMessage.Candidates.Entry(SampleSdp.CANDIDATE, "a", 0);
        LinkMessage batch = new LinkMessage.Candidates(id, 1, List.of(entry, entry));
        String candidate = to(BOB, SampleSdp.candidate(id, 1));
        assertThat(relay(ADA, batch)).isEmpty();
        assertThat(participants.sent()).containsExactly(candidate, candidate);
        participants.batches = true;
        assertThat(relay(ADA, batch)).isEmpty();
        assertThat(participants.sent()).containsExactly(to(BOB, batch));
    }

    @Test
    void endOfAClosedLinkIsNotRefusedForWhatItSentBeforeItKnew() {
        open(ADA_TO_BOB);
        broker.unsubscribe(ADA_TO_BOB);
        participants.sent();
        LinkMessage late = SampleSdp.offer(ADA_TO_BOB.linkId(), 1);
        assertThat(relay(ADA, late)).isEmpty();
        assertThat(relay(EVE, late)).contains(ErrorCode.LINK_NOT_FOUND);
        for (int sent = 1; sent < 10; sent++) {
            assertThat(relay(ADA, late)).isEmpty();
        }
        assertThat(relay(ADA, late)).contains(ErrorCode.LINK_NOT_FOUND);
        assertThat(participants.sent()).isEmpty();
    }

    @Test
    void endThatSendsTooMuchLosesTheLinkAtBothEnds() {
        open(ADA_TO_BOB);
        LinkId id = ADA_TO_BOB.linkId();
        for (int number = 1; number <= 10; number++) {
            assertThat(relay(ADA, SampleSdp.offer(id, number))).isEmpty();
        }
        assertThat(overBudget).isEmpty();
        assertThat(relay(ADA, SampleSdp.offer(id, 11))).isEmpty();
        assertThat(overBudget).containsExactly(id + " " + ADA);
        participants.sent();
        broker.closeOverBudget(ADA_TO_BOB, ADA);
        ServerMessage closed = new ServerMessage.LinkClosed(id, LinkCloseReason.RATE_LIMIT);
        assertThat(participants.sent()).containsExactly(to(ADA, closed), to(BOB, closed));
        assertThat(broker.isOpen(ADA_TO_BOB)).isFalse();
    }

    @Test
    void subscriptionIsRefusedByTheFirstLimitThatItReaches() {
        open(ADA_TO_BOB, ADA_TO_EVE);
        assertThat(broker.refusal(BOB, CAMERA).map(LinkRefusal::code)).contains(ErrorCode.ALREADY_SUBSCRIBED);
        assertThat(broker.refusal(new ConnectionId("zoe"), CAMERA).map(LinkRefusal::code))
                .contains(ErrorCode.RELAYED_LIMIT_EXCEEDED);
        for (int i = 0; i < 10; i++) {
            assertThat(broker.refusal(BOB, SCREEN)).isEmpty();
        }
        assertThat(broker.refusal(BOB, SCREEN)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
            assertThat(refusal.toReply(7L).retryAfterMillis()).isEqualTo(2000);
        });
        open(link("2", new StreamId("2"), ADA, BOB), link("3", new StreamId("3"), ADA, BOB));
        assertThat(broker.refusal(BOB, SCREEN).map(LinkRefusal::code)).contains(ErrorCode.STREAM_LIMIT_EXCEEDED);
    }
}
