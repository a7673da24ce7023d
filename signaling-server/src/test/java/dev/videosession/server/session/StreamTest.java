package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private ServerFixture fixture;
    private TestClient publisher;
    private TestClient subscriber;
    private StreamInfo stream;

    @BeforeEach
    void publisherAndSubscriber() {
        fixture = new ServerFixture();
        publisher = fixture.join(Role.PUBLISHER);
        subscriber = fixture.join(Role.SUBSCRIBER);
        publisher.expect(SequencedEvent.ConnectionCreated.class);
        stream = publisher.publish("cam");
        publisher.expect(SequencedEvent.StreamCreated.class);
        subscriber.expect(SequencedEvent.StreamCreated.class);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private LinkId subscribe() {
        subscriber.send(new ClientMessage.Subscribe(subscriber.nextId(), stream.streamId(), Subscription.EVERYTHING));
        LinkId link = subscriber.expect(ServerMessage.Subscribed.class).linkId();
        assertThat(publisher.expect(ServerMessage.LinkOpened.class))
                .isEqualTo(new ServerMessage.LinkOpened(
                        link, stream.streamId(), subscriber.id(), Subscription.EVERYTHING));
        return link;
    }

    @Test
    void negotiationIsPassedBetweenTheEnds() {
        LinkId link = subscribe();
        var offer = SampleSdp.offer(link, 1);
        var answer = SampleSdp.answer(link, 1);
        var candidate = SampleSdp.candidate(link, 1);
        publisher.send(offer);
        publisher.send(candidate);
        assertThat(subscriber.next()).isEqualTo(offer);
        assertThat(subscriber.next()).isEqualTo(candidate);
        subscriber.send(answer);
        subscriber.send(candidate);
        subscriber.send(new LinkMessage.Restart(link));
        assertThat(publisher.next()).isEqualTo(answer);
        assertThat(publisher.next()).isEqualTo(candidate);
        assertThat(publisher.next()).isEqualTo(new LinkMessage.Restart(link));
        Subscription less = new Subscription(true, false, null, 5);
        subscriber.send(new ClientMessage.UpdateSubscription(subscriber.nextId(), link, less));
        subscriber.expect(ServerMessage.Done.class);
        assertThat(publisher.next()).isEqualTo(new ServerMessage.LinkUpdated(link, less));
    }

    @Test
    void hostileDescriptionFailsAtItsSenderAndIsNotForwarded() {
        LinkId link = subscribe();
        publisher.send(SampleSdp.offer(link, 1));
        subscriber.expect(LinkMessage.Description.class);
        subscriber.send(new LinkMessage.Description(link, 1, DescriptionKind.ANSWER, "v=0\r\n%n%n%n%n%n\r\n"));
        var failed = subscriber.expect(ServerMessage.Failed.class);
        assertThat(failed.linkId()).isEqualTo(link);
        assertThat(failed.code()).isEqualTo(ErrorCode.ANSWER_REFUSED.code());
        assertThat(failed.name()).isEqualTo(ErrorCode.ANSWER_REFUSED.errorName());
        assertThat(failed.message()).contains("line 2").doesNotContain("%");
        subscriber.send(new LinkMessage.Candidate(link, 1, "candidate:%n%n%s%s", "a", 0));
        assertThat(subscriber.expect(ServerMessage.Failed.class).linkId()).isEqualTo(link);
        publisher.expectNothing();

        subscriber.send(SampleSdp.answer(link, 1));
        assertThat(publisher.next()).isEqualTo(SampleSdp.answer(link, 1));
        assertThat(fixture.metric("videosession.negotiation.refusals", "kind", "answer", "reason", "structure"))
                .isEqualTo(1);
        assertThat(fixture.metric("videosession.negotiation.refusals", "kind", "candidate", "reason", "candidate"))
                .isEqualTo(1);
    }

    @Test
    void linkIsClosedAtTheOtherEndHoweverItEnds() {
        LinkId first = subscribe();
        subscriber.send(new ClientMessage.Unsubscribe(subscriber.nextId(), first));
        subscriber.expect(ServerMessage.Done.class);
        assertThat(publisher.next()).isEqualTo(new ServerMessage.LinkClosed(first));

        LinkId second = subscribe();
        publisher.send(new ClientMessage.Unpublish(publisher.nextId(), stream.streamId(), null));
        publisher.expect(ServerMessage.Done.class);
        assertThat(publisher.next()).isEqualTo(new ServerMessage.LinkClosed(second));
        assertThat(subscriber.next()).isEqualTo(new ServerMessage.LinkClosed(second));
        assertThat(subscriber.expect(SequencedEvent.StreamDestroyed.class).reason())
                .isEqualTo(StreamDestroyReason.CLIENT_DISCONNECTED);
        publisher.expect(SequencedEvent.StreamDestroyed.class);

        stream = publisher.publish("again");
        publisher.expect(SequencedEvent.StreamCreated.class);
        subscriber.expect(SequencedEvent.StreamCreated.class);
        LinkId third = subscribe();
        subscriber.send(new ClientMessage.Disconnect());
        assertThat(publisher.next()).isEqualTo(new ServerMessage.LinkClosed(third));
        publisher.expect(SequencedEvent.ConnectionDestroyed.class);
        assertThat(fixture.metric("videosession.links")).isZero();
    }

    @Test
    void otherClientsCannotUseALink() {
        LinkId link = subscribe();
        TestClient other = fixture.join(Role.MODERATOR);
        other.send(SampleSdp.offer(link, 1));
        assertThat(other.expect(ServerMessage.Failed.class).name()).isEqualTo(ErrorCode.LINK_NOT_FOUND.errorName());
        long id = other.nextId();
        other.send(new ClientMessage.Unsubscribe(id, link));
        other.expectFailure(id, ErrorCode.LINK_NOT_FOUND);
        id = publisher.nextId();
        publisher.send(new ClientMessage.Unsubscribe(id, link));
        publisher.expect(SequencedEvent.ConnectionCreated.class);
        publisher.expectFailure(id, ErrorCode.LINK_NOT_FOUND);
        subscriber.expect(SequencedEvent.ConnectionCreated.class);
        subscriber.send(SampleSdp.offer(link, 1));
        assertThat(subscriber.expect(ServerMessage.Failed.class).message()).contains("publisher");
        publisher.expectNothing();
    }

    @Test
    void wrongSubscriptionsAndPublicationsAreRefused() {
        publisher.send(new ClientMessage.Subscribe(50, stream.streamId(), Subscription.EVERYTHING));
        publisher.expectFailure(50, ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND);
        subscriber.send(new ClientMessage.Subscribe(51, new StreamId("none"), Subscription.EVERYTHING));
        subscriber.expectFailure(51, ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND);
        subscriber.send(new ClientMessage.Publish(52, "no", true, true, null, null));
        subscriber.expectFailure(52, ErrorCode.PUBLISH_NOT_PERMITTED);
        subscriber.send(new ClientMessage.Unpublish(53, stream.streamId(), null));
        subscriber.expectFailure(53, ErrorCode.PUBLISH_STREAM_NOT_FOUND);
        publisher.expectNothing();
    }

    @Test
    void changesOfAStreamReachEveryClient() {
        StreamChange change = new StreamChange(null, false, null, null);
        publisher.send(new ClientMessage.UpdateStream(publisher.nextId(), stream.streamId(), change));
        publisher.expect(ServerMessage.Done.class);
        assertThat(publisher.expect(SequencedEvent.StreamChanged.class).change())
                .isEqualTo(change);
        assertThat(subscriber.expect(SequencedEvent.StreamChanged.class).change())
                .isEqualTo(change);
    }

    @Test
    void repeatedRequestGetsTheSameAnswerAndHappensOnce() {
        var publish = new ClientMessage.Publish(77, "twice", true, true, null, null);
        publisher.send(publish);
        publisher.send(publish);
        ServerMessage first = publisher.expect(ServerMessage.Published.class);
        publisher.expect(SequencedEvent.StreamCreated.class);
        assertThat(publisher.next()).isEqualTo(first);
        publisher.expectNothing();
        for (int i = 0; i < 300; i++) {
            publisher.send(new ClientMessage.DisableForceMute(100 + i));
            publisher.expectFailure(100 + i, ErrorCode.FORCE_MUTE_NOT_PERMITTED);
        }
        publisher.send(publish);
        publisher.expectFailure(77, ErrorCode.INVALID_PARAMETER);
    }

    @Test
    void signalsReachEveryClientOrOne() {
        publisher.send(new ClientMessage.Signal(publisher.nextId(), "chat", "hello", null));
        publisher.expect(ServerMessage.Done.class);
        assertThat(publisher.expect(SequencedEvent.Signal.class).data()).isEqualTo("hello");
        assertThat(subscriber.expect(SequencedEvent.Signal.class).from()).isEqualTo(publisher.id());
        publisher.send(new ClientMessage.Signal(publisher.nextId(), "chat", "psst", subscriber.id()));
        publisher.expect(ServerMessage.Done.class);
        assertThat(subscriber.next()).isEqualTo(new ServerMessage.DirectSignal(publisher.id(), "chat", "psst"));
        publisher.send(new ClientMessage.Signal(90, "no spaces", null, null));
        publisher.expectFailure(90, ErrorCode.SIGNAL_INVALID);
        publisher.send(new ClientMessage.Signal(91, "t", "x".repeat(9000), null));
        publisher.expectFailure(91, ErrorCode.SIGNAL_TOO_LONG);
        publisher.send(new ClientMessage.Signal(92, "t", "x", new ConnectionId("unknown")));
        publisher.expectFailure(92, ErrorCode.SIGNAL_NOT_FOUND);
    }
}
