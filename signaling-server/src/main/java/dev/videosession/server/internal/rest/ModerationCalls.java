package dev.videosession.server.internal.rest;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.control.SignalingException;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.rest.call.Json;
import dev.videosession.server.internal.rest.call.JsonBody;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A moderator's commands, given by the backend. */
final class ModerationCalls {
    /**
     * What the libraries call the excluded streams: the documented name, that of PHP and Python, and that of Java before
     * 4.14.1.
     */
    private static final List<String> EXCLUDED = List.of("excludedStreamIds", "excludedStreams", "excudedStreamIds");

    private final SessionControl control;
    private final long since;

    ModerationCalls(SessionControl control, InstantSource clock) {
        this.control = control;
        this.since = clock.millis();
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("DELETE", RestRoute.CONNECTION, this::forceDisconnect),
                new RestRoute("POST", RestRoute.SESSION + "/stream/{streamId}/mute", this::muteStream),
                new RestRoute("POST", RestRoute.SESSION + "/mute", this::muteAll));
    }

    private CompletionStage<HttpReply> forceDisconnect(RestCall call) throws RestException {
        RestCall.Removal removal = call.removal();
        return control.forceDisconnect(call.session(400), call.connection(), removal.message(), removal.ban())
                .thenApply(done -> HttpReply.noContent());
    }

    /** A session without connections has no such stream either. */
    private CompletionStage<HttpReply> muteStream(RestCall call) throws RestException {
        return control.forceMute(call.session(400), call.stream())
                .exceptionally(failure -> {
                    if (failure instanceof SignalingException e && e.code() == ErrorCode.INVALID_SESSION_ID) {
                        throw new CompletionException(
                                new RestException(404, "There is no such stream in the session.", e));
                    }
                    throw failure instanceof CompletionException e ? e : new CompletionException(failure);
                })
                .thenApply(done -> project(call));
    }

    private CompletionStage<HttpReply> muteAll(RestCall call) throws RestException {
        SessionId session = call.session(400);
        JsonBody body = call.body();
        Boolean active = body.flag("active");
        if (active == null) {
            throw new RestException(400, "active is missing. Set it to true to mute, to false to end muting.");
        }
        List<StreamId> excluded = new ArrayList<>();
        for (String name : EXCLUDED) {
            for (String id : body.texts(name)) {
                excluded.add(excluded(name, id));
            }
        }
        if (excluded.size() > Limits.EXCLUDED_STREAMS) {
            throw new RestException(400, "More than " + Limits.EXCLUDED_STREAMS + " streams are excluded.");
        }
        CompletableFuture<Void> done =
                active ? control.forceMuteAll(session, excluded) : control.disableForceMute(session);
        return done.thenApply(nothing -> project(call));
    }

    private static StreamId excluded(String name, String id) throws RestException {
        try {
            return new StreamId(id);
        } catch (IllegalArgumentException e) {
            throw new RestException(400, name + " holds an invalid id", e);
        }
    }

    /** The project's details, which some libraries return to their callers. */
    private HttpReply project(RestCall call) {
        String id = call.caller().value();
        return HttpReply.json(200, Json.write(writer -> {
            writer.beginObject();
            writer.name("applicationId").value(id);
            writer.name("status").value("ACTIVE");
            writer.name("name").value(id);
            writer.name("environment").value("standard");
            writer.name("createdAt").value(since);
            writer.endObject();
        }));
    }
}
