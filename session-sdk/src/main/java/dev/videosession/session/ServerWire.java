package dev.videosession.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Heartbeat;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.Timings;
import dev.videosession.session.loop.Loop;
import dev.videosession.session.signaling.Channel;
import dev.videosession.session.signaling.ChannelEnd;
import dev.videosession.session.signaling.Requests;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import okio.Utf8;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire between a session and its server: at most one socket at a time, and the requests that wait for an answer, over
 * a change of sockets. What an earlier socket still says is not heard. Lives on the session's loop.
 */
final class ServerWire implements Channel.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWire.class);
    private static final long LONGEST_ID = 9_007_199_254_740_991L;

    /** Told what comes over the wire, except answers to requests and heartbeats. */
    interface Listener {
        /** The server's machine has taken the socket. */
        void onReached();

        void onOpen();

        void onMessage(ServerMessage message);

        void onUnknownEvent(long sequence);

        void onEnd(ChannelEnd end);
    }

    private final Loop loop;
    private final ConnectOptions options;
    private final Listener listener;
    private Requests requests = new Requests();
    private @Nullable Channel channel;
    private boolean flowing;
    private long lastHeardWallMillis;

    ServerWire(Loop loop, ConnectOptions options, Listener listener) {
        this.loop = loop;
        this.options = options;
        this.listener = listener;
    }

    Requests requests() {
        return requests;
    }

    /** Begins to count requests anew, for a new connection. */
    void reset() {
        requests = new Requests();
    }

    /** Opens a socket; the listener hears of it later. */
    void open() {
        flowing = false;
        channel = Channel.open(options.connector(), options.endpoint(), loop, options.codec(), this);
    }

    void startHeartbeat(Timings timings) {
        if (channel != null) {
            channel.startHeartbeat(timings);
        }
    }

    /** Keeps a request until it is answered and, if there is a socket that may carry it, sends it in its turn. */
    void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        try {
            long bytes = Utf8.size(options.codec().encodeClient(maker.apply(LONGEST_ID)));
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

    /** The connection is established on this socket: sends what has no answer again, and then what waits. */
    void startRequests() {
        flowing = true;
        requests.unanswered().forEach(this::send);
        sendRequests();
    }

    private void sendRequests() {
        while (flowing && channel != null) {
            ClientMessage.Request next = requests.next();
            if (next == null) {
                return;
            }
            channel.send(next);
        }
    }

    /** The server wants some requests later. */
    private void pace() {
        Requests paced = requests;
        paced.beginHold().ifPresent(millis -> {
            LOG.info("the server asks for {} ms before further requests", millis);
            loop.schedule(millis, () -> {
                paced.release();
                paced.settle();
                sendRequests();
            });
        });
        paced.settle();
        sendRequests();
    }

    /** Asks to be let in, or back in: sent now, and however many other requests wait. */
    void ask(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        ClientMessage.Request request;
        try {
            request = requests.addFirst(maker, answer);
        } catch (IllegalArgumentException e) {
            answer.accept(ServerMessage.Failed.of(null, ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage())));
            return;
        }
        send(request);
    }

    void send(ClientMessage message) {
        if (channel != null) {
            channel.send(message);
        }
    }

    /** When the server was last heard, by the clock on the wall. */
    long lastHeardWallMillis() {
        return lastHeardWallMillis;
    }

    /** Closes the socket after what was sent before. */
    void close() {
        flowing = false;
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Drops the socket at once. */
    void abort() {
        flowing = false;
        if (channel != null) {
            channel.abort();
            channel = null;
        }
    }

    @Override
    public void onReached(Channel reached) {
        if (reached == channel) {
            listener.onReached();
        }
    }

    @Override
    public void onOpen(Channel opened) {
        if (opened == channel) {
            listener.onOpen();
        }
    }

    @Override
    public void onMessage(Channel from, ServerMessage message) {
        if (from != channel) {
            return;
        }
        if (!(message instanceof ServerMessage.Failed)) {
            lastHeardWallMillis = loop.wallMillis();
        }
        if (message instanceof Heartbeat) {
            return;
        }
        if (!(message instanceof ServerMessage.Reply reply)) {
            listener.onMessage(message);
        } else if (requests.complete(reply)) {
            pace();
        } else if (reply instanceof ServerMessage.Failed failed) {
            LOG.warn("server complains: {} {}", failed.code(), failed.message());
        }
    }

    @Override
    public void onUnknownEvent(Channel from, long sequence) {
        if (from == channel) {
            listener.onUnknownEvent(sequence);
        }
    }

    @Override
    public void onEnd(Channel gone, ChannelEnd end) {
        if (gone == channel) {
            flowing = false;
            channel = null;
            listener.onEnd(end);
        }
    }
}
