package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opentok.ArchiveMode;
import com.opentok.MediaMode;
import com.opentok.MuteAllProperties;
import com.opentok.OpenTok;
import com.opentok.SessionProperties;
import com.opentok.SignalProperties;
import com.opentok.Stream;
import com.opentok.StreamListProperties;
import com.opentok.StreamProperties;
import com.opentok.TokenOptions;
import com.opentok.exception.RequestException;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official library for Java, unchanged, against this server. */
class OpenTokSdkTest {
    private ServerFixture fixture;
    private OpenTok openTok;
    private String session;

    @BeforeEach
    void start() {
        fixture = new ServerFixture();
        openTok = sdk(ServerFixture.PROJECT.signingSecret());
        session = fixture.session.value();
    }

    @AfterEach
    void stop() {
        openTok.close();
        fixture.close();
    }

    private OpenTok sdk(String secret) {
        return new OpenTok.Builder(ServerFixture.PROJECT.apiKey(), secret)
                .apiUrl(fixture.server.uri().toString())
                .build();
    }

    private static SignalProperties signal(String type, String data) {
        return new SignalProperties.Builder().type(type).data(data).build();
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(RequestException.class).hasMessageContainingAll(words);
    }

    @Test
    void sessionsAreCreatedInBothModes() throws Exception {
        SessionId relayed = new SessionId(openTok.createSession().getSessionId());
        assertThat(SessionIds.read(relayed)).contains(new SessionIds.Parts(ServerFixture.PROJECT.apiKey(), true));
        SessionProperties routed = new SessionProperties.Builder()
                .mediaMode(MediaMode.ROUTED)
                .location("10.1.200.30")
                .build();
        SessionId other = new SessionId(openTok.createSession(routed).getSessionId());
        assertThat(SessionIds.read(other)).contains(new SessionIds.Parts(ServerFixture.PROJECT.apiKey(), false));
        SessionProperties archived = new SessionProperties.Builder()
                .mediaMode(MediaMode.ROUTED)
                .archiveMode(ArchiveMode.ALWAYS)
                .build();
        refused(() -> openTok.createSession(archived), "501");
    }

    @Test
    void itsTokensOfEveryRoleOpenTheSession() throws Exception {
        String created = openTok.createSession().getSessionId();
        for (com.opentok.Role role : com.opentok.Role.values()) {
            TokenOptions options = new TokenOptions.Builder()
                    .role(role)
                    .data("name=Ada Lovelace&x=1+1")
                    .initialLayoutClassList(List.of("focus", "inactive"))
                    .build();
            TestClient client = fixture.open().connect(new SessionId(created), openTok.generateToken(created, options));
            Role expected = Role.of(role.toString()).orElseThrow();
            assertThat(client.connected().connection().role()).isEqualTo(expected);
            assertThat(client.connected().connection().data()).isEqualTo("name=Ada Lovelace&x=1+1");
            assertThat(client.connected().capabilities()).isEqualTo(expected.capabilities());
            if (expected.capabilities().publish()) {
                String stream = client.publish("cam").streamId().value();
                assertThat(openTok.getStream(created, stream).getLayoutClassList())
                        .containsExactly("focus", "inactive");
            }
        }
        fixture.open().connect(new SessionId(created), openTok.generateToken(created));
        TokenIssuer issuer = new TokenIssuer(ServerFixture.PROJECT);
        fixture.open().connect(new SessionId(created), issuer.t1(new ClientToken(new SessionId(created))));
        fixture.open().connect(fixture.session, openTok.generateToken(session));
    }

    @Test
    void signalsHaveNoSenderAndReachTheirRecipients() throws Exception {
        TestClient ada = fixture.join(Role.SUBSCRIBER);
        TestClient bob = fixture.join(Role.PUBLISHER);
        ada.expect(SequencedEvent.ConnectionCreated.class);
        openTok.signal(session, signal("chat", "hello \u20ac \uD83D\uDE00"));
        for (TestClient client : List.of(ada, bob)) {
            SequencedEvent.Signal received = client.expect(SequencedEvent.Signal.class);
            assertThat(received)
                    .isEqualTo(
                            new SequencedEvent.Signal(received.sequence(), null, "chat", "hello \u20ac \uD83D\uDE00"));
        }
        openTok.signal(session, new SignalProperties.Builder().data("no type").build());
        assertThat(ada.expect(SequencedEvent.Signal.class).signalType()).isNull();
        bob.expect(SequencedEvent.Signal.class);
        openTok.signal(session, bob.id().value(), signal("you", "only"));
        assertThat(bob.expect(ServerMessage.DirectSignal.class))
                .isEqualTo(new ServerMessage.DirectSignal(null, "you", "only"));
        ada.expectNothing();
    }

    @Test
    void badSignalsAreRefused() {
        refused(() -> openTok.signal(session, signal("x", "no client is here")), "not connected");
        TestClient ada = fixture.join(Role.PUBLISHER);
        refused(() -> openTok.signal(session, "unknown", signal("x", "y")), "not connected");
        refused(() -> openTok.signal(session, signal("bad type!", "y")), "signal properties is invalid");
        refused(() -> openTok.signal(session, signal("x", "y".repeat(8193))), "exceeds");
        refused(() -> openTok.signal(session, signal("x".repeat(129), "y")), "exceeds");
        ada.expectNothing();
    }

