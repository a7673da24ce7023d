package dev.videosession.app.device;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video source whose camera is opened, replaced and closed by the user while it is published: turned off, the device is closed, and a
 * camera that failed can be tried again. Devices are opened on a thread of its own.
 */
final class CameraSwitch implements VideoSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraSwitch.class);

    private static final int NONE = 0;

    private final DeviceWorker worker = new DeviceWorker("call-camera");
    private final Runnable onLost;
    private final AtomicInteger current = new AtomicInteger(NONE); // the number of the camera whose frames are used
    private volatile @Nullable VideoSink sink; // of the publisher that started last
    private int cameras; // of the worker, as is the next one
    private @Nullable Capture capture;

    /** Closed. What is run when the camera ends by itself, is run on the Swing thread. */
    CameraSwitch(Runnable onLost) {
        this.onLost = onLost;
    }

    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public VideoFormat format() {
        return VideoFormat.P360;
    }

    /** Starts without a frame: those of the camera follow while it is turned on. */
    @Override
    public Capture start(VideoSink newSink, Runnable ended) {
        sink = newSink;
        return () -> {
            if (sink == newSink) {
                sink = null;
            }
        };
    }

    /** Opens a camera; one that is open is closed first. The outcome comes on the Swing thread: null, or what failed. */
    void turnOn(VideoSource camera, Consumer<@Nullable Throwable> outcome) {
        worker.run(
                () -> {
                    closeCamera();
                    return open(camera);
                },
                outcome);
    }

    /** Replaces the open camera by another device; if that fails, the open one continues. The outcome comes as for {@link #turnOn}. */
    void replace(VideoSource camera, Consumer<@Nullable Throwable> outcome) {
        worker.run(
                () -> {
                    Capture former = capture;
                    open(camera);
                    close(former);
                    return camera;
                },
                outcome);
    }

    private VideoSource open(VideoSource camera) {
        int number = ++cameras;
        Capture opened = camera.start(frame -> forward(number, frame), () -> ended(number));
        current.set(number);
        capture = opened;
        return camera;
    }

    /** Reports a camera that ended by itself, after a change that is in progress: it may end before its number is the current one. */
    private void ended(int number) {
        worker.run(() -> {
            if (current.get() == number) {
                SwingUtilities.invokeLater(() -> reportLost(number));
            }
        });
    }

    private void reportLost(int number) {
        if (current.get() == number) {
            onLost.run();
        }
    }

    private void forward(int number, VideoFrame frame) {
        VideoSink target = sink;
        if (target != null && current.get() == number) {
            target.onFrame(frame);
        }
    }

    void turnOff() {
        worker.run(this::closeCamera);
    }

    private void closeCamera() {
        Capture open = capture;
        capture = null;
        current.set(NONE);
        close(open);
    }

    private static void close(@Nullable Capture open) {
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.warn("event=cameraNotClosed", e);
            }
        }
    }

    /** Closes the camera. It cannot be turned on again. */
    @Override
    public void close() {
        worker.run(this::closeCamera);
        worker.close();
    }
}
