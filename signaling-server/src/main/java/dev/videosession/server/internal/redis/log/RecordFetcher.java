package dev.videosession.server.internal.redis.log;

import com.squareup.moshi.JsonDataException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.log.StoredRecords;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.RecordText;
import dev.videosession.server.internal.redis.schema.RecordedReplies;
import dev.videosession.server.internal.redis.schema.RedisReply;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the records that other servers have written into this server's copy. Belongs to the session's loop. */
final class RecordFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFetcher.class);

    private final RedisConnection redis;
    private final SessionKeys keys;
    private final EventJson json;
    private final Executor loop;
    private final StoredRecords records;

    RecordFetcher(RedisConnection redis, SessionKeys keys, EventJson json, Executor loop, StoredRecords records) {
        this.redis = redis;
        this.keys = keys;
        this.json = json;
        this.loop = loop;
        this.records = records;
    }

    /** {@return the copy} */
    StoredRecords records() {
        return records;
    }

    /** See {@link dev.videosession.server.internal.log.SessionLog#fetch}. */
    void fetch(ConnectionId connection, Collection<StreamId> streams, Consumer<Boolean> then) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(RedisLink.bytes(keys.prefix()));
        arguments.add(RedisLink.bytes(connection.value()));
        streams.forEach(stream -> arguments.add(RedisLink.bytes(stream.value())));
        redis.eval(LogScripts.FETCH, new String[] {keys.connections()}, arguments.toArray(byte[][]::new))
                .whenComplete((result, failure) -> loop.execute(() -> {
                    then.accept(fetched(connection, streams, new RedisReply(result, failure)));
                }));
    }

    private boolean fetched(ConnectionId id, Collection<StreamId> streams, RedisReply reply) {
        if (reply.failure() != null) {
            return false;
        }
        try {
            String record = reply.text(0);
            List<SideRecord.Reply> replies = new ArrayList<>();
            long forgotten = RecordedReplies.read(json, id, reply.list(2), reply.list(3), replies);
            records.replace(id, record.isEmpty() ? null : RecordText.connection(id, record), replies, forgotten);
            records.forgetLinks(id, streams);
            for (Object link : reply.list(4)) {
                records.onPutLink(new SideRecord.PutLink(RecordText.link(json, RedisLink.text(link))));
            }
            String ended = reply.text(1);
            if (!ended.isEmpty()) {
                Optional.ofNullable(RecordText.end(json, id, ended)).ifPresent(end -> records.putEnd(id, end));
            }
            return true;
        } catch (JsonDataException e) {
            LOG.warn("event=recordUnreadable key={} connection={} cause=\"{}\"", keys.prefix(), id, e.getMessage());
            return false;
        }
    }

    /** See {@link dev.videosession.server.internal.log.SessionLog#owners}. */
    void owners(Consumer<@Nullable Map<ConnectionId, Long>> then) {
        redis.eval(LogScripts.OWNERS, new String[] {keys.connections()})
                .whenComplete((result, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        then.accept(null);
                        return;
                    }
                    Map<ConnectionId, Long> owners = new LinkedHashMap<>();
                    for (int i = 0; i + 1 < result.size(); i += 2) {
                        owners.put(
                                new ConnectionId(RedisLink.text(result.get(i))),
                                Long.valueOf(RedisLink.text(result.get(i + 1))));
                    }
                    then.accept(owners);
                }));
    }
}
