package dev.videosession.session.internal.signaling;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.internal.loop.SessionLoop;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket to the server, from opening to its end. Used on the session's loop; the listener is called there, too. Sends a
 * heartbeat when nothing else was sent, and drops the socket when no byte was received for too long. A stall of this process
 * does not count as silence; after it the server has at least the time of one heartbeat. After a sleep of the machine, which is noticed by
 * a wall clock that is ahead of the monotonic one,
 * the socket is dropped at once.
 */
public final class SignalingChannel {
    private static final Logger LOG = LoggerFactory.getLogger(SignalingChannel.class);

    /** Receives what happens to a channel. */
    public interface Listener {
        /**
         * The host has accepted the socket.
         *
         * @param channel the channel
         */
        void onReached(SignalingChannel channel);

        /**
         * The socket is open; nothing was sent yet.
         *
         * @param channel the channel
         */
        void onOpen(SignalingChannel channel);

        /**
         * A message arrived.
         *
         * @param channel the channel
         * @param message the message
         */
        void onMessage(SignalingChannel channel, ServerMessage message);

        /**
         * An event of the session's log arrived that this version does not know. It counts as applied.
         *
         * @param channel the channel
         * @param sequence its number
         */
        void onUnknownEvent(SignalingChannel channel, long sequence);

        /**
         * The socket has ended. No further call follows.
         *
         * @param channel the channel
         * @param end why it ended
         */
        void onEnd(SignalingChannel channel, ChannelCloseReason end);
    }

    private final SessionLoop loop;
    private final MessageCodec codec;
    private final Listener listener;
    private final WebSocketConnector.Socket socket;
    private SessionLoop.@Nullable Timer tick;
    private long tickDue;
    private long tickSetWall;
    private long tickSet;
    private long lastSent;
    private volatile long lastHeard;
    private long heardAtLeast;
    private boolean ended;

    private SignalingChannel(
            WebSocketConnector connector, URI uri, SessionLoop loop, MessageCodec codec, Listener listener) {
        this.loop = loop;
        this.codec = codec;
        this.listener = listener;
        this.socket = connector.open(uri, new SocketEvents());
    }

    /**
     * Opens a socket.
     *
     * @param connector makes the socket
     * @param uri of the server's signaling endpoint
     * @param loop the session's loop
     * @param codec reads and writes messages
     * @param listener called on the loop
     * @return the channel, not open yet
     */
    public static SignalingChannel open(
            WebSocketConnector connector, URI uri, SessionLoop loop, MessageCodec codec, Listener listener) {
        loop.assertInLoop();
        return new SignalingChannel(connector, uri, loop, codec, listener);
    }

    /**
     * Starts to send heartbeats and to measure silence.
     *
     * @param agreed the times that the server chose
     */
    public void startHeartbeat(Timings agreed) {
        loop.assertInLoop();
        lastSent = loop.nowMillis();
        lastHeard = lastSent;
        scheduleTick(agreed);
    }

    /**
     * Sends a message, or drops it if the channel has ended.
     *
     * @param message what to send
     */
    public void send(ClientMessage message) {
        loop.assertInLoop();
        if (ended) {
            return;
        }
        lastSent = loop.nowMillis();
        if (!socket.send(codec.encodeClient(message))) {
            LOG.debug("event=socketRefusesMessages cause=\"it is closing, or its queue is full\"");
        }
    }

    /** Closes the socket in order, after what was sent before; the listener is not called afterwards. */
    public void close() {
        loop.assertInLoop();
        if (finish()) {
            socket.close();
        }
    }

    /** Drops the socket at once; the listener is not called afterwards. */
    public void abort() {
        loop.assertInLoop();
        if (finish()) {
            socket.abort();
        }
    }

    private boolean finish() {
        if (ended) {
            return false;
        }
        ended = true;
        if (tick != null) {
            tick.cancel();
        }
        return true;
    }

    private void end(ChannelCloseReason end) {
        if (finish()) {
            listener.onEnd(this, end);
        }
    }

    /** {@return when the last byte arrived, or when a stall ended that kept this process from noticing one} */
    private long heard() {
        return Math.max(lastHeard, heardAtLeast);
    }

    private void scheduleTick(Timings agreed) {
        long now = loop.nowMillis();
        long heartbeatDue = lastSent + agreed.heartbeatMillis();
        long silenceDue = heard() + agreed.silenceMillis() + 1;
        tickDue = Math.max(now + 1, Math.min(heartbeatDue, silenceDue));
        tickSet = now;
        tickSetWall = loop.wallMillis();
        tick = loop.schedule(tickDue - now, () -> onTick(agreed));
    }

    private void onTick(Timings agreed) {
        if (ended) {
            return;
        }
        long now = loop.nowMillis();
        long slept = loop.wallMillis() - tickSetWall - (now - tickSet);
        if (slept > agreed.silenceMillis()) {
            LOG.warn("event=machineSlept millis={} consequence=\"the server has closed the socket\"", slept);
            socket.abort();
            end(ChannelCloseReason.slept(slept));
            return;
        }
        long late = now - tickDue;
        if (late > agreed.heartbeatMillis() / 2) {
            LOG.warn("event=processSuspended millis={} consequence=\"deadlines are extended by as much\"", late);
            long untilNextHeartbeat = now + agreed.heartbeatMillis() - agreed.silenceMillis();
            heardAtLeast = Math.min(now, Math.max(heard() + late, untilNextHeartbeat));
        }
        if (now - heard() > agreed.silenceMillis()) {
            LOG.warn("event=serverSilent millis={}", now - heard());
            socket.abort();
            end(ChannelCloseReason.silent(now - heard()));
            return;
        }
        if (now - lastSent >= agreed.heartbeatMillis()) {
            send(new Heartbeat());
        }
        scheduleTick(agreed);
    }

    private void onText(String text) {
        if (ended) {
            return;
        }
        lastHeard = loop.nowMillis();
        ServerMessage message;
        try {
            message = codec.decodeServer(text);
        } catch (MessageException e) {
            // a newer server may send messages that this version does not know
            LOG.warn("event=messageIgnored code={} reason=\"{}\"", e.code(), e.getMessage());
            codec.sequenceOf(text).ifPresent(sequence -> listener.onUnknownEvent(this, sequence));
            return;
        }
        listener.onMessage(this, message);
    }

    /** Passes the calls of the socket, which come from its own threads, to the loop. */
    private final class SocketEvents implements WebSocketConnector.Events {
        @Override
        public void onBytes() {
            lastHeard = loop.nowMillis();
        }

        @Override
        public void onReached() {
            loop.execute(() -> {
                if (!ended) {
                    listener.onReached(SignalingChannel.this);
                }
            });
        }

        @Override
        public void onOpen() {
            loop.execute(() -> {
                if (!ended) {
                    listener.onOpen(SignalingChannel.this);
                }
            });
        }

        @Override
        public void onText(String text) {
            loop.execute(() -> SignalingChannel.this.onText(text));
        }

        @Override
        public void onClosed(int code, String reason) {
            loop.execute(() -> end(ChannelCloseReason.closed(code, reason)));
        }

        @Override
        public void onFailure(Throwable cause, int httpStatus) {
            loop.execute(() -> end(ChannelCloseReason.failed(cause, httpStatus)));
        }
    }
}
