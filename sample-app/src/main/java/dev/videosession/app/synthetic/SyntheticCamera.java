package dev.videosession.app.synthetic;

import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The moving pattern of the media module in one colour, so that one participant looks different from another. */
public final class SyntheticCamera implements VideoSource {
    private static final float SATURATION = 0.75f;
    private static final int NEUTRAL = 128;

    private final VideoSource pattern;
    private final byte blue;
    private final byte red;

    /**
     * A camera of a colour.
     *
     * @param format size and rate
     * @param hue 0 to 1 around the wheel of colours, from red over green and blue back to red
     */
    public SyntheticCamera(VideoFormat format, float hue) {
        this.pattern = VideoSources.pattern(format);
        Color color = Color.getHSBColor(hue, SATURATION, 1);
        double r = color.getRed();
        double g = color.getGreen();
        double b = color.getBlue();
        this.blue = (byte) (NEUTRAL - 0.148 * r - 0.291 * g + 0.439 * b);
        this.red = (byte) (NEUTRAL + 0.439 * r - 0.368 * g - 0.071 * b);
    }

    /**
     * A hue that belongs to a name.
     *
     * @param name any
     * @return 0 to 1
     */
    public static float hueOf(String name) {
        return (name.hashCode() & 0xFF) / 256f;
    }

    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public VideoFormat format() {
        return pattern.format();
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        return pattern.start(
                frame -> {
                    int rows = (frame.height() + 1) / 2;
                    fill(frame.planeU(), frame.strideU(), frame, rows, blue);
                    fill(frame.planeV(), frame.strideV(), frame, rows, red);
                    sink.onFrame(frame);
                },
                ended);
    }

    private static void fill(ByteBuffer plane, int stride, VideoFrame frame, int rows, byte value) {
        byte[] row = new byte[(frame.width() + 1) / 2];
        Arrays.fill(row, value);
        for (int y = 0; y < rows; y++) {
            plane.put(y * stride, row);
        }
    }
}
