package dev.videosession.media.source;

import dev.onvoid.webrtc.media.MediaDevices;
import dev.onvoid.webrtc.media.video.VideoCapture;
import dev.onvoid.webrtc.media.video.VideoCaptureCapability;
import dev.onvoid.webrtc.media.video.VideoDevice;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.device.NativeLibrary;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.rtc.NativeFrame;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A camera of this machine. */
record CameraVideo(@Nullable MediaDevice device, VideoFormat format) implements VideoSource {
    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        NativeLibrary.load();
        VideoDevice camera = find();
        VideoCapture capture = new VideoCapture();
        try {
            capture.setVideoCaptureDevice(camera);
            capture.setVideoCaptureCapability(nearest(MediaDevices.getVideoCaptureCapabilities(camera)));
            capture.setVideoSink(raw -> {
                NativeFrame frame = NativeFrame.of(raw);
                try {
                    sink.onFrame(frame);
                } finally {
                    frame.release();
                }
            });
            capture.start();
        } catch (RuntimeException e) {
            capture.dispose();
            throw new MediaUnavailableException(
                    Missing.CAMERA,
                    "The camera \"" + camera.getName() + "\" does not start (" + e.getMessage()
                            + "). Close other programs that use it, or choose another camera.",
                    e);
        }
        return new Running(capture);
    }

    private VideoDevice find() {
        List<VideoDevice> cameras = MediaDevices.getVideoCaptureDevices();
        if (cameras.isEmpty()) {
            throw new MediaUnavailableException(
                    Missing.CAMERA,
                    "No camera is attached. Attach one, or publish a screen or a custom source instead.");
        }
        if (device == null) {
            return cameras.get(0);
        }
        return cameras.stream()
                .filter(camera -> device.matches(camera.getDescriptor(), camera.getName()))
                .findFirst()
                .orElseThrow(() -> new MediaUnavailableException(
                        Missing.CAMERA,
                        "The camera \"" + device.name() + "\" is no longer attached. Choose another one."));
    }

    private VideoCaptureCapability nearest(List<VideoCaptureCapability> offered) {
        VideoCaptureCapability wanted =
                new VideoCaptureCapability(format.width(), format.height(), format.framesPerSecond());
        return offered.stream().min(Comparator.comparingLong(this::distance)).orElse(wanted);
    }

    private long distance(VideoCaptureCapability offered) {
        long size = Math.abs((long) offered.width * offered.height - (long) format.width() * format.height());
        return size * 100 + Math.abs(offered.frameRate - format.framesPerSecond());
    }

    private static final class Running implements Capture {
        private @Nullable VideoCapture capture;

        Running(VideoCapture capture) {
            this.capture = capture;
        }

        @Override
        public synchronized void close() {
            if (capture != null) {
                capture.stop();
                capture.dispose();
                capture = null;
            }
        }
    }
}
