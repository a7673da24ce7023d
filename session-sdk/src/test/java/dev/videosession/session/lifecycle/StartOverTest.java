package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionState;
import dev.videosession.session.SignalOptions;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.fixture.FakeMedia;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.fixture.FakeServerSession;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server that has lost its memory. */
class StartOverTest extends FakeServerSession {
    private static final String LOST =
            "sessionDisconnected networkDisconnected socket-lost in state DISCONNECTED with 0 connections";

    private FakeServer.FakeSocket startOver(ConnectionInfo self) {
        server.refuseResume();
        FakeServer.FakeSocket next = server.comeBack();
        ClientMessage.Connect connect = next.take(ClientMessage.Connect.class);
        assertThat(connect.token()).isEqualTo("token");
        next.say(FakeServer.connected(
                connect.id(),
                self,
                new Roster(
                        3,
                        List.of(FakeServer.connection("eve", Role.PUBLISHER), self),
                        List.of(FakeServer.stream("screen", "eve")),
                        false)));
        return next;
    }

    @Test
    void restartedServerGivesANewConnectionAndTheApplicationReceivesIt() {
        establish().fail();
        startOver(FakeServer.connection("self-2", Role.PUBLISHER));
        assertThat(log.take())
                .containsExactly(
                        "sessionReconnecting",
                        "streamDestroyed cam networkDisconnected",
                        "connectionDestroyed bob networkDisconnected",
                        "sessionReconnected with a new connection",
                        "connectionCreated eve",
                        "connectionCreated self-2",
                        "streamCreated screen");
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
        assertThat(session.connection().orElseThrow().id().value()).isEqualTo("self-2");
        assertThat(session.streams()).extracting(each -> each.id().value()).containsExactly("screen");
        assertThat(server.sockets).hasSize(3);
    }

    @Test
    void newConnectionIsResumedAndEndsLikeAnyOther() {
        establish().fail();
        FakeServer.FakeSocket socket = startOver(FakeServer.connection("self-2", Role.PUBLISHER));
        log.take();
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        ClientMessage.Resume resume = next.take(ClientMessage.Resume.class);
        assertThat(resume.connectionId().value()).isEqualTo("self-2");
        assertThat(resume.sequence()).isEqualTo(3);
        next.say(new ServerMessage.Resumed(resume.id(), "key-3", 3, null, List.of(), List.of()));
        next.say(KICK);
        next.closeWith(4000);
        server.pass(60_000);
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected", KICKED);
    }

    @Test
    void unsentSignalsGoToTheNewConnectionAndOtherSignalsFail() {
        FakeServer.FakeSocket socket = establish();
        TestObserver<Void> sent = session.signal("chat", "sent").test();
        socket.take(ClientMessage.Signal.class);
        socket.fail();
        TestObserver<Void> waiting = session.signal("chat", "waiting").test();
        TestObserver<Void> forBob = session.signal(
                        "chat",
                        "waiting",
                        SignalOptions.to(session.connections().get(0)))
                .test();
        TestObserver<Void> notKept = session.signal("chat", "now", SignalOptions.TO_ALL.withRetryAfterReconnect(false))
                .test();
        FakeServer.FakeSocket next = startOver(FakeServer.connection("self-2", Role.PUBLISHER));
        sent.assertError(e -> ((SessionException) e).code() == 1010);
        forBob.assertError(e -> ((SessionException) e).code() == 1010);
        notKept.assertError(e -> ((SessionException) e).code() == 1010);
        ClientMessage.Signal kept = next.take(ClientMessage.Signal.class);
        assertThat(kept.data()).isEqualTo("waiting");
        next.assertNothingMoreSent();
        next.say(new ServerMessage.Done(kept.id()));
        waiting.assertComplete();
    }

    @Test
    void startingOverWaitsForABusyServer() {
        establish().fail();
        server.refuseResume();
        FakeServer.FakeSocket busy = server.comeBack();
        busy.say(ServerMessage.Failed.of(
                busy.take(ClientMessage.Connect.class).id(), ErrorCode.CONNECT_FAILED, "busy", 3_000));
        int before = server.sockets.size();
        server.pass(2_999);
        assertThat(server.sockets).hasSize(before);
        server.comeBack().take(ClientMessage.Connect.class);
    }

