package dev.videosession.server.internal.redis.schema;

import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.redis.RedisLink;
import java.util.List;

/**
 * The result of the script {@code open.lua}, which reads a log.
 *
 * @param lastStep number of the last step that this server has appended under its epoch, or an empty text
 * @param snapshot sequence and data of the snapshot, or nulls; empty unless the whole log was read
 * @param entries those that were asked for, in order
 * @param last position of the log's last entry
 */
public record OpenedLog(String lastStep, List<Object> snapshot, List<StoredEntry> entries, Position last) {
    /**
     * Reads the reply of the script.
     *
     * @param json reads events
     * @param reply a result
     * @return the log
     * @throws com.squareup.moshi.JsonDataException if this release cannot read an entry
     */
    public static OpenedLog read(EventJson json, RedisReply reply) {
        return new OpenedLog(reply.text(0), reply.list(1), reply.entries(json, 2), position(reply.list(3)));
    }

    private static Position position(List<Object> last) {
        if (last.isEmpty()) {
            return Position.START;
        }
        String id = RedisLink.text(last.get(0));
        return new Position(
                Long.parseLong(id.substring(0, id.indexOf('-'))), Long.parseLong(RedisLink.text(last.get(1))));
    }
}
