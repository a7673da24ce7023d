package dev.videosession.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.fixture.RotatedFrame;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameConverterTest {
    private static final int GAP = 0x0BADCAFE;
    private static final int TOLERANCE = 3;

    private final FrameConverter converter = new FrameConverter();

    /** A frame whose samples are all different noise. */
    private static NativeFrame noise(int width, int height) {
        Random random = new Random(width * 31L + height);
        NativeFrame frame = NativeFrame.allocate(width, height, 0);
        for (ByteBuffer plane : new ByteBuffer[] {frame.planeY(), frame.planeU(), frame.planeV()}) {
            for (int i = 0; i < plane.capacity(); i++) {
                plane.put(i, (byte) (16 + random.nextInt(220)));
            }
        }
        return frame;
    }

    /** The color of a pixel of the upright frame, by the formula of BT.601. */
    private static int[] expected(VideoFrame frame, int x, int y) {
        int right = frame.width() - 1;
        int bottom = frame.height() - 1;
        return switch (Math.floorMod(frame.rotation(), 360)) {
            case 0 -> color(frame, x, y);
            case 90 -> color(frame, y, bottom - x);
            case 180 -> color(frame, right - x, bottom - y);
            default -> color(frame, right - y, x);
        };
    }

    private static int[] color(VideoFrame frame, int x, int y) {
        double luma = 1.164 * ((frame.planeY().get(y * frame.strideY() + x) & 0xFF) - 16);
        int blue = (frame.planeU().get(y / 2 * frame.strideU() + x / 2) & 0xFF) - 128;
        int red = (frame.planeV().get(y / 2 * frame.strideV() + x / 2) & 0xFF) - 128;
        return new int[] {
            clamp(luma + 1.596 * red), clamp(luma - 0.391 * blue - 0.813 * red), clamp(luma + 2.018 * blue)
        };
    }

    private static int clamp(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static void assertPixel(VideoFrame frame, int x, int y, int argb) {
        int[] expected = expected(frame, x, y);
        int[] actual = {argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF};
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(actual[i] - expected[i]) > TOLERANCE || argb >>> 24 != 0xFF) {
                throw new AssertionError("pixel " + x + "," + y + " is " + Integer.toHexString(argb) + ", expected "
                        + Arrays.toString(expected));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "64,36,0", "64,36,90", "64,36,180", "64,36,270", "33,17,0", "33,17,90", "33,17,180", "33,17,270", "17,35,-90",
        "17,35,450", "1,1,0", "1,1,90", "1,2,270", "2,1,90", "641,361,0", "641,361,90", "641,361,180", "641,361,270"
    })
    void everyPixelIsUprightAndHasTheColorOfTheFrame(int width, int height, int rotation) {
        NativeFrame planes = noise(width, height);
        VideoFrame frame = new RotatedFrame(planes, rotation);
        int uprightWidth = rotation % 180 == 0 ? width : height;
        int uprightHeight = rotation % 180 == 0 ? height : width;
        int[] pixels = new int[uprightWidth * uprightHeight];

        converter.toArgb(frame, pixels);

        assertThat(frame.uprightWidth()).isEqualTo(uprightWidth);
        assertThat(frame.uprightHeight()).isEqualTo(uprightHeight);
        for (int y = 0; y < uprightHeight; y++) {
            for (int x = 0; x < uprightWidth; x++) {
                assertPixel(frame, x, y, pixels[y * uprightWidth + x]);
            }
        }
        assertOtherLayoutsHold(frame, pixels);
        planes.release();
    }

    /** Compares the results with gaps, and those in bytes, with the one that was checked. */
    private void assertOtherLayoutsHold(VideoFrame frame, int[] pixels) {
        int width = frame.uprightWidth();
        int height = frame.uprightHeight();
        int offset = 5;
        int stride = width + 3;
        int[] spaced = new int[offset + stride * height];
        Arrays.fill(spaced, GAP);
        converter.toArgb(frame, spaced, offset, stride);
        int[] expected = new int[spaced.length];
        Arrays.fill(expected, GAP);
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, expected, offset + y * stride, width);
        }
        assertThat(spaced).isEqualTo(expected);

        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * expected.length);
        bytes.position(4 * offset);
        converter.toBgra(frame, bytes);
        assertThat(bytes.position()).isEqualTo(4 * offset);
        assertThat(ints(bytes, offset, width * height)).isEqualTo(pixels);

        for (int i = 0; i < expected.length; i++) {
            bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(4 * i, GAP);
        }
        converter.toBgra(frame, bytes.order(ByteOrder.BIG_ENDIAN), 4 * stride);
        assertThat(ints(bytes, 0, expected.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,40,20", "90,20,40", "180,40,20", "270,20,40", "0,100,90"})
    void bytesOfAnotherSizeAreUpright(int rotation, int width, int height) {
        NativeFrame planes = NativeFrame.black(80, 40, 0); // the left half is white before rotation
        for (int i = 0; i < planes.planeY().capacity(); i++) {
            planes.planeY().put(i, (byte) (i % planes.strideY() < 40 ? 235 : 16));
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * width * height);

        converter.toBgra(new RotatedFrame(planes, rotation), width, height, bytes);

        int[] pixels = ints(bytes, 0, width * height);
        int across = width / 2;
        int down = height / 2;
        int whitest = switch (rotation) { // where the white half is
            case 0 -> pixels[down * width + 1];
            case 90 -> pixels[width + across];
            case 180 -> pixels[down * width + width - 2];
            default -> pixels[(height - 2) * width + across];
        };
        int blackest = switch (rotation) {
            case 0 -> pixels[down * width + width - 2];
            case 90 -> pixels[(height - 2) * width + across];
            case 180 -> pixels[down * width + 1];
            default -> pixels[width + across];
        };
        assertThat(whitest).isEqualTo(0xFFFFFFFF);
        assertThat(blackest).isEqualTo(0xFF000000);
        planes.release();
    }

    private static int[] ints(ByteBuffer bytes, int from, int count) {
        int[] ints = new int[count];
        bytes.duplicate()
                .position(0)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(from, ints);
        return ints;
    }

    @Test
    void blueComesFirstInBytes() {
        NativeFrame frame = NativeFrame.black(2, 2, 0);
        frame.planeY().put(0, (byte) 41);
        frame.planeU().put(0, (byte) 240);
        frame.planeV().put(0, (byte) 110);
        ByteBuffer bytes = ByteBuffer.allocateDirect(16);

        converter.toBgra(frame, bytes);

        assertThat(bytes.get(0) & 0xFF).isGreaterThan(250);
        assertThat(bytes.get(1) & 0xFF).isLessThan(5);
        assertThat(bytes.get(2) & 0xFF).isLessThan(5);
        assertThat(bytes.get(3) & 0xFF).isEqualTo(255);
        frame.release();
    }

    @Test
    void converterFollowsTheSizeOfTheFrames() {
        for (int[] size : new int[][] {{64, 36}, {320, 180}, {17, 9}, {64, 36}}) {
            NativeFrame frame = noise(size[0], size[1]);
            int[] pixels = new int[size[0] * size[1]];
            converter.toArgb(frame, pixels);
            assertPixel(frame, size[0] - 1, size[1] - 1, pixels[pixels.length - 1]);
            frame.release();
        }
    }

    @Test
    void retainedFrameCanBeConvertedAfterItsSourceIsClosed() {
        AtomicReference<VideoFrame> kept = new AtomicReference<>();
        CustomVideo source = VideoSources.custom(new VideoFormat(2, 2, 30));
        Capture capture = source.start(
                frame -> {
                    frame.retain();
                    kept.set(frame);
                },
                () -> {});
        source.pushRgb(new int[] {0xFF0000, 0xFF0000, 0xFF0000, 0xFF0000}, 2, 2);
        capture.close();
        source.end();
        int[] pixels = new int[4];

        converter.toArgb(kept.get(), pixels);

        assertThat(pixels[3] >> 16 & 0xFF).isGreaterThan(245);
        assertThat(pixels[3] & 0xFFFF).isLessThan(0x0A0B);
        kept.get().release();
    }

    @Test
    void targetThatDoesNotFitIsRefusedAndNotWritten() {
        NativeFrame frame = noise(33, 17);
        int[] pixels = new int[33 * 17];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toArgb(frame, new int[33 * 17 - 1]))
                .withMessage("The frame needs 561 ints from offset 0 on, but there are 560.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toArgb(frame, pixels, 0, 32))
                .withMessageContaining("33 ints, not 32");
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toArgb(frame, pixels, 1, 33));
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toArgb(frame, pixels, -1, 33));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toArgb(new RotatedFrame(frame, 45), pixels))
                .withMessageContaining("multiple of 90");
        assertThat(pixels).containsOnly(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toBgra(frame, ByteBuffer.allocate(33 * 17 * 4)))
                .withMessageContaining("allocateDirect");
        ByteBuffer bytes = ByteBuffer.allocateDirect(33 * 17 * 4);
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toBgra(frame, bytes.asReadOnlyBuffer()));
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toBgra(frame, bytes, 4 * 33 + 2));
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toBgra(frame, bytes, 4 * 32));
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toBgra(frame, 33, 18, bytes));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toBgra(frame, 0, 17, bytes))
                .withMessageContaining("not 0x17");
        bytes.position(1);
        assertThatIllegalArgumentException().isThrownBy(() -> converter.toBgra(frame, bytes));
        frame.release();
    }
}
