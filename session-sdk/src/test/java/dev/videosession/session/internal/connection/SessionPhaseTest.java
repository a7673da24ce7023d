package dev.videosession.session.internal.connection;

import static dev.videosession.session.internal.connection.SessionPhase.CONNECTED;
import static dev.videosession.session.internal.connection.SessionPhase.CONNECTING;
import static dev.videosession.session.internal.connection.SessionPhase.DISCONNECTED;
import static dev.videosession.session.internal.connection.SessionPhase.DISCONNECTING;
import static dev.videosession.session.internal.connection.SessionPhase.Input.CONNECT;
import static dev.videosession.session.internal.connection.SessionPhase.Input.ENDED;
import static dev.videosession.session.internal.connection.SessionPhase.Input.ESTABLISHED;
import static dev.videosession.session.internal.connection.SessionPhase.Input.LEAVE;
import static dev.videosession.session.internal.connection.SessionPhase.Input.LOST;
import static dev.videosession.session.internal.connection.SessionPhase.Input.RESUMED;
import static dev.videosession.session.internal.connection.SessionPhase.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionPhaseTest {
    private static final Map<SessionPhase, Map<SessionPhase.Input, SessionPhase>> TABLE = Map.of(
            DISCONNECTED, Map.of(CONNECT, CONNECTING),
            CONNECTING, Map.of(ESTABLISHED, CONNECTED, ENDED, DISCONNECTED),
            CONNECTED, Map.of(LOST, RECONNECTING, LEAVE, DISCONNECTING, ENDED, DISCONNECTED),
            RECONNECTING, Map.of(RESUMED, CONNECTED, LEAVE, DISCONNECTING, ENDED, DISCONNECTED),
            DISCONNECTING, Map.of(ENDED, DISCONNECTED));

    @Test
    void everyPairIsEitherInTheTableOrRefused() {
        for (SessionPhase phase : SessionPhase.values()) {
            for (SessionPhase.Input input : SessionPhase.Input.values()) {
                assertThat(phase.after(input))
                        .as(phase + " " + input)
                        .isEqualTo(TABLE.get(phase).get(input));
            }
        }
    }
}
