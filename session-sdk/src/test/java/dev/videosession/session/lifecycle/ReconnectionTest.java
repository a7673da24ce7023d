package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.AudioSources;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.FakeMedia;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.fixture.FakeServerSession;
import dev.videosession.session.internal.stream.LocalPublisher;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losing the server and coming back to the same connection. */
class ReconnectionTest extends FakeServerSession {
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
    void unreachableServerEndsTheSessionWithAnErrorAndOneEvent() {
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
    void disconnectWhileReconnectingResumesToSendDisconnect() {
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
    void attemptThatWasTooSlowToAskIsNotTheEnd() {
        establish().fail();
        server.comeBack().closeWith(4011);
        FakeServer.FakeSocket next = server.comeBack();
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 10, null, List.of(), List.of()));
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected");
    }

    @Test
    void forceDisconnectWhileOfflineIsReportedOnResume() {
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
    void resumeToSendDisconnectIsNoReconnection() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        server.settle();
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 11, null, List.of(), List.of()));
        next.take(ClientMessage.Disconnect.class);
        next.say(new SequencedEvent.Signal(11, null, null, "missed"));
        next.say(GOODBYE);
        next.closeWith(1000);
        assertThat(log.take()).containsExactly("signal missed", CLIENT_LEFT);
    }

    @Test
    void eventsBeforeTheDisconnectFollowTheRosterOfTheResume() {
        FakeServer.FakeSocket socket = establish();
        session.disconnect();
        server.settle();
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
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
    void secondLossBeforeEverythingWasHeardIsTheSameAbsence() {
        establish().fail();
        FakeServer.FakeSocket next = server.comeBack();
        next.say(new ServerMessage.Resumed(
                next.take(ClientMessage.Resume.class).id(), "key-2", 12, null, List.of(), List.of()));
        next.say(new SequencedEvent.Signal(11, null, null, "first"));
        next.fail();
        FakeServer.FakeSocket again = server.comeBack();
        ClientMessage.Resume resume = again.take(ClientMessage.Resume.class);
        assertThat(resume.sequence()).isEqualTo(11);
        again.say(new ServerMessage.Resumed(resume.id(), "key-3", 12, null, List.of(), List.of()));
        again.say(new SequencedEvent.Signal(12, null, null, "second"));
        assertThat(log.take())
                .containsExactly("sessionReconnecting", "signal first", "signal second", "sessionReconnected");
    }

    /** Unmutes, loses the answer, and comes back to a list that says that the stream is silent. */
    private FakeServer.FakeSocket unmuteAndReturnToSilence(Publisher publisher) {
        FakeServer.FakeSocket socket = establish();
        ((LocalPublisher) publisher).media().open().join();
        session.publish(publisher);
        StreamInfo silent = FakeServer.stream("own", "self").with(new StreamChange(false, null, null, null));
        socket.say(new ServerMessage.Published(
                socket.take(ClientMessage.Publish.class).id(), silent));
        publisher.publishAudio(true);
        long update = socket.take(ClientMessage.UpdateStream.class).id();
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        Roster truth = new Roster(99, List.of(FakeServer.SELF), List.of(silent), false);
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 99, truth, List.of(), List.of()));
        assertThat(next.take(ClientMessage.UpdateStream.class).id()).isEqualTo(update);
        next.say(new ServerMessage.Done(update));
        return next;
    }

    private static final StreamInfo OWN =
            FakeServer.stream("own", "self").with(new StreamChange(false, null, null, null));
    private static final StreamInfo ENDED = FakeServer.stream("ended", "self");

    /** A client that waits for the reply to a request to publish, after a resume. */
    private record Publishing(FakeServer.FakeSocket socket, long request) {}

    /** The server's log has lost the end of a stream, and a publication waits for its reply. */
    private Publishing resumeWhilePublishing(Publisher publisher) {
        FakeServer.FakeSocket socket = establish();
        ((LocalPublisher) publisher).media().open().join();
        session.publish(publisher);
        long publish = socket.take(ClientMessage.Publish.class).id();
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        Roster truth = new Roster(99, List.of(FakeServer.SELF), List.of(OWN, ENDED), false);
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 99, truth, List.of(), List.of()));
        assertThat(next.take(ClientMessage.Publish.class).id()).isEqualTo(publish);
        return new Publishing(next, publish);
    }

    @Test
    void ownStreamInARosterThatNoPublicationHasIsEndedAfterTheLastReply() {
        Publisher publisher = silentPublisher();
        Publishing waiting = resumeWhilePublishing(publisher);
        FakeServer.FakeSocket next = waiting.socket();
        next.say(new ServerMessage.Published(waiting.request(), OWN));
        assertThat(next.take(ClientMessage.Unpublish.class).streamId()).isEqualTo(ENDED.streamId());
        assertThat(publisher.stream()).isPresent();
    }

    @Test
    void ownStreamInARosterIsEndedThoughThePublicationThatWaitedIsUnpublished() {
        Publisher publisher = silentPublisher();
        Publishing waiting = resumeWhilePublishing(publisher);
        FakeServer.FakeSocket next = waiting.socket();
        session.unpublish(publisher);
        server.settle();
        next.say(new ServerMessage.Published(waiting.request(), OWN));
        assertThat(next.take(ClientMessage.Unpublish.class).streamId()).isEqualTo(OWN.streamId());
        assertThat(next.take(ClientMessage.Unpublish.class).streamId()).isEqualTo(ENDED.streamId());
    }

    private static Publisher silentPublisher() {
        return Publisher.builder()
                .video(FakeMedia.PICTURE)
                .audio(AudioSources.tone(440))
                .publishAudio(false)
                .mediaEngine(new FakeMedia().engine)
                .build();
    }

    @Test
    void anApplicationThatGoesOnAskingDoesNotKeepItsSessionFromComingBack() {
        establish().fail();
        for (int i = 0; i < 1_100; i++) {
            session.signal("position", Integer.toString(i));
        }
        FakeServer.FakeSocket next = server.comeBack();
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 10, null, List.of(), List.of()));
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected");
        assertThat(next.take(ClientMessage.Signal.class).data()).isEqualTo("0");
    }

    @Test
    void retryAfterIsAddedToTheResumeWindow() {
        FakeServer.FakeSocket socket = establish();
        socket.say(new ServerMessage.Draining(15_000));
        socket.closeWith(1001);
        server.pass(14_999);
        assertThat(server.sockets).hasSize(1);
        server.pass(11_000);
        assertThat(server.sockets).hasSizeGreaterThan(1);
        assertThat(session.state()).isEqualTo(SessionState.RECONNECTING);
        server.pass(2_000);
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void whatAServerAskedForEndsWithTheConnection() {
        FakeServer.FakeSocket socket = establish();
        socket.say(new ServerMessage.Draining(15_000));
        session.disconnect();
        server.settle();
        socket.say(GOODBYE);
        establish().fail();
        int before = server.sockets.size();
        server.pass(250);
        assertThat(server.sockets).hasSize(before + 1);
    }

    @Test
    void eventOfANewerServerCountsAsHeard() {
        establish().fail();
        FakeServer.FakeSocket next = server.comeBack();
        long id = next.take(ClientMessage.Resume.class).id();
        next.say(new ServerMessage.Resumed(id, "key-2", 11, null, List.of(), List.of()));
        next.sayText("{\"type\":\"streamTagged\",\"sequence\":11,\"streamId\":\"x\"}");
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected");
        next.fail();
        assertThat(server.comeBack().take(ClientMessage.Resume.class).sequence())
                .isEqualTo(11);
    }

    @Test
    void missedEventsComeFirstAlsoWithoutThoseOfConnections() {
        Session quiet = server.session(setup -> setup.connectionEventsSuppressed(true));
        quiet.addListener(log);
        server.establish(quiet, List.of(), List.of()).fail();
        FakeServer.FakeSocket next = server.comeBack();
        long id = next.take(ClientMessage.Resume.class).id();
        log.take();
        next.say(new ServerMessage.Resumed(id, "key-2", 11, null, List.of(), List.of()));
        next.say(new SequencedEvent.Signal(11, null, null, "missed"));
        assertThat(log.take()).containsExactly("signal missed", "sessionReconnected");
    }
}
