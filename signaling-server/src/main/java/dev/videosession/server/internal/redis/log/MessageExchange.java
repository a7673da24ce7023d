package dev.videosession.server.internal.redis.log;

import com.squareup.moshi.JsonDataException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.Frame;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages between the servers of one session, besides the entries of its log. Belongs to the session's loop, except for methods that
 * say otherwise.
 */
final class MessageExchange {
    private static final Logger LOG = LoggerFactory.getLogger(MessageExchange.class);

    private final SessionKeys keys;
    private final RedisConnection redis;
    private final EventJson json;
    private final long epoch;
    private final Executor loop;
    private final SessionLog.Listener listener;
    private final RecordFetcher fetcher;
    private final BooleanSupplier open;
    private final MailReceiver mail;

    MessageExchange(
            SessionKeys keys,
            RedisConnection redis,
            EventJson json,
            long epoch,
            long copy,
            Executor loop,
            SessionLog.Listener listener,
            RecordFetcher fetcher,
            BooleanSupplier open) {
        this.keys = keys;
        this.redis = redis;
        this.json = json;
        this.epoch = epoch;
        this.loop = loop;
        this.listener = listener;
        this.fetcher = fetcher;
        this.open = open;
        this.mail = new MailReceiver(keys, redis, epoch, copy, loop, fetcher.records(), open, this::deliver);
    }

    /** See {@link SessionLog#send}. */
    void send(ConnectionId to, ServerMessage message) {
        if (message instanceof ServerMessage.LinkOpened opened) {
            reopen(to, opened);
        } else {
            send(to, json.write(message), firstHop(message));
        }
    }

    /** A change of a link must not arrive after a later one: the next owner of the connection has read the link instead. */
    private static int firstHop(ServerMessage message) {
        return message instanceof ServerMessage.LinkUpdated ? Frame.LAST_HOP : 0;
    }

    private void reopen(ConnectionId to, ServerMessage.LinkOpened link) {
        String[] read = {keys.connections(), keys.links(link.streamId())};
        redis.eval(
                        LogScripts.REOPEN,
                        read,
                        RedisLink.bytes(NodeEpoch.CHANNELS),
                        RedisLink.bytes(to.value()),
                        RedisLink.bytes(link.linkId().value()),
                        Frame.beginMessage(keys.prefix(), to))
                .whenComplete((result, failure) -> report(to, failure));
    }

    private void send(ConnectionId to, byte[] message, int hops) {
        redis.eval(
                        LogScripts.SEND,
                        new String[] {keys.connections()},
                        RedisLink.bytes(NodeEpoch.CHANNELS),
                        RedisLink.bytes(to.value()),
                        Frame.message(keys.prefix(), to, message, hops))
                .whenComplete((result, failure) -> report(to, failure));
    }

    private void report(ConnectionId to, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.debug("event=messageNotSent key={} connection={}", keys.prefix(), to);
        }
    }

    /** Takes a message for a connection. If another server owns the connection now, it is sent on once. May be called on any thread. */
    void receive(ConnectionId to, byte[] message, int hops) {
        loop.execute(() -> {
            if (!open.getAsBoolean()) {
                return;
            }
            if (fetcher.records()
                    .connection(to)
                    .filter(record -> record.epoch() == epoch)
                    .isPresent()) {
                pass(to, message);
            } else if (hops < Frame.LAST_HOP) {
                send(to, message, hops + 1);
            }
        });
    }

    private void pass(ConnectionId to, byte[] message) {
        ServerMessage read = read(to, message);
        if (read != null) {
            listener.message(to, read);
        }
    }

    /** Returns false if the message must wait. No server of this release can read one that this one cannot read. */
    private boolean deliver(ConnectionId to, byte[] message) {
        ServerMessage read = read(to, message);
        return read == null || listener.mail(to, read);
    }

    private @Nullable ServerMessage read(ConnectionId to, byte[] message) {
        try {
            return json.readMessage(message);
        } catch (JsonDataException e) {
            LOG.warn("event=messageUnreadable key={} connection={} cause=\"{}\"", keys.prefix(), to, e.getMessage());
            return null;
        }
    }

    /** Another server has taken a connection over, unless this one has taken it back since. May be called on any thread. */
    void taken(ConnectionId connection) {
        loop.execute(() -> fetcher.fetch(connection, List.of(), read -> {
            if (read
                    && fetcher.records()
                            .connection(connection)
                            .filter(record -> record.epoch() == epoch)
                            .isEmpty()) {
                listener.released(connection);
            }
        }));
    }

    /** Another server hands a connection over to this one. May be called on any thread. */
    void given(ConnectionId connection) {
        loop.execute(() -> {
            if (open.getAsBoolean()) {
                listener.given(connection);
            }
        });
    }

    /** A message waits for a connection. May be called on any thread. */
    void mailed(ConnectionId connection, int bytes) {
        loop.execute(() -> {
            if (open.getAsBoolean()) {
                listener.mailed(connection, bytes);
            }
        });
    }

    /** See {@link SessionLog#takeMail}. */
    void take(ConnectionId connection) {
        mail.take(connection);
    }
}
