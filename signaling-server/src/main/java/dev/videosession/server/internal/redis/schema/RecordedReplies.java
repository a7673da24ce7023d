package dev.videosession.server.internal.redis.schema;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.redis.RedisLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The replies to one connection, as Redis holds them. */
public final class RecordedReplies {
    private static final String FORGOTTEN = "forgotten";

    private RecordedReplies() {}

    /**
     * Reads the replies.
     *
     * @param json reads messages
     * @param connection the connection
     * @param fields of the hash: name, value, and so on
     * @param order ids of the requests, oldest first
     * @param into gets the replies in order
     * @return id of the newest request whose reply was forgotten, 0 for none
     */
    public static long read(
            EventJson json,
            ConnectionId connection,
            List<Object> fields,
            List<Object> order,
            List<SideRecord.Reply> into) {
        Map<String, byte[]> byName = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byName.put(RedisLink.text(fields.get(i)), (byte[]) fields.get(i + 1));
        }
        for (Object name : order) {
            String id = RedisLink.text(name);
            byte[] reply = byName.get(id);
            if (reply != null) {
                into.add(new SideRecord.Reply(connection, Long.parseLong(id), json.readReply(reply)));
            }
        }
        byte[] forgotten = byName.get(FORGOTTEN);
        return forgotten == null ? 0 : Long.parseLong(RedisLink.text(forgotten));
    }
}
