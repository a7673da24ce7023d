package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.protocol.Role;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.RestClient.Reply;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.RestRate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and mistaken callers. Each receives the right status, and JSON that says what is wrong. */
class RestHostileTest {
    private ServerFixture fixture;
    private RestClient rest;
    private TestClient bystander;

    @BeforeEach
    void start() {
        fixture = new ServerFixture(builder -> builder.restRate(new RestRate(100, 200)));
        rest = new RestClient(fixture);
        bystander = fixture.join(Role.PUBLISHER);
    }

    @AfterEach
    void nothingReachedTheSession() {
        try (ServerFixture closed = fixture) {
            bystander.expectNothing();
        }
    }

    private void refused(Reply reply, int status, String words) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.type()).isEqualTo("application/json");
        int code = status == 401 || status == 403 ? -1 : status;
        assertThat(reply.body())
                .startsWith("{\"code\":" + code + ",\"message\":\"")
                .contains("\"description\":\"" + reply.body().split("\"", -1)[5] + "\"")
                .contains(words);
    }

    private Reply signalWith(String token) throws IOException {
        return rest.call("POST", rest.path("/signal"), "{\"data\":\"x\"}", token);
    }

    @Test
    void noToken() throws IOException {
        Reply reply = signalWith(null);
        refused(reply, 401, "X-OPENTOK-AUTH");
        assertThat(reply.headers().get("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void nonsenseToken() throws IOException {
        refused(signalWith("nonsense"), 403, "malformed");
        refused(signalWith("a.b.c"), 403, "malformed");
        refused(signalWith(base64("{\"alg\":\"HS256\"}") + "." + base64("null") + ".x"), 403, "malformed");
        refused(signalWith(base64("null") + "." + base64("{}") + ".x"), 403, "malformed");
        refused(signalWith("x".repeat(5000)), 403, "longer");
    }

    @Test
    void forgedToken() throws IOException {
        RestClient forger = new RestClient(fixture, new Project(47_000_001, "f".repeat(40)));
        refused(signalWith(forger.token()), 403, "signature");
    }

    @Test
    void anotherProjectsToken() throws IOException {
        Project other = new Project(13, "o".repeat(40));
        fixture.server.projects().put(other);
        refused(signalWith(new RestClient(fixture, other).token()), 403, "another project");
        refused(signalWith(rest.token(claims -> claims.withIssuer("99"))), 403, "no project");
        refused(signalWith(rest.token(claims -> claims.withIssuer("x"))), 403, "no project");
    }

    @Test
    void expiredToken() throws IOException {
        Instant now = Instant.now();
        refused(signalWith(rest.token(claims -> claims.withExpiresAt(now.minusSeconds(61)))), 403, "expired");
        assertThat(rest.call(
                                "GET",
                                rest.path("/stream"),
                                null,
                                rest.token(claims -> claims.withExpiresAt(now.minusSeconds(30))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokenThatNeverEnds() throws IOException {
        String endless = JWT.create()
                .withIssuer("47000001")
                .withClaim("ist", "project")
                .sign(Algorithm.HMAC256(ServerFixture.PROJECT.signingSecret()));
        refused(signalWith(endless), 403, "no exp");
        refused(
                signalWith(
                        rest.token(claims -> claims.withExpiresAt(Instant.now().plusSeconds(3600)))),
                403,
                "too late");
    }

    @Test
    void tokenFromTheFuture() throws IOException {
        refused(
                signalWith(
                        rest.token(claims -> claims.withIssuedAt(Instant.now().plusSeconds(90)))),
                403,
                "future");
        refused(
                signalWith(
                        rest.token(claims -> claims.withNotBefore(Instant.now().plusSeconds(90)))),
                403,
                "future");
    }

    @Test
    void tokenOfAnAccount() throws IOException {
        refused(signalWith(rest.token(claims -> claims.withClaim("ist", "account"))), 403, "ist");
    }

    @Test
    void tokenForAClient() throws IOException {
        refused(signalWith(fixture.token(Role.MODERATOR)), 403, "for a client");
        refused(signalWith(rest.token(claims -> claims.withClaim("scope", "session.connect"))), 403, "for a client");
    }

    @Test
    void tokenWithoutASignature() throws IOException {
        String payload = "{\"iss\":\"47000001\",\"ist\":\"project\",\"exp\":"
                + (Instant.now().getEpochSecond() + 100) + "}";
        for (String algorithm : new String[] {"none", "None", "HS512", "PS256", "ES256"}) {
            refused(signalWith(base64("{\"alg\":\"" + algorithm + "\"}") + "." + base64(payload) + "."), 403, "HS256");
        }
        refused(signalWith(base64("{\"alg\":\"HS256\"}") + "." + base64(payload) + "."), 403, "signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokenWithAnotherAlgorithm() throws IOException {
        String strong = JWT.create()
                .withIssuer("47000001")
                .withClaim("ist", "project")
                .withExpiresAt(Instant.now().plusSeconds(100))
                .sign(Algorithm.HMAC512(ServerFixture.PROJECT.signingSecret()));
        refused(signalWith(strong), 403, "HS256");
    }

    @Test
    void tokenUsedTwice() throws IOException {
        String token = rest.token();
        assertThat(rest.call("GET", rest.path("/stream"), null, token).status()).isEqualTo(200);
        refused(signalWith(token), 403, "used before");
    }

    @Test
    void hugeBody() throws IOException {
        String huge = "{\"data\":\"" + "x".repeat(200_000) + "\"}";
        refused(rest.call("POST", rest.path("/signal"), huge), 413, "65536");
        try (RawSocket socket = new RawSocket(fixture.server)) {
            socket.write("POST " + rest.path("/signal")
                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n");
            assertThat(socket.readAll()).startsWith("HTTP/1.1 413").contains("\"code\":413");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"data\":}",
                "[]",
                "\"x\"",
                "1",
                "{} {}",
                "{\"data\":\"x\",\"data\":\"y\"}",
                "{\"type\":[]}",
                "data=x",
                "{\"data\":\"\uFFFF"
            })
    void brokenJson(String json) throws IOException {
        refused(rest.call("POST", rest.path("/signal"), json), 400, "");
    }

    @Test
    void signalDataThatIsNoTextHasTheCodeOfOpenTok() throws IOException {
        Reply reply = rest.call("POST", rest.path("/signal"), "{\"data\":1}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"code\":15202,").contains("\"description\":\"data must be a string.\"");
    }

    @Test
    void deepJson() throws IOException {
        String deep = "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        refused(rest.call("POST", rest.path("/signal"), deep), 400, "malformed");
    }

    @Test
    void wrongTypesInLists() throws IOException {
        refused(rest.call("POST", rest.path("/mute"), "{\"active\":true,\"excludedStreamIds\":\"x\"}"), 400, "list");
        refused(rest.call("POST", rest.path("/mute"), "{\"active\":true,\"excludedStreamIds\":[1]}"), 400, "strings");
        refused(rest.call("PUT", rest.path("/stream"), "{\"items\":[1]}"), 400, "objects");
        assertThat(rest.call("PUT", rest.path("/stream"), "{\"items\":[]}").status())
                .isEqualTo(200);
        refused(rest.call("PUT", rest.path("/stream"), "{\"items\":[{}]}"), 400, "items.id is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/project/47000001/session/../../../health",
                "/v2/project/47000001/session/%2e%2e/signal",
                "/v2/project/47000001/session/a%2Fb/signal",
                "/v2/project/47000001/session/SID%2Fconnection%2Fx/signal",
                "/v2/project/47000001/session/a%5Cb/signal",
                "/v2/project/47000001/session/a%00b/signal",
                "/v2/project/47000001/session/%zz/signal",
                "/v2/project/47000001//signal",
                "/v2/project//session/SID/signal",
                "//v2/project/47000001/session/SID/signal",
                "/v2/project/47000001/session/SID/signal//",
                "/V2/project/47000001/session/SID/signal",
                "/v2/project/47000001/session/SID%20/signal",
                "/v2/project/+47000001/session/SID/signal",
                "/v2/project/047000001/session/SID/signal"
            })
    void trickyPaths(String template) throws IOException {
        String path = template.replace("SID", fixture.session.value());
        try (RawSocket socket = new RawSocket(fixture.server)) {
            socket.write("POST " + path + " HTTP/1.1\r\nHost: x\r\nX-OPENTOK-AUTH: " + rest.token()
                    + "\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{\"data\":\"x\"}");
            String reply = socket.readAll();
            assertThat(reply)
                    .matches("(?s)HTTP/1\\.1 (400|403|404) .*\\{\"code\":(400|-1|404),\"message\":\"[^\"]+\".*}");
        }
    }

    @Test
    void wrongMethod() throws IOException {
        Reply reply = rest.call("GET", rest.path("/signal"));
        refused(reply, 405, "method");
        assertThat(reply.headers().get("Allow")).isEqualTo("POST");
        refused(rest.call("GET", "/v2/project/47000001/nothing"), 404, "nothing at this path");
    }

    @Test
    void madeUpIds() throws IOException {
        String path = "/v2/project/47000001/session/";
        refused(rest.call("POST", path + "made-up/signal", "{}"), 400, "session id");
        refused(rest.call("POST", path + "x".repeat(300) + "/signal", "{}"), 400, "sessionId");
        refused(rest.call("GET", path + "2_MX4x/stream"), 408, "session id");
        refused(rest.call("POST", rest.path("/connection/" + "x".repeat(300) + "/signal"), "{}"), 404, "");
        refused(rest.call("GET", rest.path("/stream/" + "x".repeat(300))), 404, "");
    }

    @Test
    void tooManyCalls() throws IOException {
        try (ServerFixture strict = new ServerFixture(builder -> builder.restRate(new RestRate(1, 20)))) {
            RestClient caller = new RestClient(strict);
            Reply reply = caller.call("GET", caller.path("/stream"));
            for (int i = 0; i < 200 && reply.status() == 200; i++) {
                reply = caller.call("GET", caller.path("/stream"));
            }
            refused(reply, 429, "Slow down");
            assertThat(reply.headers().get("Retry-After")).isEqualTo("1");
        }
    }
}
