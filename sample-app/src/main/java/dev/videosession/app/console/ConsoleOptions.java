package dev.videosession.app.console;

import dev.videosession.session.ServerAddress;

/**
 * Which session the console enters.
 *
 * @param server address of the server
 * @param sessionId to enter
 * @param token that opens it
 */
record ConsoleOptions(ServerAddress server, String sessionId, String token) {
    @Override
    public String toString() {
        return "ConsoleOptions[" + server + ", " + sessionId + "]"; // without the token
    }
}
