package dev.videosession.media.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.feed.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
