package dev.videosession.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.fixture.RotatedFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomVideoTest {
    private static ByteBuffer plane(int stride, int width, int height, int value) {
        byte[] bytes = new byte[stride * height];
        for (int row = 0; row < height; row++) {
            Arrays.fill(bytes, row * stride, row * stride + width, (byte) value);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static List<Integer> distinct(ByteBuffer plane, int stride, int width, int height) {
        List<Integer> values = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int value = plane.get(row * stride + column) & 0xFF;
                if (!values.contains(value)) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    @Test
    void chromaOfAnOddSizeIsCopiedToItsLastColumnAndRow() {
        CustomVideo source = VideoSources.custom(VideoFormat.P360);
        List<List<Integer>> seen = new ArrayList<>();
        try (Capture capture = source.start(frame -> seen.addAll(values(frame)), () -> {})) {
            source.pushI420(plane(40, 33, 17, 50), 40, plane(20, 17, 9, 60), 20, plane(17, 17, 9, 70), 17, 33, 17);
            assertThat(capture).isNotNull();
        }
        assertThat(seen).containsExactly(List.of(50), List.of(60), List.of(70));
    }

    private static List<List<Integer>> values(VideoFrame frame) {
        return List.of(
                distinct(frame.planeY(), frame.strideY(), frame.width(), frame.height()),
                distinct(frame.planeU(), frame.strideU(), (frame.width() + 1) / 2, (frame.height() + 1) / 2),
                distinct(frame.planeV(), frame.strideV(), (frame.width() + 1) / 2, (frame.height() + 1) / 2));
    }

    @Test
    void sizeTheNativeLibraryWouldEndTheProcessOverIsRefused() {
        CustomVideo source = VideoSources.custom(VideoFormat.P360);

        assertThatIllegalArgumentException().isThrownBy(() -> source.newFrame(0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> source.newFrame(10, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> source.pushRgb(new int[0], 100_000, 100_000));
    }

    @Test
    void sideThatNoEncoderCarriesIsRefusedInTheCallThatPushes() {
        CustomVideo source = VideoSources.custom(VideoFormat.P360);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.pushRgb(new int[16_384], 16_384, 1))
                .withMessage("A frame must be 1 to 16383 pixels wide and high, not 16384x1.");
        assertThatIllegalArgumentException().isThrownBy(() -> source.newFrame(1, 16_384));
        source.pushRgb(new int[16_383], 16_383, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 45, 89, 91, -1, -45, 359})
    void rotationThatIsNoQuarterTurnIsRefusedInTheCallThatPushes(int rotation) {
        CustomVideo source = VideoSources.custom(VideoFormat.P360);
        VideoFrame frame = source.newFrame(4, 4);
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> source.push(new RotatedFrame(frame, rotation)))
                    .withMessage("The rotation of a frame must be a multiple of 90 degrees, not " + rotation + ".");
        } finally {
            frame.release();
        }
    }

    @Test
    void formatMayStateEverySizeThatCanBePushed() {
        assertThat(new VideoFormat(641, 359, 30).toString()).isEqualTo("641x359@30");
        assertThat(new VideoFormat(16_383, 1, 30).width()).isEqualTo(16_383);
        assertThatIllegalArgumentException().isThrownBy(() -> new VideoFormat(16_384, 2, 30));
        assertThatIllegalArgumentException().isThrownBy(() -> new VideoFormat(0, 2, 30));
        assertThatIllegalArgumentException().isThrownBy(() -> VideoSources.pattern(new VideoFormat(641, 359, 30)));
    }
}
