package dev.videosession.app.call;

import dev.videosession.session.ServerAddress;

/**
 * Which session the window enters, and as whom.
 *
 * @param server address of the server
 * @param sessionId to enter
 * @param token that opens it
 * @param name shown to the others
 * @param synthetic true for a pattern and a tone in place of camera and microphone
 */
public record CallOptions(ServerAddress server, String sessionId, String token, String name, boolean synthetic) {
    @Override
    public String toString() {
        return "CallOptions[" + server + ", " + sessionId + ", " + name + "]"; // without the token
    }
}
