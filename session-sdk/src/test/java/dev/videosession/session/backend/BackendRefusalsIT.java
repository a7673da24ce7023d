package dev.videosession.session.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opentok.ArchiveMode;
import com.opentok.AudioConnectorProperties;
import com.opentok.BroadcastProperties;
import com.opentok.MediaMode;
import com.opentok.MuteAllProperties;
import com.opentok.OpenTok;
import com.opentok.RenderProperties;
import com.opentok.Role;
import com.opentok.SessionProperties;
import com.opentok.SipProperties;
import com.opentok.StreamListProperties;
import com.opentok.StreamProperties;
import com.opentok.exception.InvalidArgumentException;
import com.opentok.exception.RequestException;
import dev.videosession.server.project.SessionIds;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.Participant;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backend does wrong raises the library's exception for it, and does nothing to the clients in the session. */
class BackendRefusalsIT extends BackendScenario {
    private static final MuteAllProperties ALL = new MuteAllProperties.Builder().build();
    private static final String NOWHERE = "not-a-session";

    private OpenTok calls;
    private String session;
    private Participant ada;
    private Participant bob;
    private Publisher camera;
    private String stream;
    private int known;

    @BeforeEach
    void fillTheSession() throws Exception {
        calls = backend.calls;
        session = backend.session;
        ada = backend.join(Role.PUBLISHER, "ada");
        bob = backend.join(Role.SUBSCRIBER, "bob");
        camera = ada.publishCamera(440);
        stream = camera.stream().orElseThrow().id().value();
        backend.fence(ada, bob);
        known = bob.events.size();
    }

    /** Still connected, and received nothing but later events, in order. */
    @AfterEach
    void theClientsAreUnaffected() throws Exception {
        calls.signal(session, Backend.signal("later", "1"));
        calls.signal(session, Backend.signal("later", "2"));
        backend.fence(ada, bob);
        assertThat(bob.events.subList(known, bob.events.size()))
                .containsExactly(
                        "signal:later 1 from backend", "signal:later 2 from backend", "signal:fence 2 from backend");
        assertThat(ada.session.state()).isEqualTo(SessionState.CONNECTED);
        assertThat(bob.session.state()).isEqualTo(SessionState.CONNECTED);
        assertThat(camera.publishesAudio()).isTrue();
        bob.awaitNewFrames("ada-cam");
        ada.close();
        bob.close();
    }

