package dev.videosession.session;

import static dev.videosession.session.SessionState.CONNECTED;
import static dev.videosession.session.SessionState.CONNECTING;
import static dev.videosession.session.SessionState.DISCONNECTED;
import static dev.videosession.session.SessionState.DISCONNECTING;
import static dev.videosession.session.SessionState.Input.CONNECT;
import static dev.videosession.session.SessionState.Input.ENDED;
import static dev.videosession.session.SessionState.Input.ESTABLISHED;
import static dev.videosession.session.SessionState.Input.LEAVE;
import static dev.videosession.session.SessionState.Input.LOST;
import static dev.videosession.session.SessionState.Input.RESUMED;
import static dev.videosession.session.SessionState.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionStateTest {
    private static final Map<SessionState, Map<SessionState.Input, SessionState>> TABLE = Map.of(
            DISCONNECTED, Map.of(CONNECT, CONNECTING),
            CONNECTING, Map.of(ESTABLISHED, CONNECTED, LEAVE, DISCONNECTED, ENDED, DISCONNECTED),
            CONNECTED, Map.of(LOST, RECONNECTING, LEAVE, DISCONNECTING, ENDED, DISCONNECTED),
            RECONNECTING, Map.of(RESUMED, CONNECTED, LEAVE, DISCONNECTING, ENDED, DISCONNECTED),
            DISCONNECTING, Map.of(ENDED, DISCONNECTED));

    @Test
    void everyPairIsEitherInTheTableOrRefused() {
        for (SessionState state : SessionState.values()) {
            for (SessionState.Input input : SessionState.Input.values()) {
                assertThat(state.after(input))
                        .as(state + " " + input)
                        .isEqualTo(TABLE.get(state).get(input));
            }
        }
    }
}
