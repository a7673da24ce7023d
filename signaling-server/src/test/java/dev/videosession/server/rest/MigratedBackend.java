package dev.videosession.server.rest;

import com.opentok.OpenTok;
import com.opentok.Role;
import com.opentok.SignalProperties;
import com.opentok.TokenOptions;
import com.opentok.exception.OpenTokException;

/** A backend with OpenTok's library for Java, for the guide to migration. */
final class MigratedBackend implements AutoCloseable {
    private final OpenTok openTok;

    MigratedBackend(int apiKey, String secret, String server) {
        openTok = new OpenTok.Builder(apiKey, secret)
                .apiUrl(server) // the only change
                .build();
    }

    String createSession() throws OpenTokException {
        return openTok.createSession().getSessionId();
    }

    String token(String session, String name, Role role) throws OpenTokException {
        TokenOptions options =
                new TokenOptions.Builder().role(role).data("name=" + name).build();
        return openTok.generateToken(session, options);
    }

    void announce(String session, String text) throws OpenTokException {
        openTok.signal(
                session,
                new SignalProperties.Builder().type("notice").data(text).build());
    }

    void remove(String session, String connection) throws OpenTokException {
        openTok.forceDisconnect(session, connection);
    }

    @Override
    public void close() {
        openTok.close();
    }
}
