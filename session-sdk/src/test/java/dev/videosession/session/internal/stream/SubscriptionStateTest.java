package dev.videosession.session.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.internal.stream.SubscriptionState.Input;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscriptionStateTest {
    /** The whole machine, written a second time. Pairs that are not here must be refused. */
    private static final Map<SubscriptionState, Map<Input, SubscriptionState>> TABLE = new EnumMap<>(Map.of(
            SubscriptionState.NEW,
            Map.of(Input.REQUEST, SubscriptionState.REQUESTED, Input.CLOSE, SubscriptionState.CLOSED),
            SubscriptionState.REQUESTED,
            Map.of(Input.ANSWER, SubscriptionState.OPENING, Input.CLOSE, SubscriptionState.CLOSED),
            SubscriptionState.OPENING,
            Map.of(
                    Input.CONNECT,
                    SubscriptionState.CONNECTED,
                    Input.INTERRUPT,
                    SubscriptionState.OPENING,
                    Input.CLOSE,
                    SubscriptionState.CLOSED),
            SubscriptionState.CONNECTED,
            Map.of(
                    Input.CONNECT,
                    SubscriptionState.CONNECTED,
                    Input.INTERRUPT,
                    SubscriptionState.INTERRUPTED,
                    Input.CLOSE,
                    SubscriptionState.CLOSED),
            SubscriptionState.INTERRUPTED,
            Map.of(
                    Input.CONNECT,
                    SubscriptionState.CONNECTED,
                    Input.INTERRUPT,
                    SubscriptionState.INTERRUPTED,
                    Input.CLOSE,
                    SubscriptionState.CLOSED),
            SubscriptionState.CLOSED,
            Map.of(Input.ANSWER, SubscriptionState.CLOSED, Input.CLOSE, SubscriptionState.CLOSED)));

    @ParameterizedTest
    @EnumSource
    void everyPairIsInTheTableOrRefused(SubscriptionState state) {
        for (Input input : Input.values()) {
            assertThat(state.after(input))
                    .as("%s in %s", input, state)
                    .isEqualTo(TABLE.get(state).get(input));
        }
    }
}
