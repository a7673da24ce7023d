package dev.videosession.server;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A server, a session in it, and clients for it. */
final class ServerFixture implements AutoCloseable {
    static final Project PROJECT = new Project(47_000_001, "0123456789abcdef0123456789abcdef01234567");

    final SignalingServer server;
    final SessionId session = newSession();
    final OkHttpClient http = new OkHttpClient();
    private final TokenIssuer issuer = new TokenIssuer(PROJECT);
    private final List<TestClient> clients = new ArrayList<>();

    ServerFixture() {
        this(builder -> builder);
    }

    ServerFixture(UnaryOperator<SignalingServerBuilder> settings) {
        try {
            server = settings.apply(SignalingServer.builder().project(PROJECT)).start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static SessionId newSession() {
        return new SessionIds(Clock.systemUTC()).create(PROJECT.apiKey(), true);
    }

    String token(Role role) {
        return issuer.jwt(new ClientToken(session).withRole(role).withData("as " + role.wireName()));
    }

    TestClient open() {
        TestClient client = new TestClient(http, server);
        clients.add(client);
        return client;
    }

    TestClient join(Role role) {
        return open().connect(session, token(role));
    }

    Response get(String path) throws IOException {
        return request(new Request.Builder().url(server.uri() + path).build());
    }

    Response request(Request request) throws IOException {
        return http.newCall(request).execute();
    }

    double metric(String name, String... tags) {
        return server.meters()
                .get(name)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Override
    public void close() {
        clients.forEach(TestClient::close);
        server.close();
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
