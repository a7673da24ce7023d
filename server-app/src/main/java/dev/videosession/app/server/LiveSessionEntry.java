package dev.videosession.app.server;

/**
 * A session in which there are clients.
 *
 * @param id of the session
 * @param routed whether its media goes through a media router
 * @param connections number of clients
 * @param streams number of streams
 */
public record LiveSessionEntry(String id, boolean routed, int connections, int streams) {}
