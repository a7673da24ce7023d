package dev.videosession.session.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.internal.connection.ReconnectState.Input;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectStateTest {
    /** The whole machine, written a second time. Pairs that are not here must be refused. */
    private static final Map<ReconnectState, Map<Input, ReconnectState>> TABLE = new EnumMap<>(Map.of(
            ReconnectState.IDLE,
            Map.of(Input.LOST, ReconnectState.RESUMING, Input.STOPPED, ReconnectState.IDLE),
            ReconnectState.RESUMING,
            Map.of(
                    Input.SENT,
                    ReconnectState.RESUME_SENT,
                    Input.ATTEMPT_FAILED,
                    ReconnectState.RESUMING,
                    Input.STOPPED,
                    ReconnectState.IDLE),
            ReconnectState.RESUME_SENT,
            Map.of(
                    Input.ATTEMPT_FAILED,
                    ReconnectState.RESUMING,
                    Input.RESUMED,
                    ReconnectState.CATCHING_UP,
                    Input.UNKNOWN,
                    ReconnectState.STARTING_OVER,
                    Input.STOPPED,
                    ReconnectState.IDLE),
            ReconnectState.STARTING_OVER,
            Map.of(
                    Input.SENT,
                    ReconnectState.CONNECT_SENT,
                    Input.ATTEMPT_FAILED,
                    ReconnectState.STARTING_OVER,
                    Input.STOPPED,
                    ReconnectState.IDLE),
            ReconnectState.CONNECT_SENT,
            Map.of(
                    Input.ATTEMPT_FAILED,
                    ReconnectState.STARTING_OVER,
                    Input.CONNECTED,
                    ReconnectState.IDLE,
                    Input.STOPPED,
                    ReconnectState.IDLE),
            ReconnectState.CATCHING_UP,
            Map.of(
                    Input.LOST,
                    ReconnectState.RESUMING,
                    Input.CAUGHT_UP,
                    ReconnectState.IDLE,
                    Input.STOPPED,
                    ReconnectState.IDLE)));

    @ParameterizedTest
    @EnumSource
    void everyPairIsInTheTableOrRefused(ReconnectState state) {
        for (Input input : Input.values()) {
            assertThat(state.after(input))
                    .as("%s in %s", input, state)
                    .isEqualTo(TABLE.get(state).get(input));
        }
    }
}
