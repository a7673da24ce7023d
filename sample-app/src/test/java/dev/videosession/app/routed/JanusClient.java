package dev.videosession.app.routed;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Speaks to a Janus directly, one request after the other. */
final class JanusClient implements AutoCloseable {
    private static final long SECONDS = 10;
    private static final JsonAdapter<Map<String, Object>> JSON =
            new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, Object.class));

    private final WebSocket socket;
    private final AtomicLong transaction = new AtomicLong();
    private final Map<String, CompletableFuture<Map<String, Object>>> open = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Opens a socket with one of Janus's protocols. */
    JanusClient(int port, String protocol) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(URI.create("ws://127.0.0.1:" + port), new Receiver())
                .join();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                receive(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void receive(String text) {
        Map<String, Object> message = read(text);
        if ("ack".equals(message.get("janus"))) {
            return;
        }
        CompletableFuture<Map<String, Object>> answered =
                message.get("transaction") instanceof String id ? open.remove(id) : null;
        if (answered == null) {
            events.add(message.get("janus") + " " + number(message, "sender"));
        } else {
            answered.complete(message);
        }
    }

    /** Whether Janus said something of a type about a handle. */
    boolean hasEvent(String type, long handle) {
        return events.contains(type + " " + handle);
    }

    Map<String, Object> request(Map<String, ?> message) throws Exception {
        String id = Long.toString(transaction.incrementAndGet());
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        open.put(id, answer);
        Map<String, Object> complete = new LinkedHashMap<>(message);
        complete.put("transaction", id);
        socket.sendText(JSON.toJson(complete), true).join();
        Map<String, Object> reply = answer.get(SECONDS, TimeUnit.SECONDS);
        if ("error".equals(reply.get("janus"))) {
            throw new IOException("Janus refused " + message + ": " + reply);
        }
        return reply;
    }

    /** Creates a session and returns its id. */
    long session() throws Exception {
        return number(map(request(Map.of("janus", "create")), "data"), "id");
    }

    /** Makes a handle of the VideoRoom plugin and returns its id. */
    long attach(long session) throws Exception {
        Map<String, Object> reply =
                request(Map.of("janus", "attach", "session_id", session, "plugin", "janus.plugin.videoroom"));
        return number(map(reply, "data"), "id");
    }

    void detach(long session, long handle) throws Exception {
        request(Map.of("janus", "detach", "session_id", session, "handle_id", handle));
    }

    /** Sends a request to the plugin; a description goes with it unless it is empty. */
    Map<String, Object> message(long session, long handle, Map<String, ?> body, Map<String, ?> jsep) throws Exception {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("janus", "message");
        message.put("session_id", session);
        message.put("handle_id", handle);
        message.put("body", body);
        if (!jsep.isEmpty()) {
            message.put("jsep", jsep);
        }
        Map<String, Object> reply = request(message);
        if (plugin(reply).containsKey("error")) {
            throw new IOException("VideoRoom refused " + body + ": " + reply);
        }
        return reply;
    }

    static Map<String, Object> plugin(Map<String, Object> reply) {
        return map(map(reply, "plugindata"), "data");
    }

    /** The description in a reply. */
    static String sdp(Map<String, Object> reply) {
        return String.valueOf(map(reply, "jsep").get("sdp"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> json, String field) {
        return json.get(field) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static long number(Map<String, Object> json, String field) {
        return json.get(field) instanceof Double value ? value.longValue() : 0;
    }

    private static Map<String, Object> read(String text) {
        try {
            return JSON.fromJson(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
