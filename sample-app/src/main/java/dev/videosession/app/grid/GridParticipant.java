package dev.videosession.app.grid;

import dev.videosession.protocol.ConnectionId;

/**
 * A participant other than the user, as a {@link ParticipantGrid} shows it.
 *
 * @param id its connection
 * @param name fit to be displayed
 * @param hand whether it raises a hand
 * @param reconnecting whether its connection is lost and may come back
 */
public record GridParticipant(ConnectionId id, String name, boolean hand, boolean reconnecting) {
    TileState mark(TileState state) {
        return state.withHand(hand).withReconnecting(reconnecting);
    }
}
