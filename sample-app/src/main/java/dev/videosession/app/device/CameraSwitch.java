package dev.videosession.app.device;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video source whose camera is opened and closed by the user while it is published: turned off, the device is closed, and a camera
 * that failed can be tried again. Devices are opened on a thread of its own.
 */
final class CameraSwitch implements VideoSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraSwitch.class);

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "call-camera");
        thread.setDaemon(true);
        return thread;
    });
    private final Runnable onLost;
    private volatile @Nullable VideoSink sink; // of the publisher that started last
    private @Nullable Capture capture; // of the worker

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

    /** Opens a camera in place of the one that is open. The outcome comes on the Swing thread: null, or what failed. */
    void turnOn(VideoSource camera, Consumer<@Nullable Throwable> outcome) {
        worker.execute(() -> {
            Throwable failure = null;
            try {
                closeCamera();
                capture = camera.start(this::forward, () -> SwingUtilities.invokeLater(onLost));
            } catch (RuntimeException e) {
                failure = e;
            }
            Throwable result = failure;
            SwingUtilities.invokeLater(() -> outcome.accept(result));
        });
    }

    private void forward(VideoFrame frame) {
        VideoSink target = sink;
        if (target != null) {
            target.onFrame(frame);
        }
    }

    void turnOff() {
        worker.execute(this::closeCamera);
    }

    private void closeCamera() {
        Capture open = capture;
        capture = null;
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
        worker.execute(this::closeCamera);
        worker.shutdown();
    }
}
