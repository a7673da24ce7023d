package dev.videosession.server.internal.log;

import dev.videosession.protocol.message.ServerMessage;

/**
 * How a connection ended, for a client that tries to resume it.
 *
 * @param message the last message
 * @param client has the keys that the client may present
 */
public record EndRecord(ServerMessage.Disconnected message, ClientRecord client) {}
