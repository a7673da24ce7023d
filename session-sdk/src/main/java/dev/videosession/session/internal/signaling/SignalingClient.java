package dev.videosession.session.internal.signaling;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import okio.Utf8;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signaling between a session and its server: at most one socket at a time, and the requests that wait for a reply, which
 * survive a change of sockets. Messages of an earlier socket are ignored. Used on the session's loop.
 */
public final class SignalingClient implements SignalingChannel.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SignalingClient.class);
    private static final String PATH = "/v1/signaling";
    private static final long LONGEST_ID = 9_007_199_254_740_991L;

    /** Receives what the server sends, except replies and heartbeats. */
    public interface Listener {
        /** The host has accepted the socket. */
        void onReached();

        void onOpen();

        void onMessage(ServerMessage message);

        void onUnknownEvent(long sequence);

        void onEnd(ChannelCloseReason end);
    }

    private final SessionLoop loop;
    private final WebSocketConnector connector;
    private final MessageCodec codec;
    private final Listener listener;
    private PendingRequests requests = new PendingRequests();
    private @Nullable SignalingChannel channel;
    private boolean established;
    private long lastMessageWallMillis;

    public SignalingClient(SessionLoop loop, WebSocketConnector connector, MessageCodec codec, Listener listener) {
        this.loop = loop;
        this.connector = connector;
        this.codec = codec;
        this.listener = listener;
    }

    public PendingRequests requests() {
        return requests;
    }

    /** Starts with request number 1 again, for a new connection. */
    public void reset() {
        requests = new PendingRequests();
    }

    /** Opens a socket to a server; the listener is called later. */
    public void open(ServerAddress server) {
        established = false;
        channel = SignalingChannel.open(connector, server.resolve(PATH), loop, codec, this);
    }

    public void startHeartbeat(Timings timings) {
        if (channel != null) {
            channel.startHeartbeat(timings);
        }
    }

    /** Keeps a request until it is answered, and sends it in its turn once the connection is established. */
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        try {
            long bytes = Utf8.size(codec.encodeClient(maker.apply(LONGEST_ID)));
            if (bytes > Limits.MESSAGE_BYTES) {
                throw new IllegalArgumentException(
                        "the request takes " + bytes + " bytes, and a message at most " + Limits.MESSAGE_BYTES);
            }
            requests.add(maker, answer);
        } catch (IllegalArgumentException e) {
            answer.accept(ServerMessage.Failed.of(null, ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage())));
            return;
        }
        sendRequests();
    }

    /** The connection is established on this socket: sends the requests without a reply again, then those that wait. */
    public void startRequests() {
        established = true;
        requests.unanswered().forEach(this::send);
        sendRequests();
    }

    private void sendRequests() {
        while (established && channel != null) {
            ClientMessage.Request next = requests.next();
            if (next == null) {
                return;
            }
            channel.send(next);
        }
    }

    /** Waits if the server has refused requests because of its rate limit. */
    private void pace() {
        PendingRequests paced = requests;
        paced.beginHold().ifPresent(millis -> {
            LOG.info("event=requestsDelayed millis={} cause=\"asked by the server\"", millis);
            loop.schedule(millis, () -> {
                paced.release();
                paced.settle();
                sendRequests();
            });
        });
        paced.settle();
        sendRequests();
    }

    /** Sends a request to connect or to resume: at once, before all requests that wait. */
    public void ask(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        ClientMessage.Request request;
        try {
            request = requests.addFirst(maker, answer);
        } catch (IllegalArgumentException e) {
            answer.accept(ServerMessage.Failed.of(null, ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage())));
            return;
        }
        send(request);
    }

    public void send(ClientMessage message) {
        if (channel != null) {
            channel.send(message);
        }
    }

    /** {@return when the last message of the server arrived, by the wall clock} */
    public long lastMessageWallMillis() {
        return lastMessageWallMillis;
    }

    /** Closes the socket after what was sent before. */
    public void close() {
        established = false;
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Drops the socket at once. */
    public void abort() {
        established = false;
        if (channel != null) {
            channel.abort();
            channel = null;
        }
    }

    @Override
    public void onReached(SignalingChannel reached) {
        if (reached == channel) {
            listener.onReached();
        }
    }

    @Override
    public void onOpen(SignalingChannel opened) {
        if (opened == channel) {
            listener.onOpen();
        }
    }

    @Override
    public void onMessage(SignalingChannel from, ServerMessage message) {
        if (from != channel) {
            return;
        }
        if (message instanceof ServerMessage.Reply reply) {
            onReply(reply);
            return;
        }
        lastMessageWallMillis = loop.wallMillis();
        if (!(message instanceof Heartbeat)) {
            listener.onMessage(message);
        }
    }

    private void onReply(ServerMessage.Reply reply) {
        if (!(reply instanceof ServerMessage.Failed)) {
            lastMessageWallMillis = loop.wallMillis();
        }
        if (requests.complete(reply)) {
            pace();
        } else if (reply instanceof ServerMessage.Failed failed) {
            LOG.warn("event=serverError code={} reason=\"{}\"", failed.code(), failed.message());
        }
    }

    @Override
    public void onUnknownEvent(SignalingChannel from, long sequence) {
        if (from == channel) {
            listener.onUnknownEvent(sequence);
        }
    }

    @Override
    public void onEnd(SignalingChannel gone, ChannelCloseReason end) {
        if (gone == channel) {
            established = false;
            channel = null;
            listener.onEnd(end);
        }
    }
}
