package dev.videosession.benchmark.dialect;

/**
 * What a client needs to join.
 *
 * @param session the session or room
 * @param token proves that it may join
 * @param memberEvents whether it wants events about other clients
 */
public record Member(String session, String token, boolean memberEvents) {}
