package dev.videosession.app.device;

import dev.videosession.app.text.Texts;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.VideoSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The user's camera: chosen, turned on and off, and replaced while it is on. After {@link #close()} nothing is opened. For the Swing
 * thread.
 */
final class OwnCamera implements AutoCloseable {
    private final CameraSwitch camera = new CameraSwitch(this::lost);
    private final DeviceState state = new DeviceState();
    private final Function<@Nullable MediaDevice, VideoSource> sources;
    private final CameraListener listener;
    private @Nullable MediaDevice device;
    private boolean closed;

    /** Receives what becomes of it. */
    interface CameraListener {
        /** The camera was turned on or off. */
        void onCameraChanged();

        /** A camera did not open; with a sentence for the user. */
        void onCameraFailed(String sentence, Throwable failure);

        /** The camera ended by itself, and is turned off; with a sentence for the user. */
        void onCameraLost(String sentence);
    }

    /** Closed. The sources make the source of a device, or of the default one for null. */
    OwnCamera(Function<@Nullable MediaDevice, VideoSource> sources, CameraListener listener) {
        this.sources = sources;
        this.listener = listener;
    }

    /** {@return the source that is published: it has frames while the camera is on} */
    VideoSource source() {
        return camera;
    }

    boolean isOn() {
        return state.isOpen();
    }

    /** {@return the chosen camera, or null for the default} */
    @Nullable
    MediaDevice device() {
        return device;
    }

    /** Chooses a camera, or the default one for null; one that is open is replaced, and continues if that fails. */
    void choose(@Nullable MediaDevice wanted) {
        MediaDevice former = device;
        device = wanted;
        if (isOn()) {
            camera.replace(sources.apply(wanted), failure -> {
                if (failure != null && !closed) {
                    device = former;
                    listener.onCameraFailed(MediaFailures.explain(failure), failure);
                }
            });
        } else if (state.isWanted()) {
            turnOn();
        }
    }

    void turnOn() {
        int request = state.request();
        camera.turnOn(sources.apply(device), failure -> {
            if (closed || !state.complete(request, failure == null)) {
                return;
            }
            if (failure != null) {
                listener.onCameraFailed(MediaFailures.explainMissing(failure), failure);
            }
            listener.onCameraChanged();
        });
    }

    void turnOff() {
        state.turnOff();
        camera.turnOff();
        listener.onCameraChanged();
    }

    private void lost() {
        if (isOn()) {
            turnOff();
            listener.onCameraLost(Texts.of("media.cameraLost"));
        }
    }

    @Override
    public void close() {
        closed = true;
        camera.close();
    }
}
