package dev.videosession.app.console;

import dev.videosession.app.option.ServerList;

/**
 * Which session a console enters.
 *
 * @param server addresses of the server
 * @param sessionId the session
 * @param token opens the session
 */
public record ConsoleOptions(ServerList server, String sessionId, String token) {
    @Override
    public String toString() {
        return "ConsoleOptions[" + server + ", " + sessionId + "]"; // without the token
    }
}
