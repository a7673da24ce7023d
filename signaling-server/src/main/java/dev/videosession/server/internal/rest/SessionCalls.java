package dev.videosession.server.internal.rest;

import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.control.SignalingException;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.rest.call.Json;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions and their connections. All but the list of connections goes beyond OpenTok. */
final class SessionCalls {
    private final SessionControl control;

    SessionCalls(SessionControl control) {
        this.control = control;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("GET", RestRoute.PROJECT + "/session", this::list),
                new RestRoute("DELETE", RestRoute.SESSION, this::close),
                new RestRoute("POST", RestRoute.SESSION + "/token/revoke", this::revoke),
                new RestRoute("GET", RestRoute.SESSION + "/connection", this::connections));
    }

    private record Live(SessionId id, boolean relayed, SessionSnapshot snapshot) {}

    private CompletionStage<HttpReply> list(RestCall call) throws RestException {
        RestCall.Page page = call.page();
        return control.allSessions().thenCompose(ids -> list(call, page, ids));
    }

    private CompletionStage<HttpReply> list(RestCall call, RestCall.Page page, List<SessionId> ids) {
        List<CompletableFuture<Optional<Live>>> found = ids.stream()
                .flatMap(id -> SessionIds.read(id)
                        .filter(parts -> call.project().has(parts.project()))
                        .map(parts -> control.snapshot(id)
                                .thenApply(snapshot -> snapshot.map(some -> new Live(id, parts.relayed(), some))))
                        .stream())
                .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(done -> found.stream()
                        .flatMap(live -> live.join().stream())
                        .sorted(Comparator.<Live>comparingLong(
                                        live -> live.snapshot().openedAt())
                                .thenComparing(live -> live.id().value()))
                        .toList())
                .thenApply(all -> HttpReply.json(200, Json.write(writer -> {
                    writer.beginObject();
                    writer.name("count").value(all.size());
                    writer.name("items").beginArray();
                    for (Live live : page.of(all)) {
                        write(writer, live);
                    }
                    writer.endArray().endObject();
                })));
    }

    private static void write(JsonWriter writer, Live live) throws IOException {
        writer.beginObject();
        writer.name("sessionId").value(live.id().value());
        writer.name("createdAt").value(live.snapshot().openedAt());
        writer.name("mediaMode").value(live.relayed() ? "relayed" : "routed");
        writer.name("connections").value(live.snapshot().roster().connections().size());
        writer.name("streams").value(live.snapshot().roster().streams().size());
        writer.endObject();
    }

    private CompletionStage<HttpReply> connections(RestCall call) throws RestException {
        SessionId session = call.session(404);
        RestCall.Page page = call.page();
        return control.snapshot(session).thenApply(snapshot -> {
            List<ConnectionInfo> all =
                    snapshot.map(some -> some.roster().connections()).orElse(List.of());
            Set<?> lost = snapshot.<Set<?>>map(SessionSnapshot::lost).orElse(Set.of());
            return HttpReply.json(200, Json.write(writer -> {
                writer.beginObject();
                writer.name("count").value(all.size());
                writer.name("projectId").value(call.caller().value());
                writer.name("sessionId").value(session.value());
                writer.name("items").beginArray();
                for (ConnectionInfo connection : page.of(all)) {
                    writer.beginObject();
                    writer.name("connectionId").value(connection.connectionId().value());
                    writer.name("createdAt").value(connection.creationTime());
                    writer.name("connectionState")
                            .value(lost.contains(connection.connectionId()) ? "Connecting" : "Connected");
                    writer.endObject();
                }
                writer.endArray().endObject();
            }));
        });
    }

    private CompletionStage<HttpReply> close(RestCall call) throws RestException {
        return control.closeSession(call.session(404), call.removal().message())
                .thenApply(done -> HttpReply.noContent());
    }

    private CompletionStage<HttpReply> revoke(RestCall call) throws RestException {
        SessionId session = call.session(404);
        String token = call.body().requireText("token");
        return control.revoke(session, token, call.removal().message())
                .thenApply(removed -> HttpReply.json(200, "{\"disconnected\":" + removed + "}"))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(notRevoked(failure)));
    }

    /** A token that is not valid for the session is an error of the request, not of its authentication. */
    private static Throwable notRevoked(Throwable failure) {
        return failure.getCause() instanceof SignalingException refused
                ? new RestException(400, String.valueOf(refused.getMessage()), refused)
                : failure;
    }
}
