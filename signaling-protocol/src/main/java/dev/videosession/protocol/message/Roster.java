package dev.videosession.protocol.message;

import dev.videosession.protocol.text.Text;
import java.util.List;

/**
 * Everything that is in a session at one point of its log.
 *
 * @param sequence the last event that is already contained
 * @param connections every connection, the reader's own included, in order of arrival
 * @param streams every stream, in order of arrival
 * @param forceMuted whether new streams start muted because a moderator muted all streams
 */
public record Roster(long sequence, List<ConnectionInfo> connections, List<StreamInfo> streams, boolean forceMuted) {
    public Roster {
        connections = List.copyOf(Text.require("connections", connections));
        streams = List.copyOf(Text.require("streams", streams));
    }
}
