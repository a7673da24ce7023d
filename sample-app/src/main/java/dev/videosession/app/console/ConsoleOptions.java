package dev.videosession.app.console;

import dev.videosession.app.option.ServerList;

/**
 * Which session the console enters.
 *
 * @param server addresses of the server
 * @param sessionId to enter
 * @param token that opens it
 */
record ConsoleOptions(ServerList server, String sessionId, String token) {
    @Override
    public String toString() {
        return "ConsoleOptions[" + server + ", " + sessionId + "]"; // without the token
    }
}
