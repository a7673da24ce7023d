package dev.videosession.media.internal.desktop;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.capture.Pacer;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import dev.videosession.media.internal.x11.XWindows;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.DesktopWindow;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.awt.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A window, captured in its own size. While it is minimized, no frame follows; when it is closed, the source ends.
 *
 * @param window what to capture
 * @param format size that it has now, and frame rate
 * @param time dates the frames
 */
public record WindowVideo(DesktopWindow window, VideoFormat format, TimeSource time) implements VideoSource {
    private static final Logger LOG = LoggerFactory.getLogger(WindowVideo.class);
    private static final int SMALLEST = 16;
    private static final int MOST_UNUSED = 4;

    /** {@return the windows of the desktop, without those that cannot be captured; empty where windows are not listed} */
    public static List<DesktopWindow> list() {
        long self = ProcessHandle.current().pid();
        try (XWindows windows = XWindows.open().orElse(null)) {
            return windows == null
                    ? List.of()
                    : windows.list().stream()
                            .map(each -> new DesktopWindow(each.id(), each.title(), each.process() == self))
                            .toList();
        } catch (IOException e) {
            LOG.warn("event=windowsNotListed reason=\"{}\"", e.getMessage());
            return List.of();
        }
    }

    /**
     * Describes a window capture.
     *
     * @throws MediaUnavailableException if the window does not exist any more
     */
    public static WindowVideo of(DesktopWindow window, int framesPerSecond, TimeSource time) {
        if (framesPerSecond < 1 || framesPerSecond > 30) {
            throw new IllegalArgumentException(
                    "A window is captured 1 to 30 times a second, not " + framesPerSecond + ".");
        }
        try (XWindows windows = open()) {
            Dimension size = windows.size((int) window.id());
            return new WindowVideo(window, new VideoFormat(even(size.width), even(size.height), framesPerSecond), time);
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private static XWindows open() throws IOException {
        return XWindows.open().orElseThrow(() -> missing(null));
    }

    private static MediaUnavailableException missing(@Nullable Throwable cause) {
        return new MediaUnavailableException(
                Missing.SCREEN, "The window cannot be captured: it was closed. List the windows again.", cause);
    }

    private static int even(int length) {
        return Math.max(SMALLEST, Math.min(VideoFormat.LONGEST_SIDE - 1, length) / 2 * 2);
    }

    @Override
    public Kind kind() {
        return Kind.SCREEN;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        XWindows windows;
        try {
            windows = open();
        } catch (IOException e) {
            throw missing(e);
        }
        try {
            windows.redirect((int) window.id());
            windows.size((int) window.id());
        } catch (IOException e) {
            close(windows);
            throw missing(e);
        }
        Grabber grabber = new Grabber(windows);
        long period = TimeUnit.SECONDS.toNanos(1) / format.framesPerSecond();
        Capture pacer = Pacer.start(time, "media-window", period, () -> grabber.grab(sink), () -> {
            close(windows);
            ended.run();
        });
        return () -> {
            pacer.close();
            close(windows);
        };
    }

    private static void close(XWindows windows) {
        try {
            windows.close();
        } catch (IOException e) {
            LOG.debug("event=closeFailed", e);
        }
    }

    /** Confined to the thread of the pacer. */
    private final class Grabber {
        private final XWindows windows;
        private final RgbConverter converter = new RgbConverter();
        private int[] pixels = new int[0];

        Grabber(XWindows windows) {
            this.windows = windows;
        }

        void grab(VideoSink sink) {
            int id = (int) window.id();
            try {
                Dimension size = windows.size(id);
                if (!windows.isVisible(id) || size.width < SMALLEST || size.height < SMALLEST) {
                    return;
                }
                Dimension captured = new Dimension(even(size.width), even(size.height));
                reserve(captured.width * captured.height);
                if (!windows.capture(id, captured, pixels)) {
                    return;
                }
                NativeFrame frame = NativeFrame.allocate(captured.width, captured.height, time.nanos());
                try {
                    converter.toFrame(pixels, frame);
                    sink.onFrame(frame);
                } finally {
                    frame.release();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A window that is being resized has another size in each frame: the memory grows with room to spare. */
        private void reserve(int count) {
            if (pixels.length < count || pixels.length / MOST_UNUSED > count) {
                pixels = new int[pixels.length == 0 ? count : count + count / 4];
            }
        }
    }
}
