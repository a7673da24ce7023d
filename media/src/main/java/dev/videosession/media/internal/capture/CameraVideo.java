package dev.videosession.media.internal.capture;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.device.CameraDriver;
import dev.videosession.media.internal.rtc.device.NativeCameras;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A camera of this machine. It ends by itself when its frames stop and it is no longer attached.
 *
 * @param device the camera, or null for the first one
 * @param format size and frame rate to ask for
 * @param driver opens it
 */
public record CameraVideo(@Nullable MediaDevice device, VideoFormat format, CameraDriver driver)
        implements VideoSource {
    /**
     * Describes a camera of this machine.
     *
     * @param device the camera, or null for the first one
     * @param format size and frame rate to ask for
     */
    public CameraVideo(@Nullable MediaDevice device, VideoFormat format) {
        this(device, format, NativeCameras.INSTANCE);
    }

    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        MediaDevice camera = find();
        FrameCounter frames = new FrameCounter(sink);
        Capture capture;
        try {
            capture = driver.start(camera, format, frames);
        } catch (MediaUnavailableException e) {
            throw e;
        } catch (Exception | Error e) { // the native side throws both without declaring them
            throw new MediaUnavailableException(
                    Missing.CAMERA,
                    "The camera \"" + camera.name() + "\" does not start (" + e.getMessage()
                            + "). Close other programs that use it, or choose another camera.",
                    e);
        }
        DeviceWatch watch = new DeviceWatch(
                "The camera \"" + camera.name() + "\"",
                driver::attached,
                each -> each.id().equals(camera.id()),
                frames::hasPaused,
                ended);
        Capture watching = watch.start();
        return () -> {
            watching.close();
            capture.close();
        };
    }

    private MediaDevice find() {
        List<MediaDevice> cameras;
        try {
            cameras = driver.attached();
        } catch (MediaUnavailableException e) {
            throw e;
        } catch (Exception | Error e) { // likewise
            throw new MediaUnavailableException(
                    Missing.CAMERA,
                    "The cameras of this machine cannot be listed (" + e.getMessage() + "). Check their drivers.",
                    e);
        }
        if (cameras.isEmpty()) {
            throw new MediaUnavailableException(
                    Missing.CAMERA,
                    "No camera is attached. Attach one, or publish a screen or a custom source instead.");
        }
        if (device == null) {
            return cameras.get(0);
        }
        return cameras.stream()
                .filter(camera -> camera.id().equals(device.id()))
                .findFirst()
                .orElseThrow(() -> NativeCameras.unplugged(device));
    }

    /** Counts the frames of the camera. */
    private static final class FrameCounter implements VideoSink {
        private final VideoSink sink;
        private final AtomicLong count = new AtomicLong();
        private long lastCount;

        FrameCounter(VideoSink sink) {
            this.sink = sink;
        }

        @Override
        public void onFrame(VideoFrame frame) {
            count.incrementAndGet();
            sink.onFrame(frame);
        }

        /** {@return whether there was no frame since the last call} */
        synchronized boolean hasPaused() {
            long before = lastCount;
            lastCount = count.get();
            return lastCount == before;
        }
    }
}