    @Test
    void tokenThatIsNoLongerGoodEndsTheSession() {
        establish().fail();
        server.refuseResume();
        FakeServer.FakeSocket next = server.comeBack();
        next.say(ServerMessage.Failed.of(
                next.take(ClientMessage.Connect.class).id(), ErrorCode.AUTHENTICATION_ERROR, "expired"));
        assertThat(log.take()).containsExactly("sessionReconnecting", "error 1004 OT_AUTHENTICATION_ERROR", LOST);
        server.pass(60_000);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void serverThatDoesNotLetASessionStartOverIsGivenUp() {
        establish().fail();
        server.refuseResume();
        server.pass(60_000);
        assertThat(log.take()).containsExactly("sessionReconnecting", "error 1022 OT_DISCONNECTED", LOST);
    }

    @Test
    void sessionThatMayNotStartOverEnds() {
        Session careful = server.session(setup -> setup.startOver(false));
        careful.addListener(log);
        server.establish(careful, List.of(), List.of()).fail();
        log.take();
        server.refuseResume();
        assertThat(log.take()).containsExactly("error 1022 OT_UNKNOWN_RESUME", LOST);
    }

    @Test
    void disconnectWhileStartingOverEndsAsWished() {
        establish().fail();
        server.refuseResume();
        FakeServer.FakeSocket next = server.comeBack();
        ClientMessage.Connect connect = next.take(ClientMessage.Connect.class);
        log.take();
        TestObserver<Void> leaving = session.disconnect().test();
        server.settle();
        next.take(ClientMessage.Disconnect.class);
        assertThat(next.closed).isTrue();
        leaving.assertComplete();
        next.say(FakeServer.connected(
                connect.id(), FakeServer.SELF, new Roster(3, List.of(FakeServer.SELF), List.of(), false)));
        next.say(new SequencedEvent.ConnectionCreated(4, FakeServer.connection("stranger", Role.PUBLISHER)));
        server.pass(60_000);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
    }

    @Test
    void clientThatSleptForLongDoesNotReconnect() {
        establish();
        server.sleptMillis += 120_000;
        server.pass(3_000);
        server.refuseResume();
        assertThat(log.take()).containsExactly("sessionReconnecting", "error 1022 OT_UNKNOWN_RESUME", SILENT);
    }

    @Test
    void abandonedAttemptDisconnectsSoThatItIsNotConnectedTwice() {
        establish().fail();
        server.refuseResume();
        FakeServer.FakeSocket slow = server.comeBack();
        slow.take(ClientMessage.Connect.class);
        FakeServer.FakeSocket next = server.comeBack();
        next.take(ClientMessage.Connect.class);
        slow.take(ClientMessage.Disconnect.class);
        assertThat(slow.closed).isTrue();
        assertThat(slow.aborted).isFalse();
    }

    /** The application is slow: it hears of the new connection when that has ended already. */
    private Publisher publishedWhenTheSessionStartsOverAndEnds(boolean prevent) {
        Deque<Runnable> waiting = new ArrayDeque<>();
        Session slow = server.session(setup -> setup.callbacks(new CallbackQueue(waiting::add, Runnable::run)));
        slow.addListener(log);
        FakeServer.FakeSocket socket = server.establish(slow, List.of(), List.of());
        Publisher publisher = Publisher.builder()
                .video(FakeMedia.PICTURE)
                .mediaEngine(new FakeMedia().engine)
                .build();
        publisher.addListener(new PublisherListener() {
            @Override
            public void onStreamDestroyed(StreamDestroyedEvent event) {
                log.lines.add("publisher: streamDestroyed " + event.startingOver());
                if (prevent) {
                    event.preventDefault();
                }
            }
        });
        slow.publish(publisher);
        Awaitility.await("published").until(() -> {
            server.settle();
            return socket.hasSent();
        });
        socket.say(new ServerMessage.Published(
                socket.take(ClientMessage.Publish.class).id(), FakeServer.stream("own", "self")));
        socket.fail();
        FakeServer.FakeSocket next = startOver(FakeServer.connection("self-2", Role.PUBLISHER));
        next.say(KICK);
        while (!waiting.isEmpty()) {
            waiting.remove().run();
            server.settle();
        }
        assertThat(log.take())
                .endsWith(
                        "publisher: streamDestroyed true",
                        "sessionReconnected with a new connection",
                        "connectionCreated eve",
                        "connectionCreated self-2",
                        "streamCreated screen",
                        KICKED);
        return publisher;
    }

    @Test
    void publisherOfASessionThatEndsBeforeItIsPublishedAgainIsDestroyed() {
        assertThat(publishedWhenTheSessionStartsOverAndEnds(false).isDestroyed())
                .isTrue();
    }

    @Test
    void publisherThatTheApplicationHasTakenOverIsNot() {
        Publisher publisher = publishedWhenTheSessionStartsOverAndEnds(true);
        assertThat(publisher.isDestroyed()).isFalse();
        publisher.destroy();
    }
}
