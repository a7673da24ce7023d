package dev.videosession.session.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.internal.lifecycle.SessionPhase.Input;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionPhaseTest {
    /** The whole machine, written a second time. Pairs that are not here must be refused. */
    private static final Map<SessionPhase, Map<Input, SessionPhase>> TABLE = new EnumMap<>(Map.of(
            SessionPhase.DISCONNECTED,
            Map.of(Input.CONNECT, SessionPhase.CONNECTING),
            SessionPhase.CONNECTING,
            Map.of(Input.ESTABLISHED, SessionPhase.CONNECTED, Input.ENDED, SessionPhase.DISCONNECTED),
            SessionPhase.CONNECTED,
            Map.of(
                    Input.LOST,
                    SessionPhase.RECONNECTING,
                    Input.LEAVE,
                    SessionPhase.DISCONNECTING,
                    Input.ENDED,
                    SessionPhase.DISCONNECTED),
            SessionPhase.RECONNECTING,
            Map.of(
                    Input.RESUMED,
                    SessionPhase.CONNECTED,
                    Input.LEAVE,
                    SessionPhase.DISCONNECTING_OFFLINE,
                    Input.ENDED,
                    SessionPhase.DISCONNECTED),
            SessionPhase.DISCONNECTING,
            Map.of(Input.LOST, SessionPhase.DISCONNECTING_OFFLINE, Input.ENDED, SessionPhase.DISCONNECTED),
            SessionPhase.DISCONNECTING_OFFLINE,
            Map.of(Input.RESUMED, SessionPhase.DISCONNECTING, Input.ENDED, SessionPhase.DISCONNECTED)));

    @ParameterizedTest
    @EnumSource
    void everyPairIsInTheTableOrRefused(SessionPhase state) {
        for (Input input : Input.values()) {
            assertThat(state.after(input))
                    .as("%s in %s", input, state)
                    .isEqualTo(TABLE.get(state).get(input));
        }
    }
}