    static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(RequestException.class).hasMessageContainingAll(words);
    }

    private static void invalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class);
    }

    private static StreamListProperties layout(StreamProperties... streams) {
        StreamListProperties.Builder list = new StreamListProperties.Builder();
        for (StreamProperties one : streams) {
            list.addStreamProperties(one);
        }
        return list.build();
    }

    @Test
    void badSignals() {
        String unknown = "The client specified by the connectionId property is not connected";
        String connection = bob.id().value();
        refused(() -> calls.signal(session, Backend.signal("bad type!", "x")), "signal properties is invalid");
        refused(() -> calls.signal(session, Backend.signal("x", "y".repeat(8193))), "exceeds the maximum length");
        refused(() -> calls.signal(session, Backend.signal("x", "\u20ac".repeat(2731))), "exceeds the maximum length");
        refused(() -> calls.signal(session, Backend.signal("x".repeat(129), "y")), "exceeds the maximum length");
        refused(() -> calls.signal(session, connection, Backend.signal("bad type!", "x")), "properties is invalid");
        refused(() -> calls.signal(session, connection, Backend.signal("x", "y".repeat(8193))), "exceeds the maximum");
        refused(() -> calls.signal(session, "unknown", Backend.signal("x", "y")), unknown);
        invalid(() -> calls.signal("", Backend.signal("x", "y")));
        invalid(() -> calls.signal(session, "", Backend.signal("x", "y")));
    }

    @Test
    void unknownStreams() {
        String unknown = "404";
        refused(() -> calls.getStream(session, "nothing"), unknown);
        refused(() -> calls.forceMuteStream(session, "nothing"), unknown);
        refused(() -> calls.forceMuteStream(session, "x".repeat(65)), unknown);
        invalid(() -> calls.forceMuteStream(session, ""));
        StreamProperties foreign = BackendStreamsIT.layout("nothing", "full");
        StreamProperties own = BackendStreamsIT.layout(stream, "full");
        StreamProperties endless = BackendStreamsIT.layout(stream, "c".repeat(1025));
        refused(() -> calls.setStreamLayouts(session, layout(own, foreign)), "invalid layout options");
        refused(() -> calls.setStreamLayouts(session, layout(endless)), "invalid layout options");
        invalid(() -> calls.setStreamLayouts(session, null));
    }

    @Test
    void nothingOfARefusedLayoutIsKept() throws Exception {
        StreamProperties own = BackendStreamsIT.layout(stream, "full");
        StreamProperties foreign = BackendStreamsIT.layout("nothing", "full");
        refused(() -> calls.setStreamLayouts(session, layout(own, foreign)), "invalid layout options");
        assertThat(calls.getStream(session, stream).getLayoutClassList()).isEmpty();
    }

    @Test
    void unknownConnections() {
        refused(() -> calls.forceDisconnect(session, "unknown"), "not connected to the session");
        refused(() -> calls.forceDisconnect(session, "x".repeat(65)), "not connected to the session");
        invalid(() -> calls.forceDisconnect(session, ""));
        invalid(() -> calls.forceDisconnect("", bob.id().value()));
    }

    @Test
    void idsThatAreNoSessions() {
        String connection = bob.id().value();
        String foreign =
                new SessionIds(Clock.systemUTC()).create(47000002, true).value();
        for (String id : List.of(NOWHERE, foreign, session.substring(2), "x".repeat(300))) {
            refused(() -> calls.signal(id, Backend.signal("x", "y")), "One of the signal properties is invalid");
            refused(() -> calls.signal(id, connection, Backend.signal("x", "y")), "signal properties is invalid");
            refused(() -> calls.forceDisconnect(id, connection), "sessionId or connectionId");
            refused(() -> calls.forceMuteStream(id, stream), "invalid session ID or invalid stream ID", id);
            refused(() -> calls.forceMuteAll(id, ALL), "invalid session ID", id);
            refused(() -> calls.disableForceMute(id), "invalid session ID", id);
            refused(() -> calls.getStream(id, stream), "you do not pass in a session ID", id);
            refused(() -> calls.listStreams(id), "The session Id may be invalid");
            refused(() -> calls.setStreamLayouts(id, layout()), "invalid layout options");
        }
    }

    @Test
    void sessionsWithoutClients() throws Exception {
        String empty = calls.createSession().getSessionId();
        String connection = bob.id().value();
        refused(() -> calls.signal(empty, Backend.signal("x", "y")), "is not connected");
        refused(() -> calls.signal(empty, connection, Backend.signal("x", "y")), "is not connected");
        refused(() -> calls.forceDisconnect(empty, connection), "not connected to the session");
        refused(() -> calls.forceMuteStream(empty, stream), "404");
        refused(() -> calls.forceMuteAll(empty, ALL), "404");
        refused(() -> calls.disableForceMute(empty), "404");
        refused(() -> calls.getStream(empty, stream), "404");
        refused(
                () -> calls.setStreamLayouts(empty, layout(BackendStreamsIT.layout(stream, "full"))),
                "invalid layout options");
        assertThat(calls.listStreams(empty)).isEmpty();
    }

    @Test
    void backendsWithAnotherSecret() {
        OpenTok eve = backend.library("e".repeat(40));
        try {
            String key = "nvalid OpenTok API key or JWT token";
            String connection = bob.id().value();
            refused(eve::createSession, "403");
            refused(() -> eve.signal(session, Backend.signal("x", "y")), "not authorized");
            refused(() -> eve.signal(session, connection, Backend.signal("x", "y")), "not authorized");
            refused(() -> eve.forceDisconnect(session, connection), "not authorized");
            refused(() -> eve.forceMuteStream(session, stream), key);
            refused(() -> eve.forceMuteAll(session, ALL), key);
            refused(() -> eve.disableForceMute(session), key);
            refused(() -> eve.getStream(session, stream), key);
            refused(() -> eve.listStreams(session), key);
            refused(() -> eve.setStreamLayouts(session, layout()), "not authorized");
            refused(() -> eve.playDTMF(session, "1"), "403");
        } finally {
            eve.close();
        }
    }

    @Test
    void whatThisServerDoesNotHave() throws Exception {
        String connection = bob.id().value();
        String token = backend.token(Role.PUBLISHER, "");
        SipProperties sip =
                new SipProperties.Builder().sipUri("sip:ada@example.org").build();
        BroadcastProperties broadcast =
                new BroadcastProperties.Builder().hasHls(true).build();
        refused(() -> calls.playDTMF(session, "12p#"), "501");
        refused(() -> calls.playDTMF(session, connection, "12p#"), "501");
        refused(() -> calls.playDTMF(session, "unknown", "not digits"), "501");
        refused(() -> calls.dial(session, token, sip), "501");
        refused(
                () -> calls.connectAudioStream(
                        session, token, new AudioConnectorProperties.Builder("wss://example.org").build()),
                "501");
        refused(
                () -> calls.startRender(
                        session,
                        token,
                        new RenderProperties.Builder()
                                .url("https://example.org")
                                .build()),
                "501");
        refused(() -> calls.startArchive(session), "501");
        refused(() -> calls.listArchives(session), "501");
        refused(() -> calls.startBroadcast(session, broadcast), "501");
        refused(
                () -> calls.createSession(new SessionProperties.Builder()
                        .mediaMode(MediaMode.ROUTED)
                        .archiveMode(ArchiveMode.ALWAYS)
                        .build()),
                "501");
        refused(
                () -> calls.createSession(new SessionProperties.Builder()
                        .mediaMode(MediaMode.RELAYED)
                        .archiveMode(ArchiveMode.ALWAYS)
                        .build()),
                "400");
        invalid(() -> new SessionProperties.Builder().location("nowhere"));
        assertThat(calls.createSession(new SessionProperties.Builder()
                                .mediaMode(mode)
                                .archiveMode(ArchiveMode.MANUAL)
                                .location("10.1.200.30")
                                .build())
                        .getSessionId())
                .isNotEmpty();
    }
}
