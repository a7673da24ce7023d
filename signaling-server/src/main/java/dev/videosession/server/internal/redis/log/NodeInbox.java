package dev.videosession.server.internal.redis.log;

import com.squareup.moshi.JsonDataException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.Frame;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel on which a server gets what other servers append to the sessions that it holds. Notices may be lost: all logs are read again
 * when the channel was opened, and when the connection for commands was opened while the channel is open. A notice to itself shows whether
 * the channel works. Thread-safe.
 */
final class NodeInbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeInbox.class);
    private static final long CHECK_MILLIS = 1000;
    private static final int MISSED_CHECKS = 4;
    private static final byte[] ECHO = Frame.echo();

    private final RedisConnection redis;
    private final NodeEpoch epoch;
    private final EventJson json;
    private final Map<String, RedisSessionLog> logs;
    private final Runnable missedNotices;
    private final TimeSource time;
    private final LongConsumer lag;
    private @Nullable Open open;
    private volatile Consumer<byte[]> clusterMessages = message -> {};
    private volatile Runnable clusterMissed = () -> {};
    private int missed;
    private volatile long echoSentAt;
    private boolean closed;

    NodeInbox(
            RedisConnection redis,
            NodeEpoch epoch,
            EventJson json,
            Map<String, RedisSessionLog> logs,
            Runnable missedNotices,
            TimeSource time,
            LongConsumer lag) {
        this.missedNotices = missedNotices;
        this.time = time;
        this.lag = lag;
        this.redis = redis;
        this.epoch = epoch;
        this.json = json;
        this.logs = logs;
    }

    void onClusterMessage(Consumer<byte[]> message, Runnable missedSome) {
        clusterMessages = message;
        clusterMissed = missedSome;
    }

    void start() {
        connect();
        redis.schedule(this::check, CHECK_MILLIS);
    }

    /** Commands are sent again. Some may have failed, and a channel that could not be opened before is opened at once. */
    void redisIsUp() {
        Open current;
        boolean usable;
        boolean failed;
        synchronized (this) {
            current = open;
            usable = current != null && current.subscription != null && !current.lost;
            failed = current != null && current.failed;
        }
        if (usable) {
            missedNotices.run();
        } else if (current != null && failed) {
            lose(current);
        }
    }

    /** One subscription, until it is lost. */
    private final class Open implements RedisConnection.ChannelListener {
        private final String channel;
        private RedisConnection.@Nullable OpenChannels subscription;
        /** It could not be opened. Guarded by the inbox. */
        private boolean failed;

        private volatile boolean lost;

        Open(String channel) {
            this.channel = channel;
        }

        @Override
        public void message(String from, byte[] message) {
            if (lost) {
                return; // the next subscription may have delivered later messages
            }
            if (from.equals(SessionKeys.CLUSTER_CHANNEL)) {
                clusterMessages.accept(message);
            } else {
                receive(message);
            }
        }

        @Override
        public void lost() {
            lose(this);
        }
    }

    private void connect() {
        Open opening = new Open(NodeEpoch.CHANNELS + epoch.current());
        synchronized (this) {
            if (closed) {
                return;
            }
            open = opening;
            missed = 0;
        }
        redis.subscribe(opening, opening.channel, SessionKeys.CLUSTER_CHANNEL).whenComplete((opened, failure) -> {
            if (failure != null) {
                fail(opening);
            } else if (keep(opening, opened)) {
                LOG.debug("event=inboxOpened channel={}", opening.channel);
                missedNotices.run();
                clusterMissed.run();
            } else {
                opened.close();
            }
        });
    }

    private void fail(Open opening) {
        synchronized (this) {
            opening.failed = true;
        }
        redis.schedule(() -> lose(opening), CHECK_MILLIS);
    }

    private synchronized boolean keep(Open opening, RedisConnection.OpenChannels opened) {
        opening.subscription = opened;
        missed = 0;
        return !opening.lost && !closed;
    }

    private void lose(Open gone) {
        RedisConnection.OpenChannels subscription;
        synchronized (this) {
            if (gone.lost) {
                return;
            }
            gone.lost = true;
            subscription = gone.subscription;
        }
        LOG.debug("event=inboxLost");
        if (subscription != null) {
            subscription.close();
        }
        redis.schedule(this::connect, 0);
    }

    /** Sends a notice to this server itself. If none arrives for too long, the connection is dead without having been closed. */
    private void check() {
        Open current;
        boolean dead;
        synchronized (this) {
            if (closed) {
                return;
            }
            current = open;
            dead = current != null
                    && current.subscription != null
                    && (missed >= MISSED_CHECKS || !current.channel.equals(NodeEpoch.CHANNELS + epoch.current()));
            missed++;
        }
        if (current != null && dead) {
            lose(current);
        } else if (current != null) {
            echoSentAt = time.nanos();
            redis.publish(current.channel, ECHO);
        }
        redis.schedule(this::check, CHECK_MILLIS);
    }

    private void receive(byte[] message) {
        try {
            receive(Frame.read(json, message));
        } catch (IOException | JsonDataException e) {
            LOG.warn("event=noticeUnreadable cause=\"{}\"", e.getMessage());
            missedNotices.run();
        }
    }

    private void receive(Frame frame) {
        if (frame.kind().equals(Frame.ECHO)) {
            synchronized (this) {
                missed = 0;
            }
            lag.accept(time.nanos() - echoSentAt);
            return;
        }
        RedisSessionLog log = logs.get(frame.key());
        if (log == null) {
            return;
        }
        switch (frame.kind()) {
            case "entries" -> log.receive(frame.entries());
            case "taken" -> log.messages().taken(new ConnectionId(frame.connection()));
            case "given" -> log.messages().given(new ConnectionId(frame.connection()));
            case "mail" -> log.messages().mailed(new ConnectionId(frame.connection()), frame.bytes());
            case "message" ->
                log.messages().receive(new ConnectionId(frame.connection()), frame.message(), frame.hops());
            default -> LOG.debug("event=noticeIgnored kind={}", frame.kind());
        }
    }

    @Override
    public void close() {
        Open current;
        synchronized (this) {
            closed = true;
            current = open;
        }
        if (current != null) {
            lose(current);
        }
    }
}
