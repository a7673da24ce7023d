package dev.videosession.app.console;

import java.net.URI;

/**
 * Which session the console enters.
 *
 * @param server address of the server
 * @param sessionId to enter
 * @param token that opens it
 */
record ConsoleOptions(URI server, String sessionId, String token) {
    @Override
    public String toString() {
        return "ConsoleOptions[" + server + ", " + sessionId + "]"; // without the token
    }
}
