package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.fixture.FakeServerSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers, machines and paths that say nothing. */
class SilenceTest extends FakeServerSession {
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

    @Test
    void sleepOfTheMachineIsNoticedAtOnce() {
        FakeServer.FakeSocket socket = establish();
        server.pass(1_000);
        server.sleptMillis += 10_000;
        server.pass(2_000);
        assertThat(log.take()).containsExactly("sessionReconnecting");
        assertThat(socket.aborted).isTrue();
        FakeServer.FakeSocket next = server.comeBack();
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
    void clientWaitsLongerForASuspendedServerThanForADeadOne() {
        establish();
        for (int i = 0; i < 300; i++) {
            server.pass(100);
            server.socket().reach();
        }
        assertThat(log.take()).containsExactly("sessionReconnecting");
        server.socket().accept();
        FakeServer.FakeSocket resumed = server.socket();
        resumed.say(new ServerMessage.Resumed(
                resumed.take(ClientMessage.Resume.class).id(), "key-2", 10, null, List.of(), List.of()));
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
    void unreachableMachineEndsTheSessionAfterTheWindow() {
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
    void clientThatCannotResumeReceivesTheDetailOfTheLoss() {
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
}
