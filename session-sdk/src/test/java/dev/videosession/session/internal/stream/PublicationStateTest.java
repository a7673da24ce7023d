package dev.videosession.session.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.internal.stream.PublicationState.Input;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicationStateTest {
    /** The whole machine, written a second time. Pairs that are not here must be refused. */
    private static final Map<PublicationState, Map<Input, PublicationState>> TABLE = new EnumMap<>(Map.of(
            PublicationState.OPENING,
            Map.of(Input.OPENED, PublicationState.REQUESTED, Input.CLOSE, PublicationState.CLOSED),
            PublicationState.REQUESTED,
            Map.of(Input.PUBLISHED, PublicationState.LIVE, Input.CLOSE, PublicationState.CLOSED),
            PublicationState.LIVE,
            Map.of(Input.END, PublicationState.ENDING, Input.CLOSE, PublicationState.CLOSED),
            PublicationState.ENDING,
            Map.of(Input.END, PublicationState.ENDING, Input.CLOSE, PublicationState.CLOSED),
            PublicationState.CLOSED,
            Map.of(Input.CLOSE, PublicationState.CLOSED)));

    @ParameterizedTest
    @EnumSource
    void everyPairIsInTheTableOrRefused(PublicationState state) {
        for (Input input : Input.values()) {
            assertThat(state.after(input))
                    .as("%s in %s", input, state)
                    .isEqualTo(TABLE.get(state).get(input));
        }
    }
}
