package dev.videosession.media.internal.desktop;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.capture.Pacer;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.awt.AWTException;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.GraphicsDevice;
import java.awt.GraphicsEnvironment;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A screen, captured with {@link Robot}: the native capturer of webrtc-java ends the process on Linux.
 *
 * @param area in screen coordinates
 * @param format size and frame rate of the frames
 * @param time dates the frames
 */
public record ScreenVideo(Rectangle area, VideoFormat format, TimeSource time) implements VideoSource {
    private static final int MAX_WIDTH = 1920;
    private static final int MAX_HEIGHT = 1080;

    /**
     * Describes a screen capture.
     *
     * @param area in screen coordinates, or null for the whole default screen
     * @param framesPerSecond 1 to 30
     * @param time dates the frames
     * @return scaled down to fit 1920x1080
     * @throws MediaUnavailableException without a display
     */
    public static ScreenVideo of(@Nullable Rectangle area, int framesPerSecond, TimeSource time) {
        if (framesPerSecond < 1 || framesPerSecond > 30) {
            throw new IllegalArgumentException(
                    "A screen is captured 1 to 30 times a second, not " + framesPerSecond + ".");
        }
        if (GraphicsEnvironment.isHeadless()) {
            throw missing(null);
        }
        Rectangle captured = area == null ? wholeScreen() : new Rectangle(area);
        double density = density(captured);
        double scale = Math.min(density, Math.min(MAX_WIDTH / captured.getWidth(), MAX_HEIGHT / captured.getHeight()));
        VideoFormat format =
                new VideoFormat(even(captured.width * scale), even(captured.height * scale), framesPerSecond);
        return new ScreenVideo(captured, format, time);
    }

    /** {@return the pixels for each unit of length on the densest screen that has a part of an area; at least 1} */
    private static double density(Rectangle area) {
        double densest = 1;
        for (GraphicsDevice device :
                GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices()) {
            GraphicsConfiguration screen = device.getDefaultConfiguration();
            if (screen.getBounds().intersects(area)) {
                densest = Math.max(densest, screen.getDefaultTransform().getScaleX());
            }
        }
        return densest;
    }

    private static Rectangle wholeScreen() {
        try {
            Dimension size = Toolkit.getDefaultToolkit().getScreenSize();
            return new Rectangle(size);
        } catch (java.awt.AWTError | RuntimeException e) {
            throw missing(e);
        }
    }

    private static MediaUnavailableException missing(@Nullable Throwable cause) {
        return new MediaUnavailableException(
                Missing.SCREEN,
                "There is no display to capture. Start the program on a desktop (on Linux, with DISPLAY set and without -Djava.awt.headless=true).",
                cause);
    }

    private static int even(double length) {
        return Math.max(16, (int) length / 2 * 2);
    }

    @Override
    public Kind kind() {
        return Kind.SCREEN;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        Robot robot;
        try {
            robot = new Robot();
        } catch (AWTException | SecurityException e) {
            throw missing(e);
        }
        Grabber grabber = new Grabber(robot);
        long period = TimeUnit.SECONDS.toNanos(1) / format.framesPerSecond();
        return Pacer.start(time, "media-screen", period, () -> grabber.grab(sink), ended);
    }

    /** Confined to the thread of the pacer. */
    private final class Grabber {
        private final Robot robot;
        private final RgbConverter converter = new RgbConverter();
        private final BufferedImage canvas =
                new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_INT_RGB);

        Grabber(Robot robot) {
            this.robot = robot;
        }

        void grab(VideoSink sink) {
            List<Image> sizes = robot.createMultiResolutionScreenCapture(area).getResolutionVariants();
            Image shot = sizes.get(sizes.size() - 1); // every pixel of a dense screen
            Graphics2D g = canvas.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(shot, 0, 0, canvas.getWidth(), canvas.getHeight(), null);
            g.dispose();
            NativeFrame frame = NativeFrame.allocate(canvas.getWidth(), canvas.getHeight(), time.nanos());
            try {
                converter.toFrame(((DataBufferInt) canvas.getRaster().getDataBuffer()).getData(), frame);
                sink.onFrame(frame);
            } finally {
                frame.release();
            }
        }
    }
}
