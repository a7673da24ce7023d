package dev.videosession.session.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.internal.PublisherState.Input;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherStateTest {
    /** The whole machine, written a second time. Pairs that are not here must be refused. */
    private static final Map<PublisherState, Map<Input, PublisherState>> TABLE = new EnumMap<>(Map.of(
            PublisherState.FREE,
            Map.of(Input.ATTACH, PublisherState.ATTACHED, Input.DESTROY, PublisherState.DESTROYED),
            PublisherState.ATTACHED,
            Map.of(
                    Input.DETACH,
                    PublisherState.FREE,
                    Input.START_OVER,
                    PublisherState.RETURNING,
                    Input.DESTROY,
                    PublisherState.LEAVING),
            PublisherState.RETURNING,
            Map.of(
                    Input.ATTACH,
                    PublisherState.ATTACHED,
                    Input.KEEP,
                    PublisherState.FREE,
                    Input.DESTROY,
                    PublisherState.DESTROYED),
            PublisherState.LEAVING,
            Map.of(Input.DETACH, PublisherState.DESTROYED, Input.START_OVER, PublisherState.DESTROYED),
            PublisherState.DESTROYED,
            Map.of(Input.REPORTED, PublisherState.ENDED),
            PublisherState.ENDED,
            Map.of()));

    @ParameterizedTest
    @EnumSource
    void everyPairIsInTheTableOrRefused(PublisherState state) {
        for (Input input : Input.values()) {
            assertThat(state.after(input))
                    .as("%s in %s", input, state)
                    .isEqualTo(TABLE.get(state).get(input));
        }
    }
}
