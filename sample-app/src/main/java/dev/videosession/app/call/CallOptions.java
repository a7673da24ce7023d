package dev.videosession.app.call;

import dev.videosession.app.device.MediaSources;
import dev.videosession.app.option.ServerList;

/**
 * The session that the window enters, and the user's name.
 *
 * @param server addresses of the server
 * @param sessionId to enter
 * @param token that opens it
 * @param name shown to other participants
 * @param sources of the user's cameras and microphones
 */
public record CallOptions(ServerList server, String sessionId, String token, String name, MediaSources sources) {
    @Override
    public String toString() {
        return "CallOptions[" + server + ", " + sessionId + ", " + name + "]"; // without the token
    }
}
