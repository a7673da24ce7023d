package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that wait in the queue of a session together, behind an append that is still under way. */
@Timeout(30)
class WaitingOperationsTest {
    private final SessionFixture session = new SessionFixture();
    private final SessionFixture.Client ada = session.join("ada");
    private final SessionFixture.Client bob = session.join("bob");
    private final SessionFixture.Client cyd = session.join("cyd");
    private long requests = 100;

    @AfterEach
    void close() {
        session.close();
    }

    /** Starts an append, so that later operations wait until the test releases it. */
    private void holdLog() {
        cyd.send(new ClientMessage.Signal(++requests, "chat", "hello", null));
        assertThat(session.logs.waiting()).isNotNull();
    }

    private StreamId publishCamera() {
        ada.send(publish(++requests));
        session.releaseAll();
        StreamId camera = ada.only(ServerMessage.Published.class).stream().streamId();
        bob.take();
        return camera;
    }

    private LinkId subscribe(StreamId stream) {
        bob.send(new ClientMessage.Subscribe(++requests, stream, Subscription.EVERYTHING));
        session.releaseAll();
        return bob.only(ServerMessage.Subscribed.class).linkId();
    }

    private static ClientMessage.Publish publish(long id) {
        return new ClientMessage.Publish(id, "camera", true, true, null, null);
    }

    private static void assertRefused(ServerMessage reply, long request, ErrorCode code) {
        assertThat(reply).isInstanceOfSatisfying(ServerMessage.Failed.class, failed -> {
            assertThat(failed.id()).isEqualTo(request);
            assertThat(failed.code()).isEqualTo(code.code());
        });
    }

    private static List<ServerMessage> repliesTo(SessionFixture.Client client) {
        return client.take().stream()
                .filter(message -> message instanceof ServerMessage.Reply)
                .toList();
    }

    @Test
    void requestThatWaitsTwiceIsCarriedOutOnceAndAnsweredTwice() {
        holdLog();
        ada.send(publish(7));
        ada.send(publish(7));
        session.releaseAll();
        List<ServerMessage> replies = repliesTo(ada);
        assertThat(session.snapshot().roster().streams())
                .as("streams after one request that was sent twice")
                .hasSize(1);
        assertThat(replies).hasSize(2).hasOnlyElementsOfType(ServerMessage.Published.class);
        assertThat(replies.get(1)).isEqualTo(replies.get(0));
    }

    @Test
    void secondOfTwoSubscriptionsThatWaitTogetherIsRefused() {
        StreamId camera = publishCamera();
        holdLog();
        bob.send(new ClientMessage.Subscribe(8, camera, Subscription.EVERYTHING));
        bob.send(new ClientMessage.Subscribe(9, camera, Subscription.EVERYTHING));
        session.releaseAll();
        List<ServerMessage> replies = repliesTo(bob);
        assertThat(replies).hasSize(2);
        assertThat(replies.get(0)).isInstanceOf(ServerMessage.Subscribed.class);
        assertRefused(replies.get(1), 9, ErrorCode.ALREADY_SUBSCRIBED);
        assertThat(ada.only(ServerMessage.LinkOpened.class).subscriber())
                .as("subscriber of the only link")
                .isEqualTo(bob.id());
    }

    @Test
    void requestsThatWaitBehindTheEndOfTheirLinkAreRefused() {
        LinkId link = subscribe(publishCamera());
        holdLog();
        bob.send(new ClientMessage.Unsubscribe(8, link));
        bob.send(new ClientMessage.UpdateSubscription(9, link, new Subscription(true, false, null, null)));
        bob.send(new ClientMessage.Unsubscribe(10, link));
        session.releaseAll();
        List<ServerMessage> replies = repliesTo(bob);
        assertThat(replies).hasSize(3);
        assertThat(replies.get(0)).isEqualTo(new ServerMessage.Done(8L));
        assertRefused(replies.get(1), 9, ErrorCode.LINK_NOT_FOUND);
        assertRefused(replies.get(2), 10, ErrorCode.LINK_NOT_FOUND);
    }

    @Test
    void resumeThatWaitsWhenTheWindowEndsKeepsTheConnection() {
        ada.loseSocket();
        session.releaseAll();
        holdLog();
        SessionFixture.Client again = ada.resume(2);
        session.advance(SessionFixture.RESUME_WINDOW_MILLIS);
        bob.take();
        session.releaseAll();
        assertThat(bob.takeTypes()).contains("ConnectionReconnected").doesNotContain("ConnectionDestroyed");
        assertThat(again.takeTypes()).contains("Resumed").doesNotContain("Disconnected");
        assertThat(session.snapshot().lost()).isEmpty();
        assertThat(session.snapshot().roster().connections()).hasSize(3);
    }

    /** The log fails after it has written the resume. The client gets no answer, and its new socket is closed. */
    @Test
    void connectionIsLostAgainWhenItsResumeWasLoggedButNotAnswered() {
        ada.loseSocket();
        session.releaseAll();
        bob.take();
        SessionFixture.Client unanswered = ada.resume(2);
        session.logs.fail(true);
        session.settle();
        session.releaseAll();
        assertThat(unanswered.takeTypes()).isEmpty();
        assertThat(bob.takeTypes())
                .as("what the other client sees of the connection")
                .containsExactly("ConnectionReconnected", "ConnectionReconnecting");
        assertThat(session.snapshot().lost()).containsExactly(ada.id());
        session.advance(SessionFixture.RESUME_WINDOW_MILLIS);
        session.releaseAll();
        assertThat(bob.only(SequencedEvent.ConnectionDestroyed.class).connectionId())
                .isEqualTo(ada.id());
    }
}
