package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.control.SignalingException;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionControlTest {
    private ServerFixture fixture;
    private SessionControl control;
    private TestClient ada;
    private StreamInfo stream;

    @BeforeEach
    void oneClientWithAStream() {
        fixture = new ServerFixture(builder -> builder.timings(new Timings(3000, 8000, 500)));
        control = fixture.server.control();
        ada = fixture.join(Role.PUBLISHER);
        stream = ada.publish("cam");
        ada.expect(SequencedEvent.StreamCreated.class);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sessionsAndTheirRostersAreListed() {
        assertThat(control.sessions()).containsExactly(fixture.session);
        Roster roster = control.roster(fixture.session).join().orElseThrow();
        assertThat(roster.connections()).containsExactly(ada.connected().connection());
        assertThat(roster.streams()).containsExactly(stream);
        assertThat(control.roster(ServerFixture.newSession()).join()).isEmpty();
    }

    @Test
    void backendSignalsMutesAndEndsStreams() {
        control.signal(fixture.session, null, "news", "all").join();
        assertThat(ada.expect(SequencedEvent.Signal.class).from()).isNull();
        control.signal(fixture.session, ada.id(), "news", "one").join();
        assertThat(ada.next()).isEqualTo(new ServerMessage.DirectSignal(null, "news", "one"));
        control.forceMute(fixture.session, stream.streamId()).join();
        ada.expect(SequencedEvent.MuteForced.class);
        ada.expect(SequencedEvent.StreamChanged.class);
        control.forceMuteAll(fixture.session, List.of(stream.streamId())).join();
        assertThat(ada.expect(SequencedEvent.MuteForced.class).streamIds()).isEmpty();
        control.disableForceMute(fixture.session).join();
        assertThat(ada.expect(SequencedEvent.MuteForced.class).active()).isFalse();
        control.forceUnpublish(fixture.session, stream.streamId()).join();
        ada.expect(SequencedEvent.StreamDestroyed.class);
    }

    @Test
    void backendRemovesOneOrAll() {
        TestClient bob = fixture.join(Role.PUBLISHER);
        control.forceDisconnect(fixture.session, bob.id(), "bye", false).join();
        assertThat(bob.expect(ServerMessage.Disconnected.class).message()).isEqualTo("bye");
        bob.expectClose(CloseCode.KICKED);
        TestClient eve = fixture.join(Role.PUBLISHER);
        control.evict(fixture.session, eve.id(), "not today").join();
        assertThat(eve.expect(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.POLICY);
        eve.expectClose(CloseCode.POLICY);
        control.closeSession(fixture.session, "over").join();
        assertThat(ada.await(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.SESSION_CLOSED);
        ada.expectClose(CloseCode.SESSION_CLOSED);
        Awaitility.await().untilAsserted(() -> assertThat(control.sessions()).isEmpty());
        control.closeSession(fixture.session, null).join();
        assertThat(fixture.metric("videosession.connections")).isZero();
        assertThat(fixture.metric("videosession.streams")).isZero();
        fixture.join(Role.PUBLISHER);
    }

    @Test
    void refusalsAreTyped() {
        ConnectionId unknown = new ConnectionId("unknown");
        assertRefused(
                control.forceDisconnect(fixture.session, unknown, null, false), ErrorCode.FORCE_DISCONNECT_NOT_FOUND);
        assertRefused(control.signal(fixture.session, unknown, null, null), ErrorCode.SIGNAL_NOT_FOUND);
        assertRefused(control.signal(ServerFixture.newSession(), null, null, null), ErrorCode.INVALID_SESSION_ID);
    }

    private static void assertRefused(CompletableFuture<Void> future, ErrorCode code) {
        Throwable failure = catchThrowable(future::join).getCause();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        SignalingException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
