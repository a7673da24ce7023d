package dev.videosession.session.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.internal.stream.AudioSyncState.Input;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioSyncStateTest {
    /** The whole machine, written a second time. Pairs that are not here must be refused. */
    private static final Map<AudioSyncState, Map<Input, AudioSyncState>> TABLE = new EnumMap<>(Map.of(
            AudioSyncState.IN_SYNC,
            Map.of(Input.SENT, AudioSyncState.UPDATING, Input.REPORTED, AudioSyncState.IN_SYNC),
            AudioSyncState.UPDATING,
            Map.of(
                    Input.SENT,
                    AudioSyncState.UPDATING,
                    Input.REPORTED,
                    AudioSyncState.UNSURE,
                    Input.ANSWERED,
                    AudioSyncState.IN_SYNC),
            AudioSyncState.UNSURE,
            Map.of(
                    Input.SENT,
                    AudioSyncState.UNSURE,
                    Input.REPORTED,
                    AudioSyncState.UNSURE,
                    Input.ANSWERED,
                    AudioSyncState.IN_SYNC)));

    @ParameterizedTest
    @EnumSource
    void everyPairIsInTheTableOrRefused(AudioSyncState state) {
        for (Input input : Input.values()) {
            assertThat(state.after(input))
                    .as("%s in %s", input, state)
                    .isEqualTo(TABLE.get(state).get(input));
        }
    }
}
