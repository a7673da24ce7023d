package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.RestClient.Reply;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the REST API answers, to the letter. */
class RestTest {
    private ServerFixture fixture;
    private RestClient rest;

    @BeforeEach
    void start() {
        fixture = new ServerFixture();
        rest = new RestClient(fixture);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void listsHaveNoMoreFieldsThanTheLibrariesKnow() throws IOException {
        Reply none = rest.call("GET", rest.path("/stream"));
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.type()).isEqualTo("application/json");
        assertThat(none.body()).isEqualTo("{\"count\":0,\"items\":[]}");
        TestClient ada = fixture.join(Role.PUBLISHER);
        String stream = ada.publish("cam").streamId().value();
        String item = "{\"id\":\"" + stream + "\",\"videoType\":\"camera\",\"name\":\"cam\",\"layoutClassList\":[]}";
        assertThat(rest.call("GET", rest.path("/stream")).body()).isEqualTo("{\"count\":1,\"items\":[" + item + "]}");
        Reply one = rest.call("GET", rest.path("/stream/" + stream));
        assertThat(one.type()).isEqualTo("text/json");
        assertThat(one.body()).isEqualTo(item);
        fixture.join(Role.PUBLISHER);
        Reply connections = rest.call("GET", rest.path("/connection"));
        assertThat(connections.body())
                .startsWith("{\"count\":2,\"projectId\":\"47000001\",\"sessionId\":\"" + fixture.session
                        + "\",\"items\":[{\"connectionId\":\"" + ada.id().value() + "\",\"createdAt\":"
                        + ada.connected().connection().creationTime() + ",\"connectionState\":\"Connected\"},");
        assertThat(rest.call("GET", rest.path("/connection?offset=0&count=1")).body())
                .startsWith("{\"count\":2,")
                .containsOnlyOnce("connectionId");
        assertThat(rest.call("GET", rest.path("/connection?offset=9")).body()).endsWith("\"items\":[]}");
        assertThat(rest.call("GET", rest.path("/connection?offset=-1")).status())
                .isEqualTo(400);
        ada.breakSocket();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(
                                rest.call("GET", rest.path("/connection")).body())
                        .contains("\"connectionState\":\"Connecting\""));
    }

    @Test
    void everySpellingOfTheExceptionsCounts() throws IOException {
        TestClient ada = fixture.join(Role.PUBLISHER);
        for (String name : List.of("excludedStreamIds", "excudedStreamIds", "excludedStreams")) {
            var cam = ada.publish("cam").streamId();
            ada.expect(SequencedEvent.StreamCreated.class);
            Reply reply = rest.call(
                    "POST", rest.path("/mute"), "{\"active\":true,\"" + name + "\":[\"" + cam.value() + "\"]}");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(ada.await(SequencedEvent.MuteForced.class).streamIds()).doesNotContain(cam);
            assertThat(rest.call("POST", rest.path("/mute"), "{\"active\":false}")
                            .status())
                    .isEqualTo(200);
            assertThat(ada.await(SequencedEvent.MuteForced.class).active()).isFalse();
        }
    }

    @Test
    void muteNeedsNoBody() throws IOException {
        TestClient ada = fixture.join(Role.PUBLISHER);
        String path = rest.path("/stream/" + ada.publish("cam").streamId().value() + "/mute");
        assertThat(rest.call("POST", path).status()).isEqualTo(200);
        assertThat(rest.call("POST", path, "{}").status()).isEqualTo(200);
        assertThat(rest.call("POST", rest.path("/mute")).status()).isEqualTo(400);
        assertThat(rest.call("POST", rest.path("/mute"), "{\"active\":\"yes\"}").status())
                .isEqualTo(400);
        assertThat(rest.call("POST", rest.path("/stream/none/mute")).status()).isEqualTo(404);
    }

    @Test
    void signalAndDisconnectAnswerWithNothing() throws IOException {
        TestClient ada = fixture.join(Role.PUBLISHER);
        Reply reply = rest.call("POST", rest.path("/signal"), "{\"type\":null,\"data\":\"x\",\"unknown\":[1]}");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers().get("Content-Length")).isNull();
        assertThat(ada.expect(SequencedEvent.Signal.class).data()).isEqualTo("x");
        assertThat(rest.call("DELETE", rest.path("/connection/" + ada.id().value()))
                        .status())
                .isEqualTo(204);
        assertThat(rest.call("DELETE", rest.path("/connection/" + ada.id().value()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void removalCarriesAMessageAndBans() throws IOException {
        TestClient ada = fixture.join(Role.PUBLISHER);
        Reply kicked = rest.call("DELETE", rest.path("/connection/" + ada.id().value() + "?message=be%20nice"));
        assertThat(kicked.status()).isEqualTo(204);
        assertThat(ada.expect(ServerMessage.Disconnected.class).message()).isEqualTo("be nice");
        String token = fixture.token(Role.PUBLISHER);
        TestClient bob = fixture.open().connect(fixture.session, token);
        Reply banned =
                rest.call("DELETE", rest.path("/connection/" + bob.id().value()), "{\"message\":\"out\",\"ban\":true}");
        assertThat(banned.status()).isEqualTo(204);
        assertThat(bob.expect(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.BANNED);
        TestClient again = fixture.open();
        again.sendConnect(fixture.session, token);
        again.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
        assertThat(rest.call("POST", rest.path("/signal"), "{}").status()).isEqualTo(404);
        assertThat(rest.call("DELETE", rest.path("/connection/x?ban=perhaps")).status())
                .isEqualTo(400);
        assertThat(rest.call("DELETE", rest.path("/connection/x?message=" + "m".repeat(1001)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void sessionsAreListedAndClosed() throws IOException {
        String all = "/v2/project/47000001/session";
        assertThat(rest.call("GET", all).body()).isEqualTo("{\"count\":0,\"items\":[]}");
        TestClient ada = fixture.join(Role.PUBLISHER);
        ada.publish("cam");
        ada.expect(SequencedEvent.StreamCreated.class);
        Project other = new Project(13, "o".repeat(40));
        fixture.server.projects().put(other);
        SessionId foreign = new SessionIds(Clock.systemUTC()).create(13, false);
        TestClient guest = fixture.open().connect(foreign, new TokenIssuer(other).jwt(new ClientToken(foreign)));
        assertThat(rest.call("GET", all).body())
                .startsWith("{\"count\":1,\"items\":[{\"sessionId\":\"" + fixture.session + "\",\"createdAt\":")
                .endsWith("\"mediaMode\":\"relayed\",\"connections\":1,\"streams\":1}]}");
        assertThat(new RestClient(fixture, other)
                        .call("GET", "/v2/project/13/session")
                        .body())
                .contains(foreign.value(), "\"mediaMode\":\"routed\"")
                .doesNotContain(fixture.session.value());
        String theirs = "/v2/project/47000001/session/" + foreign;
        assertThat(rest.call("DELETE", theirs).status()).isEqualTo(404);
        assertThat(rest.call("POST", theirs + "/signal", "{}").status()).isEqualTo(400);
        assertThat(rest.call("GET", theirs + "/stream").status()).isEqualTo(408);
        assertThat(rest.call("GET", theirs + "/connection").status()).isEqualTo(404);
        guest.expectNothing();
        assertThat(rest.call("DELETE", rest.path(""), "{\"message\":\"closing time\"}")
                        .status())
                .isEqualTo(204);
        assertThat(ada.expect(ServerMessage.Disconnected.class))
                .isEqualTo(new ServerMessage.Disconnected(
                        DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.SESSION_CLOSED, "closing time"));
        ada.expectClose(CloseCode.SESSION_CLOSED);
        assertThat(rest.call("DELETE", rest.path("")).status()).isEqualTo(204);
    }

    @Test
    void revokedTokenOpensNothingInWhateverSpelling() throws IOException {
        String token = fixture.token(Role.PUBLISHER);
        TestClient ada = fixture.open().connect(fixture.session, token);
        TestClient bob = fixture.join(Role.PUBLISHER);
        String body = "{\"token\":\"" + token + "\",\"message\":\"taken back\"}";
        Reply reply = rest.call("POST", rest.path("/token/revoke"), body);
        assertThat(reply.body()).isEqualTo("{\"disconnected\":1}");
        ada.await(ServerMessage.Disconnected.class);
        // the last character of the signature has bits that do not count
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        String variant = token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
        for (String spelling : List.of(token, variant)) {
            TestClient again = fixture.open();
            again.sendConnect(fixture.session, spelling);
            again.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
        }
        bob.send(new ClientMessage.Signal(bob.nextId(), "still", "here", null));
        bob.await(ServerMessage.Done.class);
        assertThat(rest.call("POST", rest.path("/token/revoke"), "{\"token\":\"nonsense\"}")
                        .status())
                .isEqualTo(400);
        assertThat(rest.call("POST", rest.path("/token/revoke")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/archive",
        "GET,/archive?offset=0",
        "DELETE,/archive/1",
        "POST,/archive/1/stop",
        "PUT,/archive/1/layout",
        "POST,/broadcast",
        "POST,/broadcast/1/stop",
        "POST,/dial",
        "POST,/call",
        "POST,/connect",
        "POST,/render",
        "GET,/render",
        "DELETE,/render/1",
        "POST,/captions",
        "POST,/captions/1/stop",
        "GET,/callback",
        "POST,/session/1/play-dtmf",
        "POST,/session/1/connection/1/play-dtmf"
    })
    void whatIsMissingSaysSo(String method, String path) throws IOException {
        Reply reply = rest.call(method, "/v2/project/47000001" + path);
        assertThat(reply.status()).isEqualTo(501);
        assertThat(reply.type()).isEqualTo("application/json");
        assertThat(reply.body()).startsWith("{\"code\":501,\"message\":\"").contains("is not available");
    }

    @Test
    void bearerAndIstInTheHeaderWork() throws IOException {
        String ruby = com.auth0
                .jwt
                .JWT
                .create()
                .withHeader(java.util.Map.of("ist", "project"))
                .withIssuer("47000001")
                .withExpiresAt(java.time.Instant.now().plusSeconds(300))
                .sign(com.auth0.jwt.algorithms.Algorithm.HMAC256(ServerFixture.PROJECT.signingSecret()));
        for (int i = 0; i < 2; i++) {
            Request.Builder request = new Request.Builder()
                    .url(fixture.server.uri() + rest.path("/stream"))
                    .header("Authorization", "Bearer " + ruby)
                    .header("headers", "[object Object]");
            assertThat(rest.send(request).status()).isEqualTo(200);
        }
    }

    @Test
    void secretsRotate() throws IOException {
        String old = rest.token();
        Project project = ServerFixture.PROJECT;
        Project rotating = new Project(project.apiKey(), List.of("n".repeat(40), project.signingSecret()));
        fixture.server.projects().put(rotating);
        assertThat(rest.call("GET", rest.path("/stream"), null, old).status()).isEqualTo(200);
        RestClient fresh = new RestClient(fixture, new Project(project.apiKey(), "n".repeat(40)));
        assertThat(fresh.call("GET", rest.path("/stream")).status()).isEqualTo(200);
        fixture.server.projects().put(new Project(project.apiKey(), "n".repeat(40)));
        assertThat(rest.call("GET", rest.path("/stream")).status()).isEqualTo(403);
    }
}
