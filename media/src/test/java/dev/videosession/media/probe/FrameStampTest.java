package dev.videosession.media.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import java.awt.Dimension;
import java.awt.Rectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameStampTest {
    @ParameterizedTest
    @CsvSource({"160,120", "320,180", "640,360", "854,480", "1280,720", "1920,1080"})
    void stampSurvivesDrawingAndScalingToHalf(int width, int height) {
        FrameStamp stamp = new FrameStamp(0xCAFE_F00DL, 1_790_000_000_123L);
        NativeFrame frame = NativeFrame.allocate(width, height, 0);
        stamp.write(frame);

        assertThat(FrameStamp.read(frame)).contains(stamp);

        int[] half = new int[width / 2 * (height / 2)];
        RgbConverter converter = new RgbConverter();
        Dimension size = new Dimension(width / 2, height / 2);
        converter.toArgb(frame, new Rectangle(0, 0, width, height), size, half, 0, size.width);
        NativeFrame small = NativeFrame.allocate(width / 2 / 2 * 2, height / 2 / 2 * 2, 0);
        if (small.width() == width / 2 && small.height() == height / 2) {
            converter.toFrame(half, small);
            assertThat(FrameStamp.read(small)).contains(stamp);
        }
        small.release();
        frame.release();
    }

    @Test
    void frameWithoutStampHasNone() {
        NativeFrame frame = NativeFrame.allocate(640, 360, 0);
        for (int i = 0; i < frame.planeY().capacity(); i++) {
            frame.planeY().put(i, (byte) 16);
        }

        assertThat(FrameStamp.read(frame)).isEmpty();
        frame.release();
    }

    @Test
    void damagedStampIsNotRead() {
        NativeFrame frame = NativeFrame.allocate(640, 360, 0);
        new FrameStamp(7, 1_790_000_000_000L).write(frame);
        for (int y = 24; y < 48; y++) {
            for (int x = 64; x < 96; x++) {
                frame.planeY().put(y * frame.strideY() + x, (byte) 235);
            }
        }

        assertThat(FrameStamp.read(frame)).isEmpty();
        frame.release();
    }
}
