package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import com.vonage.client.video.ArchiveMode;
import com.vonage.client.video.CreateSessionRequest;
import com.vonage.client.video.CreateSessionResponse;
import com.vonage.client.video.GetStreamResponse;
import com.vonage.client.video.MediaMode;
import com.vonage.client.video.ProjectDetails;
import com.vonage.client.video.SessionStream;
import com.vonage.client.video.SignalRequest;
import com.vonage.client.video.TokenOptions;
import com.vonage.client.video.VideoClient;
import com.vonage.client.video.VideoResponseException;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.KeyPairs;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.SessionIds;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vonage's library for the unified Video API in Java, unchanged, against this server. */
class VonageSdkTest {
    private static final UUID APPLICATION = UUID.fromString("78d335fa-323d-0114-9c3d-d6f0d48968cf");

    private ServerFixture fixture;
    private VideoClient video;
    private String session;

    @BeforeEach
    void start() {
        fixture = new ServerFixture(builder -> builder.project(
                ServerFixture.PROJECT.withApplication(new Application(APPLICATION, KeyPairs.publicKey(KeyPairs.OWN)))));
        video = sdk(KeyPairs.OWN);
        session = video.createSession().getSessionId();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private VideoClient sdk(KeyPair pair) {
        String pem = KeyPairs.pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        return VonageClient.builder()
                .applicationId(APPLICATION)
                .privateKeyContents(pem.getBytes(StandardCharsets.UTF_8))
                .httpConfig(HttpConfig.builder().baseUri(fixture.server.uri()).build())
                .build()
                .getVideoClient();
    }

    private TestClient join(com.vonage.client.video.Role role) {
        TokenOptions options = TokenOptions.builder()
                .role(role)
                .data("name=Ada Lovelace&x=1+1")
                .expiryLength(Duration.ofMinutes(5))
                .initialLayoutClassList(List.of("focus", "wide"))
                .build();
        return fixture.open().connect(new SessionId(session), video.generateToken(session, options));
    }

    private static void refused(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        VideoResponseException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(status));
    }

    @Test
    void sessionsCarryTheApplicationAndTheirMode() {
        CreateSessionResponse relayed = video.createSession(
                CreateSessionRequest.builder().mediaMode(MediaMode.RELAYED).build());
        assertThat(relayed.getApplicationId()).isEqualTo(APPLICATION);
        assertThat(SessionIds.read(new SessionId(relayed.getSessionId())))
                .contains(new SessionIds.Parts(ProjectId.ofApplication(APPLICATION), true));
        CreateSessionResponse routed = video.createSession(CreateSessionRequest.builder()
                .mediaMode(MediaMode.ROUTED)
                .location("10.1.200.30")
                .build());
        assertThat(SessionIds.read(new SessionId(routed.getSessionId())))
                .contains(new SessionIds.Parts(ProjectId.ofApplication(APPLICATION), false));
        refused(
                501,
                () -> video.createSession(CreateSessionRequest.builder()
                        .mediaMode(MediaMode.ROUTED)
                        .archiveMode(ArchiveMode.ALWAYS)
                        .build()));
    }

    @Test
    void itsTokensOfEveryRoleOpenTheSession() {
        for (com.vonage.client.video.Role role : com.vonage.client.video.Role.values()) {
            TestClient client = join(role);
            Role expected = Role.of(role.toString()).orElseThrow();
            assertThat(client.connected().connection().role()).isEqualTo(expected);
            assertThat(client.connected().connection().data()).isEqualTo("name=Ada Lovelace&x=1+1");
            if (expected.capabilities().publish()) {
                String stream = client.publish("cam").streamId().value();
                assertThat(video.getStream(session, stream).getLayoutClassList())
                        .containsExactly("focus", "wide");
            }
        }
        fixture.open().connect(new SessionId(session), video.generateToken(session));
        String other = video.createSession().getSessionId();
        TestClient unauthenticated = fixture.open();
        unauthenticated.sendConnect(new SessionId(session), video.generateToken(other));
        unauthenticated.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
    }

    @Test
    void signalsReachOneAndAll() {
        TestClient ada = join(com.vonage.client.video.Role.SUBSCRIBER);
        SignalRequest chat =
                SignalRequest.builder().type("chat").data("hello \u20ac").build();
        video.signalAll(session, chat);
        SequencedEvent.Signal all = ada.expect(SequencedEvent.Signal.class);
        assertThat(all.from()).isNull();
        assertThat(all.signalType()).isEqualTo("chat");
        assertThat(all.data()).isEqualTo("hello \u20ac");
        video.signal(session, ada.id().value(), chat);
        assertThat(ada.expect(ServerMessage.DirectSignal.class).data()).isEqualTo("hello \u20ac");
        refused(404, () -> video.signal(session, UUID.randomUUID().toString(), chat));
        refused(404, () -> video.signalAll(video.createSession().getSessionId(), chat));
    }