    @Test
    void forceDisconnectRemovesOnce() throws Exception {
        TestClient ada = fixture.join(Role.PUBLISHER);
        TestClient bob = fixture.join(Role.PUBLISHER);
        ada.expect(SequencedEvent.ConnectionCreated.class);
        openTok.forceDisconnect(session, bob.id().value());
        assertThat(bob.expect(ServerMessage.Disconnected.class))
                .isEqualTo(new ServerMessage.Disconnected(
                        DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, null));
        bob.expectClose(CloseCode.KICKED);
        assertThat(ada.expect(SequencedEvent.ConnectionDestroyed.class).reason())
                .isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
        refused(() -> openTok.forceDisconnect(session, bob.id().value()), "not connected");
    }

    @Test
    void streamsAreMuted() throws Exception {
        TestClient ada = fixture.join(Role.PUBLISHER);
        StreamInfo cam = ada.publish("cam");
        ada.expect(SequencedEvent.StreamCreated.class);
        StreamInfo screen = ada.publish("screen");
        ada.expect(SequencedEvent.StreamCreated.class);
        openTok.forceMuteStream(session, cam.streamId().value());
        SequencedEvent.MuteForced one = ada.expect(SequencedEvent.MuteForced.class);
        assertThat(one.newStreams()).isFalse();
        assertThat(one.streamIds()).containsExactly(cam.streamId());
        ada.expect(SequencedEvent.StreamChanged.class);
        openTok.forceMuteAll(
                session,
                new MuteAllProperties.Builder()
                        .excludedStreamIds(List.of(cam.streamId().value()))
                        .build());
        SequencedEvent.MuteForced all = ada.expect(SequencedEvent.MuteForced.class);
        assertThat(all.newStreams()).isTrue();
        assertThat(all.streamIds()).containsExactly(screen.streamId());
        ada.expect(SequencedEvent.StreamChanged.class);
        openTok.disableForceMute(session);
        assertThat(ada.expect(SequencedEvent.MuteForced.class).active()).isFalse();
        openTok.forceMuteAll(session, new MuteAllProperties.Builder().build());
        assertThat(ada.expect(SequencedEvent.MuteForced.class).streamIds()).hasSize(2);
        refused(() -> openTok.forceMuteStream(session, "nonsense"), "404");
    }

    @Test
    void streamsAreListedWithTheirLayoutClasses() throws Exception {
        assertThat(openTok.listStreams(session).getTotalCount()).isZero();
        TestClient ada = fixture.join(Role.PUBLISHER);
        String cam = ada.publish("cam \"1\"").streamId().value();
        Stream before = openTok.getStream(session, cam);
        assertThat(before.getName()).isEqualTo("cam \"1\"");
        assertThat(before.getVideoType()).isEqualTo("camera");
        assertThat(before.getLayoutClassList()).isEmpty();
        openTok.setStreamLayouts(session, layout(cam, "full", "focus"));
        assertThat(openTok.listStreams(session)).singleElement().satisfies(stream -> {
            assertThat(stream.getId()).isEqualTo(cam);
            assertThat(stream.getLayoutClassList()).containsExactly("full", "focus");
        });
        refused(() -> openTok.setStreamLayouts(session, layout("other", "full")), "invalid layout options");
        refused(() -> openTok.getStream(session, "other"), "404");
        String foreign =
                new SessionIds(java.time.Clock.systemUTC()).create(13, true).value();
        refused(() -> openTok.listStreams(foreign), "session Id may be invalid");
    }

    private static StreamListProperties layout(String stream, String... classes) {
        StreamProperties.Builder properties = new StreamProperties.Builder().id(stream);
        for (String name : classes) {
            properties.addLayoutClass(name);
        }
        return new StreamListProperties.Builder()
                .addStreamProperties(properties.build())
                .build();
    }

    @Test
    void itsPooledConnectionsMayBeClosedInBetween() throws Exception {
        try (ServerFixture strict = new ServerFixture(builder -> builder.handshakeTimeoutMillis(100));
                OpenTokHolder backend = new OpenTokHolder(
                        new OpenTok.Builder(ServerFixture.PROJECT.apiKey(), ServerFixture.PROJECT.signingSecret())
                                .apiUrl(strict.server.uri().toString())
                                .build())) {
            for (int i = 0; i < 3; i++) {
                backend.sdk.createSession();
                Awaitility.await().until(() -> strict.metric("videosession.sockets") == 0);
            }
        }
    }

    @Test
    void whatIsMissingIsRefused() {
        refused(() -> openTok.playDTMF(session, "12p#"), "501");
        refused(() -> openTok.startArchive(session), "501");
        refused(() -> openTok.listArchives(), "501");
        refused(() -> openTok.getArchive("x"), "501");
        refused(() -> openTok.listRenders(), "501");
        refused(() -> openTok.stopBroadcast("x"), "501");
    }

    @Test
    void wrongSecretIsRefused() {
        try (OpenTokHolder eve = new OpenTokHolder(sdk("e".repeat(40)))) {
            refused(() -> eve.sdk.createSession(), "403");
            refused(() -> eve.sdk.signal(session, signal("x", "y")), "not authorized");
            refused(() -> eve.sdk.forceDisconnect(session, "x"), "not authorized");
            refused(() -> eve.sdk.listStreams(session), "invalid OpenTok API key or JWT token");
            refused(() -> eve.sdk.getStream(session, "x"), "Invalid OpenTok API key or JWT token");
            refused(() -> eve.sdk.forceMuteStream(session, "x"), "Invalid OpenTok API key or JWT token");
        }
    }

    private record OpenTokHolder(OpenTok sdk) implements AutoCloseable {
        @Override
        public void close() {
            sdk.close();
        }
    }
}
