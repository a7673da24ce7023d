package dev.videosession.server.internal.cluster;

/** The lists of sessions in which nodes own connections. */
final class SessionIndexes {
    private SessionIndexes() {}

    static String key(long node) {
        return "vs:node:" + node + ":sessions";
    }
}
