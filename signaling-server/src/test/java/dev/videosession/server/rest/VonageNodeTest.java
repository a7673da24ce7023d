package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.KeyPairs;
import dev.videosession.server.fixture.NodeProgram;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vonage's library for the unified Video API in JavaScript, unchanged, against this server. */
class VonageNodeTest {
    private static final UUID APPLICATION = UUID.fromString("78d335fa-323d-0114-9c3d-d6f0d48968cf");
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    @TempDir
    Path directory;

    private ServerFixture fixture;
    private NodeProgram node;
    private String session;

    @BeforeEach
    void start() throws IOException {
        fixture = new ServerFixture(builder -> builder.project(
                ServerFixture.PROJECT.withApplication(new Application(APPLICATION, KeyPairs.publicKey(KeyPairs.OWN)))));
        Path key = Files.writeString(
                directory.resolve("private.pem"),
                KeyPairs.pem("PRIVATE KEY", KeyPairs.OWN.getPrivate().getEncoded()));
        node = new NodeProgram(
                "vonage-video.mjs", List.of(fixture.server.uri().toString(), APPLICATION.toString(), key.toString()));
        session = (String) object("createSession").get("sessionId");
    }

    @AfterEach
    void stop() {
        node.close();
        fixture.close();
    }

    private Map<?, ?> call(String method, Object... args) {
        String answer = node.ask(JSON.toJson(Map.of("do", method, "args", List.of(args))));
        try {
            return (Map<?, ?>) JSON.fromJson(answer);
        } catch (IOException e) {
            throw new AssertionError(answer, e);
        }
    }

    private Map<?, ?> object(String method, Object... args) {
        return (Map<?, ?>) result(method, args);
    }

    private Object result(String method, Object... args) {
        Map<?, ?> answer = call(method, args);
        assertThat(answer.get("error")).isNull();
        return answer.get("result");
    }

    private void refused(int status, String method, Object... args) {
        assertThat(call(method, args).get("error")).isEqualTo((double) status);
    }

    private TestClient join(String role) {
        Object token = result(
                "generateClientToken",
                session,
                Map.of("role", role, "data", "name=Ada", "initialLayoutClassList", List.of("focus", "wide")));
        return fixture.open().connect(new SessionId(session), (String) token);
    }

    @Test
    void everySessionScopedCallWorks() {
        assertThat(SessionIds.read(new SessionId(session)))
                .contains(new SessionIds.Parts(ProjectId.ofApplication(APPLICATION), false));
        TestClient ada = join("moderator");
        assertThat(ada.connected().connection().role()).isEqualTo(Role.MODERATOR);
        assertThat(ada.connected().connection().data()).isEqualTo("name=Ada");
        StreamId cam = ada.publish("cam").streamId();
        ada.expect(SequencedEvent.StreamCreated.class);
        assertThat(object("getStreamInfo", session, cam.value()).get("layoutClassList"))
                .isEqualTo(List.of("focus", "wide"));
        assertThat(object("getStreamInfo", session).get("count")).isEqualTo(1.0);
        result("setStreamClassLists", session, List.of(Map.of("id", cam.value(), "layoutClassList", List.of("full"))));
        assertThat(object("getStreamInfo", session, cam.value()).get("layoutClassList"))
                .isEqualTo(List.of("full"));

        Map<String, String> chat = Map.of("type", "chat", "data", "hello");
        result("sendSignal", chat, session);
        assertThat(ada.await(SequencedEvent.Signal.class).data()).isEqualTo("hello");
        result("sendSignal", chat, session, ada.id().value());
        assertThat(ada.expect(ServerMessage.DirectSignal.class).data()).isEqualTo("hello");

        result("muteStream", session, cam.value());
        assertThat(ada.await(SequencedEvent.MuteForced.class).streamIds()).containsExactly(cam);
        assertThat(object("forceMuteAll", session, List.of(cam.value())).get("applicationId"))
                .isEqualTo(APPLICATION.toString());
        assertThat(ada.await(SequencedEvent.MuteForced.class).streamIds()).isEmpty();
        result("disableForceMute", session);
        assertThat(ada.await(SequencedEvent.MuteForced.class).active()).isFalse();

        result("disconnectClient", session, ada.id().value());
        assertThat(ada.await(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.KICKED);
    }

    @Test
    void errorsAreReported() {
        TestClient ada = join("publisher");
        refused(404, "muteStream", session, "unknown");
        refused(404, "getStreamInfo", session, "unknown");
        refused(404, "disconnectClient", session, "unknown");
        refused(404, "sendSignal", Map.of("data", "x"), session, "unknown");
        refused(413, "sendSignal", Map.of("data", "x".repeat(8193)), session);
        refused(501, "playDTMF", session, "12");
        refused(501, "searchArchives", Map.of());
        ada.expectNothing();
    }
}
