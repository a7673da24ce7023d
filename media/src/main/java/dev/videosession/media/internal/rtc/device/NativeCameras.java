package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.MediaDevices;
import dev.onvoid.webrtc.media.video.VideoCapture;
import dev.onvoid.webrtc.media.video.VideoCaptureCapability;
import dev.onvoid.webrtc.media.video.VideoDevice;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cameras of webrtc-java. */
public final class NativeCameras implements CameraDriver {
    /** The cameras of this process. */
    public static final CameraDriver INSTANCE = new NativeCameras();

    private static final Logger LOG = LoggerFactory.getLogger(NativeCameras.class);

    private NativeCameras() {}

    @Override
    public List<MediaDevice> attached() {
        return NativeDevices.cameras();
    }

    @Override
    public Capture start(MediaDevice camera, VideoFormat wanted, VideoSink sink) {
        VideoDevice device = MediaDevices.getVideoCaptureDevices().stream()
                .filter(each -> NativeDevices.isSame(camera, each))
                .findFirst()
                .orElseThrow(() -> unplugged(camera));
        OpenCamera running = new OpenCamera(new VideoCapture());
        try {
            running.start(device, nearest(wanted, MediaDevices.getVideoCaptureCapabilities(device)), sink);
            return running;
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    /**
     * Describes a camera that was unplugged.
     *
     * @param camera the missing camera
     * @return the exception to throw
     */
    public static MediaUnavailableException unplugged(MediaDevice camera) {
        return new MediaUnavailableException(
                Missing.CAMERA, "The camera \"" + camera.name() + "\" is no longer attached. Choose another one.");
    }

    private static VideoCaptureCapability nearest(VideoFormat wanted, List<VideoCaptureCapability> offered) {
        return offered.stream()
                .min(Comparator.comparingLong(each -> distance(wanted, each)))
                .orElseGet(() -> new VideoCaptureCapability(wanted.width(), wanted.height(), wanted.framesPerSecond()));
    }

    private static long distance(VideoFormat wanted, VideoCaptureCapability offered) {
        long size = Math.abs((long) offered.width * offered.height - (long) wanted.width() * wanted.height());
        return size * 100 + Math.abs(offered.frameRate - wanted.framesPerSecond());
    }

    private static final class OpenCamera implements Capture {
        private @Nullable VideoCapture capture;

        OpenCamera(VideoCapture capture) {
            this.capture = capture;
        }

        synchronized void start(VideoDevice device, VideoCaptureCapability capability, VideoSink sink) {
            VideoCapture opening = capture;
            if (opening == null) {
                return;
            }
            opening.setVideoCaptureDevice(device);
            opening.setVideoCaptureCapability(capability);
            opening.setVideoSink(raw -> {
                NativeFrame frame = NativeFrame.of(raw);
                try {
                    sink.onFrame(frame);
                } finally {
                    frame.release();
                }
            });
            opening.start();
        }

        @Override
        public synchronized void close() {
            VideoCapture closing = capture;
            capture = null;
            if (closing != null) {
                runStep(closing::stop);
                runStep(closing::dispose);
            }
        }

        private static void runStep(Runnable step) {
            try {
                step.run();
            } catch (Exception | Error e) { // the native side may refuse both for an unplugged camera
                LOG.warn("event=cameraCloseFailed", e);
            }
        }
    }
}
