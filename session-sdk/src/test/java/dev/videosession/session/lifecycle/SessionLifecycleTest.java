package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.SessionState;
import dev.videosession.session.Stream;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.fixture.FakeServerSession;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionLifecycleTest extends FakeServerSession {
    @Test
    void connectAnnouncesConnectionsThenStreams() {
        server.establish(
                session,
                List.of(FakeServer.connection("bob", Role.PUBLISHER)),
                List.of(FakeServer.stream("cam", "bob")));
        assertThat(log.take())
                .containsExactly(
                        "sessionConnected", "connectionCreated bob", "connectionCreated self", "streamCreated cam");
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
        assertThat(session.streams()).extracting(Stream::name).containsExactly("cam-name");
        assertThat(session.connection().orElseThrow().data()).isEqualTo("self-data");
    }

    @Test
    void suppressedConnectionEventsKeepRemoteStreams() {
        Session large = server.session(setup -> setup.connectionEventsSuppressed(true));
        large.addListener(log);
        FakeServer.FakeSocket socket = server.establish(large, List.of(), List.of(FakeServer.stream("cam", "bob")));
        socket.say(new SequencedEvent.StreamCreated(11, FakeServer.stream("screen", "eve")));
        socket.say(new SequencedEvent.Signal(12, new ConnectionId("eve"), "chat", "hello"));
        assertThat(log.take())
                .containsExactly("sessionConnected", "streamCreated cam", "streamCreated screen", "signal:chat hello");
        assertThat(large.connections()).extracting(each -> each.id().value()).containsExactly("self");
        assertThat(large.streams())
                .extracting(stream -> stream.connection().id().value())
                .containsExactlyInAnyOrder("bob", "eve");
    }

    @Test
    void refusedTokenFailsConnectAndTellsOfAnErrorOnly() {
        TestObserver<Void> outcome = session.connect("token").test();
        FakeServer.FakeSocket socket = server.socket();
        socket.accept();
        socket.say(ServerMessage.Failed.of(
                socket.take(ClientMessage.Connect.class).id(), ErrorCode.AUTHENTICATION_ERROR, "expired"));
        outcome.assertError(e -> ((SessionException) e).code() == 1004);
        assertThat(log.take()).containsExactly("error 1004 OT_AUTHENTICATION_ERROR");
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
        assertThat(socket.closed).isTrue();
    }

    @Test
    void unreachableServerFailsConnect() {
        TestObserver<Void> outcome = session.connect("token").test();
        server.socket().fail();
        outcome.assertError(
                e -> ((SessionException) e).code() == 1006 && e.getMessage().contains("http://server.test:1"));
    }

    @Test
    void silentServerTimesOut() {
        TestObserver<Void> outcome = session.connect("token").test();
        server.socket().accept();
        server.pass(14_999);
        outcome.assertNotComplete();
        server.pass(1);
        outcome.assertError(e -> ((SessionException) e).code() == 1008);
    }

    @Test
    void busyServerIsAskedAgainWhenItSaysSo() {
        TestObserver<Void> outcome = session.connect("token").test();
        FakeServer.FakeSocket first = server.socket();
        first.accept();
        first.say(ServerMessage.Failed.of(
                first.take(ClientMessage.Connect.class).id(), ErrorCode.CONNECT_FAILED, "busy", 1_000));
        server.pass(999);
        assertThat(server.sockets).hasSize(1);
        server.pass(201);
        FakeServer.FakeSocket second = server.socket();
        assertThat(second).isNotSameAs(first);
        second.accept();
        second.take(ClientMessage.Connect.class);
        outcome.assertNotComplete();
        server.pass(15_000);
        outcome.assertError(e -> ((SessionException) e).code() == 1008);
    }

    @Test
    void disconnectGivesOneEventHoweverOftenItIsCalled() {
        FakeServer.FakeSocket socket = establish();
        TestObserver<Void> first = session.disconnect().test();
        TestObserver<Void> second = session.disconnect().test();
        socket.take(ClientMessage.Disconnect.class);
        socket.assertNothingMoreSent();
        first.assertNotComplete();
        socket.say(GOODBYE);
        socket.closeWith(1000);
        session.disconnect().test().assertNotComplete();
        server.settle();
        first.assertComplete();
        second.assertComplete();
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
    }

    @Test
    void disconnectDoesNotWaitLongForASilentServer() {
        establish();
        session.disconnect();
        server.settle();
        server.pass(1_999);
        assertThat(log.take()).isEmpty();
        server.pass(1);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
    }

    @Test
    void forceDisconnectDecidedBeforeTheDisconnectIsTheCause() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        socket.say(KICK);
        socket.closeWith(4000);
        server.pass(60_000);
        assertThat(log.take()).containsExactly(KICKED);
    }

    @Test
    void kickEndsAtOnceAndForGood() {
        FakeServer.FakeSocket socket = establish();
        socket.say(KICK);
        socket.closeWith(4000);
        server.pass(60_000);
        assertThat(log.take()).containsExactly(KICKED);
        assertThat(server.sockets).hasSize(1);
    }

    @Test
    void finalCloseCodeWithoutALastWordStillTellsTheReason() {
        establish().closeWith(4002);
        assertThat(log.take())
                .containsExactly(
                        "sessionDisconnected forceDisconnected session-closed in state DISCONNECTED with 0 connections");
    }

    @Test
    void closeCodeReportsTheViolationToo() {
        establish().closeWith(1002);
        assertThat(log.take())
                .containsExactly(
                        "error 1022 OT_DISCONNECTED",
                        "sessionDisconnected forceDisconnected protocol-error in state DISCONNECTED with 0 connections");
    }

    @Test
    void finalCloseCodeOfANewerServerIsMeant() {
        establish().closeWith(4999);
        assertThat(log.take())
                .containsExactly(
                        "sessionDisconnected forceDisconnected other in state DISCONNECTED with 0 connections");
    }

    @Test
    void disconnectWhileConnectingFailsConnectAndGivesNoDisconnectEvent() {
        TestObserver<Void> connecting = session.connect("token").test();
        FakeServer.FakeSocket socket = server.socket();
        TestObserver<Void> leaving = session.disconnect().test();
        server.settle();
        connecting.assertError(SessionException.class);
        leaving.assertComplete();
        socket.accept();
        server.pass(60_000);
        assertThat(log.take()).as("nothing went wrong").isEmpty();
    }

    @Test
    void lastOfDisconnectConnectDisconnectWins() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        TestObserver<Void> connecting = session.connect("again").test();
        session.disconnect();
        server.settle();
        socket.say(GOODBYE);
        server.pass(60_000);
        connecting.assertError(e -> ((SessionException) e).code() == 1006);
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
        assertThat(server.sockets).hasSize(1);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
    }

    @Test
    void reconnectFromInsideTheListenerMakesANewConnection() {
        FakeServer.FakeSocket socket = establish();
        session.addListener(new SessionListener() {
            @Override
            public void onDisconnected(SessionDisconnectEvent event) {
                session.connect("again");
            }
        });
        socket.say(KICK);
        assertThat(log.take()).containsExactly(KICKED);
        FakeServer.FakeSocket next = server.socket();
        assertThat(next).isNotSameAs(socket);
        next.accept();
        assertThat(next.take(ClientMessage.Connect.class).token()).isEqualTo("again");
    }

    @Test
    void connectWhileDisconnectingFollowsTheDisconnect() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        session.connect("again");
        server.settle();
        assertThat(server.sockets).hasSize(1);
        socket.say(GOODBYE);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
        assertThat(server.socket()).isNotSameAs(socket);
    }

    @Test
    void throwingListenerDoesNotAffectOtherListeners() {
        SessionListener broken = new SessionListener() {
            @Override
            public void onDisconnected(SessionDisconnectEvent event) {
                throw new IllegalStateException("broken");
            }
        };
        session.removeListener(log);
        session.addListener(broken);
        session.addListener(log);
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());
        log.take();
        TestObserver<Void> leaving = session.disconnect().test();
        server.settle();
        socket.say(GOODBYE);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
        leaving.assertComplete();
    }

    @Test
    void observersSeeTheSameEventsInTheSameOrderAndMayPreventToo() {
        List<String> seen = new ArrayList<>();
        TestObserver<SessionEvent> events =
                session.events().doOnNext(event -> seen.add(event.type())).test();
        FakeServer.FakeSocket socket = establish();
        socket.say(KICK);
        assertThat(seen)
                .containsExactly(
                        "sessionConnected",
                        "connectionCreated",
                        "connectionCreated",
                        "streamCreated",
                        "sessionDisconnected");
        session.close();
        server.settle();
        events.assertComplete();
    }

    @Test
    void commandsNeedAConnection() {
        TestObserver<Void> signal = session.signal("chat", "hello").test();
        server.settle();
        signal.assertError(e -> ((SessionException) e).code() == 1010);
    }

    @Test
    void commandsUnderWayFailWhenTheSessionEnds() {
        FakeServer.FakeSocket socket = establish();
        TestObserver<Void> signal = session.signal("chat", "hello").test();
        server.settle();
        socket.say(KICK);
        signal.assertError(e -> ((SessionException) e).code() == 1010);
    }

    @Test
    void badParametersFailOneCommandAndNothingElse() {
        establish();
        TestObserver<Void> tooLong = session.forceDisconnect(
                        new ConnectionId("bob"), ForceDisconnectOptions.DEFAULT.withMessage("x".repeat(2000)))
                .test();
        TestObserver<Void> tooMuch = session.signal("t", "x".repeat(9000)).test();
        server.settle();
        tooLong.assertError(e -> ((SessionException) e).code() == 1011);
        tooMuch.assertError(e -> ((SessionException) e).code() == 413);
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void remoteLeaveTellsOfStreamsThenOfTheConnection() {
        FakeServer.FakeSocket socket = establish();
        socket.say(new SequencedEvent.StreamDestroyed(
                11, new StreamId("cam"), new ConnectionId("bob"), StreamDestroyReason.FORCE_DISCONNECTED));
        socket.say(new SequencedEvent.ConnectionDestroyed(
                12, new ConnectionId("bob"), DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED));
        assertThat(log.take())
                .containsExactly("streamDestroyed cam forceDisconnected", "connectionDestroyed bob forceDisconnected");
        assertThat(session.connections()).extracting(c -> c.id().value()).containsExactly("self");
    }

    @Test
    void eventSeenBeforeChangesNothing() {
        FakeServer.FakeSocket socket = establish();
        socket.say(new SequencedEvent.Signal(10, null, "old", "x"));
        socket.say(new SequencedEvent.Signal(11, null, "new", "y"));
        socket.say(new SequencedEvent.Signal(11, null, "new", "y"));
        assertThat(log.take()).containsExactly("signal:new y");
    }

    @Test
    void unknownAndBrokenMessagesAreIgnored() {
        FakeServer.FakeSocket socket = establish();
        socket.sayText("{\"type\":\"fromTheFuture\"}");
        socket.sayText("no json");
        socket.say(
                new SequencedEvent.StreamChanged(11, new StreamId("cam"), new StreamChange(false, null, null, null)));
        assertThat(log.take()).containsExactly("hasAudio of cam true -> false");
    }
}
