package dev.videosession.app.bot;

import dev.videosession.app.option.ServerList;
import dev.videosession.media.source.VideoFormat;

/**
 * What a bot does by default.
 *
 * @param server addresses of the server
 * @param sessionId to enter
 * @param token that opens it
 * @param publish whether it publishes when connected
 * @param video format of the published video
 * @param toneHertz frequency of the published audio
 * @param name of the published stream
 * @param verifyTurn whether the certificates of TURN servers are verified
 */
record BotOptions(
        ServerList server,
        String sessionId,
        String token,
        boolean publish,
        VideoFormat video,
        double toneHertz,
        String name,
        boolean verifyTurn) {
    @Override
    public String toString() {
        return "BotOptions[" + server + ", " + sessionId + ", " + name + "]"; // without the token
    }
}
