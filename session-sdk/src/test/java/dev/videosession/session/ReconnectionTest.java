package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.source.AudioSources;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ConnectionInfo;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Heartbeat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.Roster;
import dev.videosession.protocol.SequencedEvent;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamChange;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.StreamInfo;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
    private static final String CLIENT_LEFT =
            "sessionDisconnected clientDisconnected left in state DISCONNECTED with 0 connections";
    private static final String KICKED =
            "sessionDisconnected forceDisconnected kicked bye in state DISCONNECTED with 0 connections";
    private static final ServerMessage KICK =
            new ServerMessage.Disconnected(DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, "bye");
    private static final ServerMessage GOODBYE =
            new ServerMessage.Disconnected(DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null);

    private static final String SILENT =
            "sessionDisconnected networkDisconnected silent in state DISCONNECTED with 0 connections";
    private static final String LOST =
            "sessionDisconnected networkDisconnected socket-lost in state DISCONNECTED with 0 connections";

    private final FakeServer server = new FakeServer();
    private final Session session = server.session();
    private final EventLog log = new EventLog();

    ReconnectionTest() {
        session.addListener(log);
    }

    private FakeServer.FakeSocket establish() {
        FakeServer.FakeSocket socket = server.establish(
                session,
                List.of(FakeServer.connection("bob", Role.PUBLISHER)),
                List.of(FakeServer.stream("cam", "bob")));
        log.take();
        return socket;
    }

    /** Waits for the next attempt and lets the server take it. */
    private FakeServer.FakeSocket comeBack() {
        int before = server.sockets.size();
        for (int waited = 0; server.sockets.size() == before && waited < 10_000; waited += 10) {
            server.pass(10);
        }
        FakeServer.FakeSocket next = server.socket();
        next.accept();
        return next;
    }

    private void refuseResume() {
        FakeServer.FakeSocket next = comeBack();
        next.say(ServerMessage.Failed.of(
                next.take(ClientMessage.Resume.class).id(), ErrorCode.UNKNOWN_RESUME, "who are you?"));
    }

    private FakeServer.FakeSocket startOver(ConnectionInfo self) {
        refuseResume();
        FakeServer.FakeSocket next = comeBack();
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
    void heartbeatIsSentAndSilenceIsNoticed() {
        FakeServer.FakeSocket socket = establish();
        server.pass(2_999);
        socket.assertNothingMoreSent();
        server.pass(1);
        socket.take(Heartbeat.class);
        server.pass(5_000);
        assertThat(log.take()).isEmpty();
        server.pass(1);
        assertThat(log.take()).containsExactly("sessionReconnecting");
        assertThat(socket.aborted).isTrue();
    }

    @Test
    void lostServerIsResumedAndMissedEventsComeBeforeReconnected() {
        FakeServer.FakeSocket socket = establish();
        socket.fail();
        assertThat(log.take()).containsExactly("sessionReconnecting");
        TestObserver<Void> meanwhile = session.signal("chat", "while away").test();
        server.pass(250);
        FakeServer.FakeSocket next = server.socket();
        assertThat(next).isNotSameAs(socket);
        next.accept();
        ClientMessage.Resume resume = next.take(ClientMessage.Resume.class);
        assertThat(resume.resumeKey()).isEqualTo("resume-key");
        assertThat(resume.sequence()).isEqualTo(10);
        next.say(new ServerMessage.Resumed(resume.id(), "key-2", 11, null, List.of(), List.of()));
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
        next.say(new SequencedEvent.Signal(11, null, null, "missed"));
        assertThat(log.take()).containsExactly("signal missed", "sessionReconnected");
        ClientMessage.Signal queued = next.take(ClientMessage.Signal.class);
        assertThat(queued.data()).isEqualTo("while away");
        next.say(new ServerMessage.Done(queued.id()));
        meanwhile.assertComplete();
    }

    @Test
    void rosterOfAServerThatForgotTheEventsGivesTheDifferences() {
        FakeServer.FakeSocket socket = establish();
        socket.fail();
        server.pass(250);
        FakeServer.FakeSocket next = server.socket();
        next.accept();
        log.take();
        Roster truth = new Roster(
                99,
                List.of(FakeServer.SELF, FakeServer.connection("eve", Role.PUBLISHER)),
                List.of(FakeServer.stream("screen", "eve")),
                false);
        next.say(new ServerMessage.Resumed(
                next.take(ClientMessage.Resume.class).id(), "key-2", 99, truth, List.of(), List.of()));
        assertThat(log.take())
                .containsExactly(
                        "streamDestroyed cam networkDisconnected",
                        "connectionDestroyed bob networkDisconnected",
                        "connectionCreated eve",
                        "streamCreated screen",
                        "sessionReconnected");
    }

    @Test
    void serverThatStaysAwayIsGivenUpWithAnErrorAndOneEvent() {
        establish().fail();
        log.take();
        for (int i = 0; i < 200; i++) {
            server.pass(60);
            if (session.state() == SessionState.RECONNECTING) {
                server.socket().fail();
            }
        }
        server.pass(60_000);
        assertThat(log.take())
                .containsExactly(
                        "error 1022 OT_DISCONNECTED",
                        "sessionDisconnected networkDisconnected socket-lost in state DISCONNECTED with 0 connections");
        assertThat(server.sockets.size()).isBetween(4, 60);
    }

    @Test
    void disconnectWhileReconnectingReturnsToSayGoodbye() {
        establish().fail();
        log.take();
        session.disconnect();
        server.settle();
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTING);
        server.pass(250);
        FakeServer.FakeSocket next = server.socket();
        next.accept();
        ClientMessage.Resume resume = next.take(ClientMessage.Resume.class);
        next.say(new ServerMessage.Resumed(resume.id(), "key-2", 10, null, List.of(), List.of()));
        next.take(ClientMessage.Disconnect.class);
        next.say(GOODBYE);
        next.closeWith(1000);
        server.pass(60_000);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
    }

    @Test
    void disconnectWhileTheServerIsOutOfReachEndsAfterTwoSeconds() {
        establish().fail();
        log.take();
        session.disconnect();
        server.settle();
        server.pass(1_999);
        assertThat(log.take()).isEmpty();
        server.pass(1);
        assertThat(log.take()).containsExactly(CLIENT_LEFT);
        server.pass(60_000);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void kickDuringAbsenceIsToldOnReturn() {
        establish().fail();
        log.take();
        server.pass(250);
        FakeServer.FakeSocket next = server.socket();
        next.accept();
        next.say(KICK);
        next.closeWith(4000);
        server.pass(60_000);
        assertThat(log.take()).containsExactly(KICKED);
    }

    @Test
    void restartedServerGivesANewConnectionAndTheApplicationIsTold() {
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
        FakeServer.FakeSocket next = comeBack();
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
    void signalsThatNoServerSawGoToTheNewConnectionAndTheOthersFail() {
        FakeServer.FakeSocket socket = establish();
        TestObserver<Void> sent = session.signal("chat", "sent").test();
        socket.take(ClientMessage.Signal.class);
        socket.fail();
        TestObserver<Void> waiting = session.signal("chat", "waiting").test();
        TestObserver<Void> forBob = session.signal(
                        "chat",
                        "waiting",
                        new SignalOptions(session.connections().get(0), true))
                .test();
        TestObserver<Void> notKept =
                session.signal("chat", "now", new SignalOptions(null, false)).test();
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
        refuseResume();
        FakeServer.FakeSocket busy = comeBack();
        busy.say(ServerMessage.Failed.of(
                busy.take(ClientMessage.Connect.class).id(), ErrorCode.CONNECT_FAILED, "busy", 3_000));
        int before = server.sockets.size();
        server.pass(2_999);
        assertThat(server.sockets).hasSize(before);
        comeBack().take(ClientMessage.Connect.class);
    }

    @Test
    void tokenThatIsNoLongerGoodEndsTheSession() {
        establish().fail();
        refuseResume();
        FakeServer.FakeSocket next = comeBack();
        next.say(ServerMessage.Failed.of(
                next.take(ClientMessage.Connect.class).id(), ErrorCode.AUTHENTICATION_ERROR, "expired"));
        assertThat(log.take()).containsExactly("sessionReconnecting", "error 1004 OT_AUTHENTICATION_ERROR", LOST);
        server.pass(60_000);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void serverThatDoesNotLetASessionStartOverIsGivenUp() {
        establish().fail();
        refuseResume();
        server.pass(60_000);
        assertThat(log.take()).containsExactly("sessionReconnecting", "error 1022 OT_DISCONNECTED", LOST);
    }

    @Test
    void sessionThatMayNotStartOverEnds() {
        Session careful = server.session(builder -> builder.startOver(false));
        careful.addListener(log);
        server.establish(careful, List.of(), List.of()).fail();
        log.take();
        refuseResume();
        assertThat(log.take()).containsExactly("error 1022 OT_UNKNOWN_RESUME", LOST);
    }

    @Test
    void disconnectWhileStartingOverEndsAsWished() {
        establish().fail();
        refuseResume();
        FakeServer.FakeSocket next = comeBack();
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
    void longMessageOverASlowPathIsNoSilence() {
        FakeServer.FakeSocket socket = establish();
        for (int i = 0; i < 30; i++) {
            server.pass(1_000);
            socket.drip();
        }
        assertThat(log.take()).isEmpty();
        server.pass(8_001);
        assertThat(log.take()).containsExactly("sessionReconnecting");
    }

    /** Unmutes, loses the answer, and comes back to a list that says that the stream is silent. */
    private FakeServer.FakeSocket unmuteAndReturnToSilence(Publisher publisher) {
        FakeServer.FakeSocket socket = establish();
        publisher.media().open().join();
        session.publish(publisher);
        StreamInfo silent = FakeServer.stream("own", "self").with(new StreamChange(false, null, null, null));
        socket.say(new ServerMessage.Published(
                socket.take(ClientMessage.Publish.class).id(), silent));
        publisher.publishAudio(true);
        long update = socket.take(ClientMessage.UpdateStream.class).id();
        socket.fail();
        FakeServer.FakeSocket next = comeBack();
        Roster truth = new Roster(99, List.of(FakeServer.SELF), List.of(silent), false);
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 99, truth, List.of(), List.of()));
        assertThat(next.take(ClientMessage.UpdateStream.class).id()).isEqualTo(update);
        next.say(new ServerMessage.Done(update));
        return next;
    }

    private static Publisher silentPublisher() {
        return Publisher.builder()
                .video(ModelMedia.PICTURE)
                .audio(AudioSources.tone(440))
                .publishAudio(false)
                .mediaEngine(new ModelMedia().engine)
                .build();
    }

    @Test
    void muteAfterAnUpdateWhoseAnswerWasLostHolds() {
        Publisher publisher = silentPublisher();
        FakeServer.FakeSocket next = unmuteAndReturnToSilence(publisher);
        ClientMessage.UpdateStream fence = next.take(ClientMessage.UpdateStream.class);
        assertThat(fence.change().isEmpty()).isTrue();
        assertThat(publisher.publishesAudio()).isTrue();
        next.say(new ServerMessage.Done(fence.id()));
        assertThat(publisher.publishesAudio()).isFalse();
    }

    @Test
    void updateThatReachedTheServerOnlyAfterTheReturnIsNoMute() {
        Publisher publisher = silentPublisher();
        FakeServer.FakeSocket next = unmuteAndReturnToSilence(publisher);
        next.say(new SequencedEvent.StreamChanged(100, new StreamId("own"), new StreamChange(true, null, null, null)));
        next.say(new ServerMessage.Done(
                next.take(ClientMessage.UpdateStream.class).id()));
        assertThat(publisher.publishesAudio()).isTrue();
        next.assertNothingMoreSent();
    }

    @Test
    void returnToSayGoodbyeIsNoReconnection() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        server.settle();
        socket.fail();
        FakeServer.FakeSocket next = comeBack();
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 11, null, List.of(), List.of()));
        next.take(ClientMessage.Disconnect.class);
        next.say(new SequencedEvent.Signal(11, null, null, "missed"));
        next.say(GOODBYE);
        next.closeWith(1000);
        assertThat(log.take()).containsExactly("signal missed", CLIENT_LEFT);
    }

    @Test
    void eventsBeforeTheGoodbyeFollowTheRosterOfTheReturn() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        server.settle();
        socket.fail();
        FakeServer.FakeSocket next = comeBack();
        Roster truth = new Roster(
                99, List.of(FakeServer.SELF, FakeServer.connection("eve", Role.PUBLISHER)), List.of(), false);
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 99, truth, List.of(), List.of()));
        next.say(new SequencedEvent.ConnectionDestroyed(
                100, new ConnectionId("eve"), DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT));
        next.say(GOODBYE);
        assertThat(log.take())
                .containsExactly(
                        "streamDestroyed cam networkDisconnected",
                        "connectionDestroyed bob networkDisconnected",
                        "connectionCreated eve",
                        "connectionDestroyed eve clientDisconnected",
                        CLIENT_LEFT);
    }

    @Test
    void sleepOfTheMachineIsNoticedAtOnce() {
        FakeServer.FakeSocket socket = establish();
        server.pass(1_000);
        server.sleptMillis += 10_000;
        server.pass(2_000);
        assertThat(log.take()).containsExactly("sessionReconnecting");
        assertThat(socket.aborted).isTrue();
        FakeServer.FakeSocket next = comeBack();
        next.say(new ServerMessage.Resumed(
                next.take(ClientMessage.Resume.class).id(), "key-2", 10, null, List.of(), List.of()));
        assertThat(log.take()).containsExactly("sessionReconnected");
    }

    @Test
    void clockThatIsSetBackOrALittleForwardIsNoSleep() {
        FakeServer.FakeSocket socket = establish();
        server.sleptMillis -= 3_600_000;
        server.pass(3_000);
        socket.take(Heartbeat.class);
        socket.say(new Heartbeat());
        server.sleptMillis += 7_000;
        server.pass(3_000);
        socket.take(Heartbeat.class);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void whoSleptForLongDoesNotComeBackByItself() {
        establish();
        server.sleptMillis += 120_000;
        server.pass(3_000);
        refuseResume();
        assertThat(log.take()).containsExactly("sessionReconnecting", "error 1022 OT_UNKNOWN_RESUME", SILENT);
    }

    @Test
    void frozenServerIsWaitedForLongerThanOneThatIsGone() {
        establish();
        for (int i = 0; i < 300; i++) {
            server.pass(100);
            server.socket().reach();
        }
        assertThat(log.take()).containsExactly("sessionReconnecting");
        server.socket().accept();
        FakeServer.FakeSocket awake = server.socket();
        awake.say(new ServerMessage.Resumed(
                awake.take(ClientMessage.Resume.class).id(), "key-2", 10, null, List.of(), List.of()));
        assertThat(log.take()).containsExactly("sessionReconnected");
    }

    @Test
    void serverThatStaysFrozenIsGivenUpInTheEnd() {
        establish();
        for (int i = 0; i < 394; i++) {
            server.pass(100);
            server.socket().reach();
        }
        assertThat(log.take()).containsExactly("sessionReconnecting");
        server.pass(2_000);
        assertThat(log.take()).containsExactly("error 1022 OT_DISCONNECTED", SILENT);
    }

    @Test
    void serverWhoseMachineTakesNothingIsGivenUpAfterTheWindow() {
        establish();
        server.pass(8_001);
        assertThat(log.take()).containsExactly("sessionReconnecting");
        server.pass(11_999);
        assertThat(log.take()).isEmpty();
        server.pass(1);
        assertThat(log.take()).containsExactly("error 1022 OT_DISCONNECTED", SILENT);
    }

    /** The first cause is the one that counts, here as at the server. */
    @Test
    void whoDoesNotComeBackIsToldHowItWasLost() {
        establish().closeWith(1001);
        for (int i = 0; i < 13; i++) {
            server.pass(1_000);
        }
        assertThat(log.take())
                .containsExactly(
                        "sessionReconnecting",
                        "error 1022 OT_DISCONNECTED",
                        "sessionDisconnected networkDisconnected server-shutdown in state DISCONNECTED with 0 connections");
    }

    @Test
    void secondLossBeforeEverythingWasHeardIsTheSameAbsence() {
        establish().fail();
        FakeServer.FakeSocket next = comeBack();
        next.say(new ServerMessage.Resumed(
                next.take(ClientMessage.Resume.class).id(), "key-2", 12, null, List.of(), List.of()));
        next.say(new SequencedEvent.Signal(11, null, null, "first"));
        next.fail();
        FakeServer.FakeSocket again = comeBack();
        ClientMessage.Resume resume = again.take(ClientMessage.Resume.class);
        assertThat(resume.sequence()).isEqualTo(11);
        again.say(new ServerMessage.Resumed(resume.id(), "key-3", 12, null, List.of(), List.of()));
        again.say(new SequencedEvent.Signal(12, null, null, "second"));
        assertThat(log.take())
                .containsExactly("sessionReconnecting", "signal first", "signal second", "sessionReconnected");
    }
}
