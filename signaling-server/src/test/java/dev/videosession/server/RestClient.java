package dev.videosession.server;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A backend that speaks HTTP by hand. */
final class RestClient {
    private final ServerFixture fixture;
    private final Project project;

    RestClient(ServerFixture fixture) {
        this(fixture, ServerFixture.PROJECT);
    }

    RestClient(ServerFixture fixture, Project project) {
        this.fixture = fixture;
        this.project = project;
    }

    /** What came back. */
    record Reply(int status, String type, String body, okhttp3.Headers headers) {}

    String token() {
        return token(claims -> claims);
    }

    String token(UnaryOperator<JWTCreator.Builder> change) {
        return change.apply(JWT.create()
                        .withIssuer(Integer.toString(project.apiKey()))
                        .withClaim("ist", "project")
                        .withIssuedAt(Instant.now())
                        .withExpiresAt(Instant.now().plusSeconds(180))
                        .withJWTId(UUID.randomUUID().toString()))
                .sign(Algorithm.HMAC256(project.signingSecret()));
    }

    /** Of the fixture's session. */
    String path(String rest) {
        return "/v2/project/" + project.apiKey() + "/session/" + fixture.session + rest;
    }

    Reply call(String method, String path) throws IOException {
        return call(method, path, null, token());
    }

    Reply call(String method, String path, String json) throws IOException {
        return call(method, path, json, token());
    }

    Reply call(String method, String path, String json, String token) throws IOException {
        RequestBody body = json == null ? null : RequestBody.create(json, MediaType.get("application/json"));
        if (body == null && (method.equals("POST") || method.equals("PUT"))) {
            body = RequestBody.create(new byte[0]);
        }
        Request.Builder request =
                new Request.Builder().url(fixture.server.uri() + path).method(method, body);
        if (token != null) {
            request.header("X-OPENTOK-AUTH", token);
        }
        return send(request);
    }

    Reply send(Request.Builder request) throws IOException {
        try (Response response = fixture.request(request.build())) {
            return new Reply(
                    response.code(),
                    response.header("Content-Type"),
                    response.body().string(),
                    response.headers());
        }
    }
}
