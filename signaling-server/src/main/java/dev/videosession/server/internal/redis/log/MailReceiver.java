package dev.videosession.server.internal.redis.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.log.StoredRecords;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages that wait in Redis for the connections of this server. Redis keeps them until this server has confirmed them, because
 * its answer may be lost, and returns them again until then: each has an id, by which repeated ones are dropped. Messages that this server
 * takes are not for other servers any more, so that none is delivered twice; those that cannot be delivered, because the client has lost its
 * socket meanwhile, are given back. Belongs to the session's loop.
 */
final class MailReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(MailReceiver.class);
    /** As many as Redis keeps for a connection. */
    private static final int REMEMBERED = 1024;

    private final SessionKeys keys;
    private final RedisConnection redis;
    private final long epoch;
    private final String reader;
    private final Executor loop;
    private final StoredRecords records;
    private final BooleanSupplier open;
    private final BiPredicate<ConnectionId, byte[]> recipient;
    private final Map<ConnectionId, Received> received = new HashMap<>(0);
    private final Set<ConnectionId> underWay = new HashSet<>(0);
    private final Set<ConnectionId> again = new HashSet<>(0);

    /** What this server has got for one connection. */
    private static final class Received {
        /** The newest ids, oldest first. */
        final Set<String> ids = new LinkedHashSet<>();
        /** Ids of messages that Redis still keeps. */
        final Set<String> unconfirmed = new LinkedHashSet<>();

        /** The newest message that was delivered, or an empty text. */
        String newest = "";

        boolean isKnown(String id) {
            return ids.contains(id);
        }

        void add(String id) {
            unconfirmed.add(id);
            newest = id;
            if (ids.add(id) && ids.size() > REMEMBERED) {
                Iterator<String> oldest = ids.iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /**
     * Creates the receiver of one copy of a session.
     *
     * @param copy number of this copy, another one for each that this server opens
     * @param open false when the copy is closed
     * @param recipient gets each message once; returns false if it has not delivered it, and gets it once more then
     */
    MailReceiver(
            SessionKeys keys,
            RedisConnection redis,
            long epoch,
            long copy,
            Executor loop,
            StoredRecords records,
            BooleanSupplier open,
            BiPredicate<ConnectionId, byte[]> recipient) {
        this.keys = keys;
        this.redis = redis;
        this.epoch = epoch;
        this.reader = epoch + ":" + copy;
        this.loop = loop;
        this.records = records;
        this.open = open;
        this.recipient = recipient;
    }

    /**
     * Takes the messages for a connection, if this server owns it. If that fails, the next call takes them. One question at a time is under
     * way for a connection, because each answer has everything that is not confirmed.
     */
    void take(ConnectionId connection) {
        if (!open.getAsBoolean()) {
            return;
        }
        if (underWay.add(connection)) {
            ask(connection);
        } else {
            again.add(connection);
        }
    }

    private void ask(ConnectionId connection) {
        // a connection that another server took over may return to this reader, to which Redis repeats what it did not
        // confirm
        received.keySet().removeIf(each -> records.connection(each).isEmpty());
        Received known = received.get(connection);
        List<String> confirmed = known == null ? List.of() : List.copyOf(known.unconfirmed);
        List<byte[]> arguments = new ArrayList<>(3 + confirmed.size());
        arguments.add(RedisLink.bytes(connection.value()));
        arguments.add(RedisLink.bytes(epoch));
        arguments.add(RedisLink.bytes(reader));
        confirmed.forEach(id -> arguments.add(RedisLink.bytes(id)));
        redis.eval(
                        LogScripts.TAKE,
                        new String[] {
                            keys.connections(), keys.prefix() + "mail:" + connection.value(), taken(connection)
                        },
                        arguments.toArray(byte[][]::new))
                .whenComplete((messages, failure) -> loop.execute(() -> {
                    underWay.remove(connection);
                    if (failure == null) {
                        arrived(connection, confirmed, messages);
                    }
                    if (again.remove(connection)) {
                        take(connection);
                    }
                }));
    }

    private String taken(ConnectionId connection) {
        return keys.prefix() + "taken:" + connection.value();
    }

    private void arrived(ConnectionId connection, List<String> confirmed, List<Object> messages) {
        if (messages.isEmpty() && confirmed.isEmpty()) {
            return;
        }
        Received known = received.computeIfAbsent(connection, id -> new Received());
        confirmed.forEach(known.unconfirmed::remove);
        for (int i = 0; i + 1 < messages.size(); i += 2) {
            String id = RedisLink.text(messages.get(i));
            if (!known.isKnown(id) && !deliver(connection, (byte[]) messages.get(i + 1))) {
                giveBack(connection, RedisLink.text(messages.get(messages.size() - 2)), known.newest);
                return;
            }
            known.add(id);
        }
    }

    private boolean deliver(ConnectionId connection, byte[] message) {
        return open.getAsBoolean() && recipient.test(connection, message);
    }

    /** Leaves what was taken after a message to the next reader. */
    private void giveBack(ConnectionId connection, String last, String delivered) {
        redis.eval(
                        LogScripts.GIVE_BACK,
                        new String[] {taken(connection)},
                        RedisLink.bytes(reader),
                        RedisLink.bytes(last),
                        RedisLink.bytes(delivered))
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        LOG.debug("event=mailNotGivenBack key={} connection={}", keys.prefix(), connection);
                    }
                });
    }
}
