package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Heartbeat;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamInfo;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** A raw client over a real socket. Heartbeats are counted and skipped. */
final class TestClient extends WebSocketListener implements AutoCloseable {
    static final MessageCodec CODEC = new MessageCodec();
    private static final long LIMIT_SECONDS = 10;

    final AtomicInteger heartbeats = new AtomicInteger();
    private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private long requests;
    private ServerMessage.Connected connected;

    TestClient(OkHttpClient http, SignalingServer server) {
        this(http, server.uri());
    }

    TestClient(OkHttpClient http, URI server) {
        socket = http.newWebSocket(
                new Request.Builder().url(server + "/v1/signaling").build(), this);
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        try {
            ServerMessage message = CODEC.decodeServer(text);
            if (message instanceof Heartbeat) {
                heartbeats.incrementAndGet();
            } else {
                received.add(message);
            }
        } catch (Exception e) {
            throw new AssertionError("server sent " + text, e);
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        webSocket.close(1000, null);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable t, Response response) {
        closed.completeExceptionally(t);
    }

    long nextId() {
        return ++requests;
    }

    void send(ClientMessage message) {
        sendRaw(CODEC.encodeClient(message));
    }

    void sendRaw(String text) {
        socket.send(text);
    }

    void sendBinary() {
        socket.send(ByteString.of((byte) 1));
    }

    void sendConnect(SessionId session, String token) {
        send(new ClientMessage.Connect(nextId(), MessageCodec.PROTOCOL_VERSION, session, token, "test/1", null));
    }

    TestClient connect(SessionId session, String token) {
        sendConnect(session, token);
        connected = expect(ServerMessage.Connected.class);
        return this;
    }

    ServerMessage.Connected connected() {
        return connected;
    }

    ConnectionId id() {
        return connected.connection().connectionId();
    }

    StreamInfo publish(String name) {
        send(new ClientMessage.Publish(nextId(), name, true, true, null, null));
        return expect(ServerMessage.Published.class).stream();
    }

    ServerMessage next() {
        try {
            ServerMessage message = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message in " + LIMIT_SECONDS + " s");
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message must be of this type. */
    <T extends ServerMessage> T expect(Class<T> type) {
        ServerMessage message = next();
        assertThat(message).isInstanceOf(type);
        return type.cast(message);
    }

    /** Skips messages until one of this type comes. */
    <T extends ServerMessage> T await(Class<T> type) {
        ServerMessage message = next();
        while (!type.isInstance(message)) {
            message = next();
        }
        return type.cast(message);
    }

    void expectFailure(long id, ErrorCode code) {
        ServerMessage.Failed failed = expect(ServerMessage.Failed.class);
        assertThat(failed.id()).isEqualTo(id);
        assertThat(failed.code()).isEqualTo(code.code());
        assertThat(failed.name()).isEqualTo(code.errorName());
    }

    /** Proves that nothing is under way: whatever was sent before the answer to a signal has arrived. */
    void expectNothing() {
        send(new ClientMessage.Signal(nextId(), "probe", null, id()));
        expect(ServerMessage.Done.class);
        expect(ServerMessage.DirectSignal.class);
    }

    void expectClose(CloseCode code) {
        try {
            assertThat(closed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(code.code());
        } catch (Exception e) {
            throw new AssertionError("expected close with " + code, e);
        }
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    /** Closes the socket without the protocol's goodbye. */
    void closeSocket(int code) {
        socket.close(code, null);
    }

    /** Breaks the socket without a goodbye. */
    void breakSocket() {
        socket.cancel();
    }

    @Override
    public void close() {
        socket.cancel();
    }
}
