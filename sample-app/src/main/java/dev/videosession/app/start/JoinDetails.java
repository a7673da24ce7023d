package dev.videosession.app.start;

import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.option.ServerList;
import java.util.List;
import java.util.Optional;

/**
 * Which session a user is about to enter.
 *
 * @param server addresses of the server
 * @param sessionId to enter
 * @param token that opens it
 * @param test a session for a test of the connection, if the invitation names one
 */
public record JoinDetails(ServerList server, String sessionId, String token, Optional<Invitation.TestSession> test) {
    /**
     * A session without one for tests.
     *
     * @param server addresses of the server
     * @param sessionId to enter
     * @param token that opens it
     */
    public JoinDetails(ServerList server, String sessionId, String token) {
        this(server, sessionId, token, Optional.empty());
    }

    /**
     * What an invitation says.
     *
     * @param invitation a link
     * @return the same
     */
    public static JoinDetails of(Invitation invitation) {
        return new JoinDetails(
                new ServerList(List.of(invitation.server())),
                invitation.sessionId(),
                invitation.token(),
                invitation.test());
    }

    /** {@return the host of the server, for the user to recognize} */
    public String host() {
        String url = server.nodes().get(0).url();
        String authority = url.substring(url.indexOf("://") + 3);
        int slash = authority.indexOf('/');
        return slash < 0 ? authority : authority.substring(0, slash);
    }

    @Override
    public String toString() {
        return "JoinDetails[" + server + ", " + sessionId + "]"; // without the tokens
    }
}
