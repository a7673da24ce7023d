package dev.videosession.app.device;

import dev.videosession.app.window.CommandOutcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.session.Publisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's camera and microphone, in the lobby and in a call. Each device is opened when the user turns it on for the first time. A
 * failure is reported, and the device is tried again when the user turns it on again. After {@link #close()} no device is opened. For the
 * Swing thread.
 */
public final class OwnMedia implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnMedia.class);

    private final MediaSources sources;
    private final OwnCamera camera;
    private final MicrophonePreview preview = new MicrophonePreview();
    private final OwnPublisher own;
    private MediaListener listener = new SilentListener();
    private String name;
    private @Nullable MediaDevice microphoneDevice;
    private boolean entering;
    private boolean wantMicrophone;
    private boolean muted;
    private boolean closed;

    /**
     * Creates the media without opening a device.
     *
     * @param engine outlives it
     * @param name of the stream
     * @param sources of the cameras and microphones
     */
    public OwnMedia(MediaEngine engine, String name, MediaSources sources) {
        this.name = name;
        this.sources = sources;
        this.camera = new OwnCamera(device -> sources.camera(device, this.name), new CameraChanges());
        this.own = new OwnPublisher(engine, camera.source(), this::wanted, new Opening());
    }

    /**
     * Replaces the listener, and reports the current publisher to it.
     *
     * @param now receives all later changes
     */
    public void setListener(MediaListener now) {
        listener = now;
        Publisher publisher = own.current();
        if (publisher != null) {
            now.onPublisher(publisher, null);
        }
        now.onMediaChanged();
    }

    /** {@return the publisher, or null before a device was turned on} */
    public @Nullable Publisher publisher() {
        return own.current();
    }

    /** {@return whether a microphone is open for the call} */
    public boolean hasMicrophone() {
        return own.hasMicrophone();
    }

    /** {@return whether audio is sent} */
    public boolean isAudible() {
        return own.hasMicrophone() && !muted;
    }

    /** {@return whether the microphone is recorded for {@link #previewLevel()}} */
    public boolean isPreviewing() {
        return preview.isOn();
    }

    /** {@return whether video of the camera is sent} */
    public boolean isCameraOn() {
        return camera.isOn();
    }

    /** {@return whether there is media to publish} */
    public boolean hasSomething() {
        return !entering && own.current() != null && (own.hasMicrophone() || isCameraOn());
    }

    /**
     * Replaces the devices that the operating system lists by those that the user can choose.
     *
     * @param attached the attached devices
     * @return the same devices, or other cameras and microphones
     */
    public DeviceList offered(DeviceList attached) {
        return sources.offered(attached);
    }

    /** {@return the chosen camera, or null for the default} */
    public @Nullable MediaDevice camera() {
        return camera.device();
    }

    /** {@return the chosen microphone, or null for the default} */
    public @Nullable MediaDevice microphone() {
        return microphoneDevice;
    }

    /**
     * Starts or stops recording the microphone for its level, without sending it.
     *
     * @param on whether
     */
    public void previewMicrophone(boolean on) {
        if (closed) {
            return;
        }
        if (on) {
            preview.turnOn(sources.level(microphoneDevice, name), this::previewed);
        } else {
            preview.turnOff(listener::onMediaChanged);
        }
    }

    private void previewed(@Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (failure == null) {
            listener.onMediaChanged();
        } else {
            failed(MediaFailures.explainMissing(failure), failure);
        }
    }

    /** {@return the level of the microphone that is recorded for it, 0 to 1, linear} */
    public double previewLevel() {
        return preview.level();
    }

    /**
     * Goes from the lobby into a call: names the stream and opens the microphone for it.
     *
     * @param newName of the stream
     * @param sent whether audio is sent
     */
    public void enter(String newName, boolean sent) {
        if (closed) {
            return;
        }
        name = newName;
        entering = true;
        muted = !sent;
        wantMicrophone = true;
        preview.turnOff(() -> {
            if (!closed) {
                own.open();
            }
        });
    }

    /**
     * Opens the microphone if necessary, and starts or stops sending its audio.
     *
     * @param sent whether audio is sent
     */
    public void setMicrophone(boolean sent) {
        if (closed) {
            return;
        }
        muted = !sent;
        wantMicrophone = true;
        Publisher publisher = own.current();
        if (own.hasMicrophone() && publisher != null) {
            publisher.publishAudio(sent);
            listener.onMediaChanged();
        } else {
            own.open();
        }
    }

    /** Records that a moderator muted the microphone. */
    public void mutedByModerator() {
        muted = true;
        listener.onMediaChanged();
    }

    /**
     * Chooses a microphone. An open one is replaced; if that fails, the open one stays in use.
     *
     * @param device null for the default
     */
    public void chooseMicrophone(@Nullable MediaDevice device) {
        if (closed) {
            return;
        }
        MediaDevice former = microphoneDevice;
        Publisher publisher = own.current();
        microphoneDevice = device;
        if (preview.isWanted()) {
            previewMicrophone(true);
        } else if (own.hasMicrophone() && publisher != null) {
            publisher
                    .switchAudio(sources.microphone(device, name))
                    .subscribe(new CommandOutcome(listener::onMediaChanged, failure -> {
                        microphoneDevice = former;
                        failed(MediaFailures.explain(failure), failure);
                    }));
        } else if (wantMicrophone) {
            own.open();
        }
    }

    /**
     * Chooses a camera. An open one is replaced; if that fails, the open one stays in use.
     *
     * @param device null for the first one
     */
    public void chooseCamera(@Nullable MediaDevice device) {
        if (!closed) {
            camera.choose(device);
        }
    }

    /**
     * Opens the camera and sends its video, or closes it.
     *
     * @param on whether
     */
    public void setCamera(boolean on) {
        if (closed) {
            return;
        }
        if (!on) {
            camera.turnOff();
            return;
        }
        if (own.current() == null && !own.isOpening()) {
            own.open();
        }
        camera.turnOn();
    }

    private final class CameraChanges implements OwnCamera.CameraListener {
        @Override
        public void onCameraChanged() {
            Publisher publisher = own.current();
            if (publisher != null) {
                publisher.publishVideo(isCameraOn());
            }
            listener.onMediaChanged();
        }

        @Override
        public void onCameraFailed(String sentence, Throwable failure) {
            failed(sentence, failure);
        }

        @Override
        public void onCameraLost(String sentence) {
            listener.onMediaFailed(sentence);
        }
    }

    private OwnPublisher.Wanted wanted() {
        return new OwnPublisher.Wanted(
                name, wantMicrophone ? sources.microphone(microphoneDevice, name) : null, !muted, isCameraOn());
    }

    private final class Opening implements OwnPublisher.OpenListener {
        @Override
        public void onOpened(Publisher now, @Nullable Publisher former) {
            entering = false;
            listener.onPublisher(now, former);
            listener.onMediaChanged();
        }

        @Override
        public void onMicrophoneFailed(Throwable failure) {
            wantMicrophone = false;
            entering = false;
            failed(MediaFailures.explainMissing(failure), failure);
        }
    }

    private void failed(String sentence, Throwable failure) {
        LOG.info("event=deviceUnavailable reason=\"{}\"", failure.getMessage());
        listener.onMediaFailed(sentence);
        listener.onMediaChanged();
    }

    /** Closes the devices and destroys the publisher. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            preview.close();
            camera.close();
            own.close();
        }
    }
}