    @Test
    void forceDisconnectRemovesOnce() {
        TestClient ada = join(com.vonage.client.video.Role.PUBLISHER);
        video.forceDisconnect(session, ada.id().value());
        assertThat(ada.expect(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.KICKED);
        refused(404, () -> video.forceDisconnect(session, ada.id().value()));
    }

    @Test
    void streamsAreMutedAndTheProjectIsReturned() {
        TestClient ada = join(com.vonage.client.video.Role.PUBLISHER);
        StreamId cam = ada.publish("cam").streamId();
        ada.expect(SequencedEvent.StreamCreated.class);
        StreamId screen = ada.publish("screen").streamId();
        video.muteStream(session, cam.value());
        assertThat(ada.await(SequencedEvent.MuteForced.class).streamIds()).containsExactly(cam);
        ProjectDetails project = video.muteSession(session, true, List.of(cam.value()));
        assertThat(project.getApplicationId()).isEqualTo(APPLICATION.toString());
        assertThat(project.getStatus()).isEqualTo(com.vonage.client.video.ProjectStatus.ACTIVE);
        assertThat(project.getEnvironment()).isEqualTo(com.vonage.client.video.ProjectEnvironment.STANDARD);
        assertThat(project.getName()).isNotBlank();
        assertThat(project.getCreatedAt()).isPositive();
        assertThat(ada.await(SequencedEvent.MuteForced.class).streamIds()).containsExactly(screen);
        video.muteSession(session, false);
        assertThat(ada.await(SequencedEvent.MuteForced.class).active()).isFalse();
        refused(404, () -> video.muteStream(session, UUID.randomUUID().toString()));
    }

    @Test
    void streamsAreListedWithTheirLayoutClasses() {
        assertThat(video.listStreams(session)).isEmpty();
        TestClient ada = join(com.vonage.client.video.Role.PUBLISHER);
        String cam = ada.publish("cam \"1\"").streamId().value();
        video.setStreamLayout(
                session,
                SessionStream.builder(cam).layoutClassList("full", "focus").build());
        List<GetStreamResponse> streams = video.listStreams(session);
        assertThat(streams).singleElement().satisfies(stream -> {
            assertThat(stream.getId()).hasToString(cam);
            assertThat(stream.getName()).isEqualTo("cam \"1\"");
            assertThat(stream.getLayoutClassList()).containsExactly("full", "focus");
        });
        assertThat(video.getStream(session, cam).getVideoType()).isEqualTo(com.vonage.client.video.VideoType.CAMERA);
        String unknown = UUID.randomUUID().toString();
        refused(404, () -> video.getStream(session, unknown));
        refused(
                400,
                () -> video.setStreamLayout(
                        session, SessionStream.builder(unknown).build()));
    }

    @Test
    void whatIsMissingIsRefused() {
        refused(501, () -> video.sendDtmf(session, "12p#"));
        refused(501, () -> video.listArchives());
        refused(501, () -> video.listBroadcasts());
        refused(501, () -> video.listRenders());
        refused(501, () -> video.stopCaptions(UUID.randomUUID().toString()));
    }

    @Test
    void anotherKeyIsRefused() {
        VideoClient eve = sdk(KeyPairs.OTHER);
        refused(403, eve::createSession);
        refused(403, () -> eve.listStreams(session));
        TestClient unauthenticated = fixture.open();
        unauthenticated.sendConnect(new SessionId(session), eve.generateToken(session));
        unauthenticated.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
    }

    @Test
    void projectMayHaveAnApplicationOnly() {
        UUID id = UUID.randomUUID();
        Project project = new Project(48, List.of(), new Application(id, KeyPairs.publicKey(KeyPairs.OTHER)), null);
        fixture.server.projects().put(project);
        VideoClient other = VonageClient.builder()
                .applicationId(id)
                .privateKeyContents(
                        KeyPairs.pem("PRIVATE KEY", KeyPairs.OTHER.getPrivate().getEncoded())
                                .getBytes(StandardCharsets.UTF_8))
                .httpConfig(HttpConfig.builder().baseUri(fixture.server.uri()).build())
                .build()
                .getVideoClient();
        String theirs = other.createSession().getSessionId();
        fixture.open().connect(new SessionId(theirs), other.generateToken(theirs));
        refused(408, () -> other.listStreams(session));
        refused(408, () -> video.listStreams(theirs));
    }
}
