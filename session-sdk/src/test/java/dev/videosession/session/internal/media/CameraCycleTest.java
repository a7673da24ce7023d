package dev.videosession.session.internal.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraCycleTest {
    private static final MediaDevice FRONT = new MediaDevice(MediaDevice.Kind.CAMERA, "0", "front");
    private static final MediaDevice BACK = new MediaDevice(MediaDevice.Kind.CAMERA, "1", "back");
    private static final List<MediaDevice> BOTH = List.of(FRONT, BACK);

    @Test
    void camerasTakeTurnsRoundAndRound() {
        assertThat(CameraCycle.next(BOTH, FRONT, true)).isEqualTo(BACK);
        assertThat(CameraCycle.next(BOTH, BACK, true)).isEqualTo(FRONT);
    }

    @Test
    void theDefaultCameraIsTheFirst() {
        assertThat(CameraCycle.next(BOTH, null, true)).isEqualTo(BACK);
    }

    @Test
    void fromAnotherSourceOrALostCameraTheFirstIsNext() {
        MediaDevice unplugged = new MediaDevice(MediaDevice.Kind.CAMERA, "7", "unplugged");
        assertThat(CameraCycle.next(BOTH, null, false)).isEqualTo(FRONT);
        assertThat(CameraCycle.next(BOTH, unplugged, true)).isEqualTo(FRONT);
    }

    @Test
    void withoutACameraThereIsNoNext() {
        assertThatThrownBy(() -> CameraCycle.next(List.of(), null, true))
                .isInstanceOf(MediaUnavailableException.class)
                .hasMessageContaining("Attach one");
    }
}
