package dev.videosession.server.internal.rest;

import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.rest.call.Json;
import dev.videosession.server.internal.rest.call.JsonBody;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The streams of a session. */
final class StreamCalls {
    /**
     * The type of the single stream for callers with an API key: OpenTok's Node library fails if it is application/json.
     * Vonage's Node library fails if it is anything else; both speak with tokens of their own kind.
     */
    private static final String SINGLE_STREAM_TYPE = "text/json";

    private static final int MAX_CLASSES_LENGTH = 1024;
    private static final String STREAMS = RestRoute.SESSION + "/stream";

    private final SessionControl control;
    private final LayoutClasses layouts;

    StreamCalls(SessionControl control, LayoutClasses layouts) {
        this.control = control;
        this.layouts = layouts;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("GET", STREAMS, this::list),
                new RestRoute("GET", STREAMS + "/{streamId}", this::get),
                new RestRoute("PUT", STREAMS, this::setLayouts),
                new RestRoute("PUT", STREAMS + "/{streamId}", this::setLayout));
    }

    private CompletionStage<HttpReply> list(RestCall call) throws RestException {
        SessionId session = call.session(408);
        return streams(session)
                .thenApply(streams -> HttpReply.json(200, Json.write(writer -> {
                    writer.beginObject();
                    writer.name("count").value(streams.size());
                    writer.name("items").beginArray();
                    for (StreamInfo stream : streams) {
                        write(writer, session, stream);
                    }
                    writer.endArray().endObject();
                })));
    }

    private CompletionStage<HttpReply> get(RestCall call) throws RestException {
        SessionId session = call.session(400);
        StreamId id = call.stream();
        String type = call.caller().isApplication() ? HttpReply.JSON : SINGLE_STREAM_TYPE;
        return streams(session)
                .thenApply(streams -> streams.stream()
                        .filter(stream -> stream.streamId().equals(id))
                        .findFirst()
                        .map(stream -> HttpReply.text(200, type, Json.write(writer -> write(writer, session, stream))))
                        .orElseThrow(() -> new CompletionException(unknownStream())));
    }

    private static RestException unknownStream() {
        return new RestException(404, "There is no such stream in the session.");
    }

    private CompletableFuture<List<StreamInfo>> streams(SessionId session) {
        return control.roster(session)
                .thenApply(roster -> roster.map(some -> some.streams()).orElse(List.of()));
    }

    private void write(JsonWriter writer, SessionId session, StreamInfo stream) throws IOException {
        VideoType type = stream.videoType() == null ? VideoType.CAMERA : stream.videoType();
        writer.beginObject();
        writer.name("id").value(stream.streamId().value());
        writer.name("videoType").value(type.wireName());
        writer.name("name").value(stream.name());
        writer.name("layoutClassList").beginArray();
        for (String layoutClass : layouts.of(session, stream.streamId())) {
            writer.value(layoutClass);
        }
        writer.endArray().endObject();
    }

    private CompletionStage<HttpReply> setLayouts(RestCall call) throws RestException {
        SessionId session = call.session(400);
        Map<StreamId, List<String>> classes = new LinkedHashMap<>();
        for (JsonBody item : call.body().objects("items")) {
            classes.put(streamId(item.requireText("id")), classes(item));
        }
        StreamId unknown = layouts.set(session, classes);
        if (unknown != null) {
            throw new RestException(400, "There is no stream " + unknown.value() + " in the session.");
        }
        return CompletableFuture.completedFuture(HttpReply.json(200, "{\"code\":200,\"message\":\"OK\"}"));
    }

    /** Sets the classes of the stream in the path, as one of the libraries does. */
    private CompletionStage<HttpReply> setLayout(RestCall call) throws RestException {
        SessionId session = call.session(400);
        StreamId stream = call.stream();
        if (layouts.set(session, Map.of(stream, classes(call.body()))) != null) {
            throw unknownStream();
        }
        return get(call);
    }

    private static List<String> classes(JsonBody body) throws RestException {
        List<String> names = body.texts("layoutClassList");
        if (String.join(" ", names).length() > MAX_CLASSES_LENGTH) {
            throw new RestException(400, "layoutClassList is longer than " + MAX_CLASSES_LENGTH + " characters.");
        }
        return names;
    }

    private static StreamId streamId(String text) throws RestException {
        try {
            return new StreamId(text);
        } catch (IllegalArgumentException e) {
            throw new RestException(400, "items.id is invalid.", e);
        }
    }
}
