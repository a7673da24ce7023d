package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What subscribers make a publisher send is charged to their links, not to the publisher. */
class LinkBudgetTest {
    /** As many as a machine with some networks, a VPN and containers finds for one link. */
    private static final int CANDIDATES = 25;

    private static StreamInfo publish(TestClient publisher) {
        publisher.send(new ClientMessage.Publish(publisher.nextId(), "cam", true, true, null, null));
        return publisher.await(ServerMessage.Published.class).stream();
    }

    private static long subscribe(TestClient subscriber, StreamInfo stream) {
        long id = subscriber.nextId();
        subscriber.send(new ClientMessage.Subscribe(id, stream.streamId(), Subscription.EVERYTHING));
        return id;
    }

    private static LinkMessage.Candidate candidate(LinkId link, int number) {
        return new LinkMessage.Candidate(
                link, 1, "candidate:" + number + " 1 udp 2122260223 192.0.2.7 50000 typ host", "a", 0);
    }

    private static void negotiate(TestClient publisher, LinkId link) {
        publisher.send(SampleSdp.offer(link, 1));
        for (int i = 1; i <= CANDIDATES; i++) {
            publisher.send(candidate(link, i));
        }
    }

    @Test
    void publisherOfFortySubscribersStaysWithEveryLinkOfEach() {
        ServerLimits limits = ServerLimits.builder()
                .messageRate(1, 100)
                .byteRate(1024, 64 * 1024)
                .linksPerStream(40)
                .build();
        try (ServerFixture fixture = new ServerFixture(builder -> builder.limits(limits))) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            StreamInfo stream = publish(publisher);
            List<TestClient> subscribers = IntStream.range(0, 40)
                    .mapToObj(i -> fixture.join(Role.SUBSCRIBER))
                    .toList();
            subscribers.forEach(subscriber -> subscribe(subscriber, stream));
            subscribers.forEach(each -> negotiate(
                    publisher, publisher.await(ServerMessage.LinkOpened.class).linkId()));
            for (TestClient subscriber : subscribers) {
                subscriber.await(LinkMessage.Description.class);
                for (int i = 1; i <= CANDIDATES; i++) {
                    subscriber.await(LinkMessage.Candidate.class);
                }
            }
            publisher.expectNothing();
        }
    }

    @Test
    void secondSubscriptionToTheSameStreamIsRefusedUntilTheFirstHasEnded() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            TestClient subscriber = fixture.join(Role.SUBSCRIBER);
            StreamInfo stream = publish(publisher);
            subscriber.expect(SequencedEvent.StreamCreated.class);
            long first = subscribe(subscriber, stream);
            LinkId link = subscriber.expect(ServerMessage.Subscribed.class).linkId();
            for (int i = 0; i < 60; i++) {
                subscriber.expectFailure(subscribe(subscriber, stream), ErrorCode.ALREADY_SUBSCRIBED);
            }
            subscriber.send(new ClientMessage.Subscribe(first, stream.streamId(), Subscription.EVERYTHING));
            assertThat(subscriber.expect(ServerMessage.Subscribed.class).linkId())
                    .isEqualTo(link);
            subscriber.send(new ClientMessage.Unsubscribe(subscriber.nextId(), link));
            long again = subscribe(subscriber, stream);
            subscriber.expect(ServerMessage.Done.class);
            assertThat(subscriber.expect(ServerMessage.Subscribed.class).id()).isEqualTo(again);
            subscriber.expectNothing();
            assertThat(fixture.metric("videosession.links")).isEqualTo(1);
        }
    }

    @Test
    void subscriberBeyondTheLimitOfTheStreamReceivesAHintToRoutedSessions() {
        ServerLimits limits = ServerLimits.builder().linksPerStream(2).build();
        try (ServerFixture fixture = new ServerFixture(builder -> builder.limits(limits))) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            StreamInfo stream = publish(publisher);
            List<TestClient> subscribers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TestClient subscriber = fixture.join(Role.SUBSCRIBER);
                subscribers.add(subscriber);
                subscribe(subscriber, stream);
                if (i < 2) {
                    subscriber.await(ServerMessage.Subscribed.class);
                }
            }
            ServerMessage.Failed refused = subscribers.get(2).await(ServerMessage.Failed.class);
            assertThat(refused.code()).isEqualTo(ErrorCode.RELAYED_LIMIT_EXCEEDED.code());
            assertThat(refused.name()).isEqualTo(ErrorCode.RELAYED_LIMIT_EXCEEDED.errorName());
            assertThat(refused.message()).contains("2 subscribers").contains("routed");
            subscribers.get(0).send(new ClientMessage.Disconnect());
            publisher.await(ServerMessage.LinkClosed.class);
            subscribe(subscribers.get(2), stream);
            subscribers.get(2).await(ServerMessage.Subscribed.class);
        }
    }

    @Test
    void endThatSendsTooMuchLosesTheLinkAndKeepsTheConnection() {
        for (boolean publisherFloods : new boolean[] {true, false}) {
            try (ServerFixture fixture = new ServerFixture()) {
                TestClient publisher = fixture.join(Role.PUBLISHER);
                StreamInfo stream = publish(publisher);
                TestClient subscriber = fixture.join(Role.SUBSCRIBER);
                TestClient other = fixture.join(Role.SUBSCRIBER);
                subscribe(subscriber, stream);
                LinkId flooded = publisher.await(ServerMessage.LinkOpened.class).linkId();
                subscribe(other, stream);
                LinkId kept = publisher.await(ServerMessage.LinkOpened.class).linkId();
                TestClient flooder = publisherFloods ? publisher : subscriber;
                for (int i = 0; i < 1000; i++) {
                    flooder.send(candidate(flooded, i));
                }
                assertThat(publisher.await(ServerMessage.LinkClosed.class))
                        .isEqualTo(new ServerMessage.LinkClosed(flooded, LinkCloseReason.RATE_LIMIT));
                assertThat(subscriber.await(ServerMessage.LinkClosed.class))
                        .isEqualTo(new ServerMessage.LinkClosed(flooded, LinkCloseReason.RATE_LIMIT));
                publisher.send(candidate(kept, 1));
                assertThat(other.await(LinkMessage.Candidate.class)).isEqualTo(candidate(kept, 1));
                long again = subscribe(subscriber, stream);
                assertThat(subscriber.await(ServerMessage.Subscribed.class).id())
                        .isEqualTo(again);
            }
        }
    }

    @Test
    void restartsOfTheSubscriberAreLimitedAndPayForWhatThePublisherAnswers() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            StreamInfo stream = publish(publisher);
            TestClient subscriber = fixture.join(Role.SUBSCRIBER);
            subscribe(subscriber, stream);
            LinkId link = publisher.await(ServerMessage.LinkOpened.class).linkId();
            for (int i = 0; i < 10; i++) {
                subscriber.send(new LinkMessage.Restart(link));
                publisher.await(LinkMessage.Restart.class);
                publisher.send(SampleSdp.offer(link, i + 1));
                for (int c = 1; c <= 2 * CANDIDATES; c++) {
                    publisher.send(candidate(link, c));
                }
                subscriber.await(LinkMessage.Description.class);
            }
            publisher.send(candidate(link, 0));
            for (int i = 0; i < 50; i++) {
                subscriber.send(new LinkMessage.Restart(link));
            }
            assertThat(publisher.await(ServerMessage.LinkClosed.class).reason()).isEqualTo(LinkCloseReason.RATE_LIMIT);
        }
    }

    @Test
    void subscribingAndUnsubscribingForeverIsSlowedDown() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            StreamInfo stream = publish(publisher);
            TestClient subscriber = fixture.join(Role.SUBSCRIBER);
            int opened = 0;
            ServerMessage.Failed refused = null;
            while (refused == null && opened < 50) {
                subscribe(subscriber, stream);
                ServerMessage.Reply reply = subscriber.await(ServerMessage.Reply.class);
                if (reply instanceof ServerMessage.Subscribed subscribed) {
                    opened++;
                    subscriber.send(new ClientMessage.Unsubscribe(subscriber.nextId(), subscribed.linkId()));
                    subscriber.await(ServerMessage.Done.class);
                } else {
                    refused = (ServerMessage.Failed) reply;
                }
            }
            assertThat(opened).isBetween(5, 20);
            assertThat(refused).isNotNull();
            assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED.code());
            assertThat(refused.retryAfterMillis()).isPositive();
        }
    }

    @Test
    void messagesForALinkThatHasJustClosedAreDroppedSilently() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            StreamInfo stream = publish(publisher);
            TestClient subscriber = fixture.join(Role.SUBSCRIBER);
            subscribe(subscriber, stream);
            LinkId link = subscriber.await(ServerMessage.Subscribed.class).linkId();
            subscriber.send(new ClientMessage.Unsubscribe(subscriber.nextId(), link));
            publisher.await(ServerMessage.LinkClosed.class);
            negotiate(publisher, link);
            publisher.expectNothing();
            TestClient other = fixture.join(Role.PUBLISHER);
            other.send(SampleSdp.offer(link, 1));
            assertThat(other.await(ServerMessage.Failed.class).name()).isEqualTo(ErrorCode.LINK_NOT_FOUND.errorName());
        }
    }

    @Test
    void batchOfCandidatesGoesWholeOnlyToAClientThatUnderstandsIt() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            assertThat(publisher.connected().features()).contains(Feature.CANDIDATE_BATCHES.wireName());
            StreamInfo stream = publish(publisher);
            TestClient old = fixture.join(Role.SUBSCRIBER);
            TestClient modern = fixture.open();
            modern.send(new ClientMessage.Connect(
                    modern.nextId(),
                    MessageCodec.PROTOCOL_VERSION,
                    fixture.session,
                    fixture.token(Role.SUBSCRIBER),
                    "test/1",
                    true,
                    List.of("candidates", "something-newer")));
            modern.expect(ServerMessage.Connected.class);
            for (TestClient subscriber : List.of(old, modern)) {
                subscribe(subscriber, stream);
                LinkId link = publisher.await(ServerMessage.LinkOpened.class).linkId();
                LinkMessage.Candidates batch = new LinkMessage.Candidates(
                        link,
                        1,
                        List.of(
                                new LinkMessage.Candidates.Entry(SampleSdp.CANDIDATE, "a", 0),
                                new LinkMessage.Candidates.Entry("", null, 1)));
                publisher.send(batch);
                if (subscriber == modern) {
                    assertThat(subscriber.await(LinkMessage.class)).isEqualTo(batch);
                } else {
                    assertThat(subscriber.await(LinkMessage.class)).isEqualTo(SampleSdp.candidate(link, 1));
                    assertThat(subscriber.await(LinkMessage.class))
                            .isEqualTo(new LinkMessage.Candidate(link, 1, "", null, 1));
                }
            }
        }
    }
}
