package dev.videosession.app.device;

import dev.videosession.app.event.EventText;
import dev.videosession.app.synthetic.SyntheticCamera;
import dev.videosession.app.text.Texts;
import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherBuilder;
import io.reactivex.rxjava3.observers.DisposableCompletableObserver;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's camera and microphone, in the lobby and in a call. Each is opened when the user turns it on for the first time; one that
 * fails is reported, and tried again when the user turns it on again. For the Swing thread.
 */
public final class OwnMedia implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnMedia.class);
    private static final int LOWEST_TONE = 300;

    /** Learns what changed. Called on the Swing thread. */
    public interface MediaListener {
        /**
         * There is a publisher, in place of the former one.
         *
         * @param now the new one
         * @param former to be destroyed by the listener when it needs it no longer; or null
         */
        void onPublisher(Publisher now, @Nullable Publisher former);

        /** Something was turned on or off. */
        void onMediaChanged();

        /**
         * A device cannot be used.
         *
         * @param sentence what to tell the user
         */
        void onMediaFailed(String sentence);
    }

    private final MediaEngine engine;
    private final boolean synthetic;
    private final CameraSwitch camera = new CameraSwitch(this::cameraLost);
    private MediaListener listener = new NoListener();
    private String name;
    private @Nullable MediaDevice cameraDevice;
    private @Nullable MediaDevice microphoneDevice;
    private @Nullable Publisher publisher;
    private boolean opening;
    private boolean openAgain;
    private boolean microphone;
    private boolean wantMicrophone;
    private boolean muted;
    private boolean cameraOn;
    private boolean closed;

    /**
     * Nothing is opened yet.
     *
     * @param engine outlives it
     * @param name of the stream
     * @param synthetic whether a pattern and a tone take the place of the devices
     */
    public OwnMedia(MediaEngine engine, String name, boolean synthetic) {
        this.engine = engine;
        this.name = name;
        this.synthetic = synthetic;
    }

    /**
     * Changes who learns what changes, and reports the current publisher to it.
     *
     * @param now learns what changes from now on
     */
    public void setListener(MediaListener now) {
        listener = now;
        if (publisher != null) {
            now.onPublisher(publisher, null);
        }
        now.onMediaChanged();
    }

    /** {@return the publisher, or null before something was turned on} */
    public @Nullable Publisher publisher() {
        return publisher;
    }

    /** {@return whether a microphone is open} */
    public boolean hasMicrophone() {
        return microphone;
    }

    /** {@return whether audio is sent} */
    public boolean isAudible() {
        return microphone && !muted;
    }

    /** {@return whether video of the camera is sent} */
    public boolean isCameraOn() {
        return cameraOn;
    }

    /** {@return whether there is something that can be published} */
    public boolean hasSomething() {
        return publisher != null && (microphone || cameraOn);
    }

    /**
     * Renames the stream. A running publisher is replaced.
     *
     * @param newName of the stream
     */
    public void rename(String newName) {
        if (!name.equals(newName)) {
            name = newName;
            if (publisher != null) {
                openPublisher();
            }
        }
    }

    /**
     * Opens the microphone, unless it is open, and sends its audio or not.
     *
     * @param sent whether audio is sent
     */
    public void setMicrophone(boolean sent) {
        muted = !sent;
        wantMicrophone = true;
        if (microphone && publisher != null) {
            publisher.publishAudio(sent);
            listener.onMediaChanged();
        } else {
            openPublisher();
        }
    }

    /** A moderator muted the microphone. */
    public void mutedByModerator() {
        muted = true;
        listener.onMediaChanged();
    }

    /**
     * Chooses a microphone; one that is open is replaced.
     *
     * @param device null for the default
     */
    public void chooseMicrophone(@Nullable MediaDevice device) {
        microphoneDevice = device;
        if (wantMicrophone) {
            openPublisher();
        }
    }

    /**
     * Chooses a camera; one that is open is replaced.
     *
     * @param device null for the first one
     */
    public void chooseCamera(@Nullable MediaDevice device) {
        cameraDevice = device;
        if (cameraOn) {
            setCamera(true);
        }
    }

    /**
     * Opens the camera and sends its video, or closes it.
     *
     * @param on whether
     */
    public void setCamera(boolean on) {
        if (!on) {
            cameraOn = false;
            camera.turnOff();
            cameraChanged();
            return;
        }
        if (publisher == null && !opening) {
            openPublisher();
        }
        camera.turnOn(cameraSource(), failure -> {
            if (closed) {
                return;
            }
            cameraOn = failure == null;
            if (failure != null) {
                LOG.info("event=cameraUnavailable reason=\"{}\"", failure.getMessage());
                listener.onMediaFailed(explain(failure));
            }
            cameraChanged();
        });
    }

    private void cameraChanged() {
        if (publisher != null) {
            publisher.publishVideo(cameraOn);
        }
        listener.onMediaChanged();
    }

    private void cameraLost() {
        if (cameraOn) {
            setCamera(false);
            listener.onMediaFailed(Texts.of("media.cameraLost"));
        }
    }

    private static final class NoListener implements MediaListener {
        @Override
        public void onPublisher(Publisher now, @Nullable Publisher former) {
            // the first listener is told of it
        }

        @Override
        public void onMediaChanged() {
            // the first listener asks for it
        }

        @Override
        public void onMediaFailed(String sentence) {
            LOG.info("event=mediaUnavailable reason=\"{}\"", sentence);
        }
    }

    private void openPublisher() {
        if (opening) {
            openAgain = true;
            return;
        }
        opening = true;
        open(wantMicrophone);
    }

    private void open(boolean withMicrophone) {
        PublisherBuilder builder = Publisher.builder()
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .name(name)
                .video(camera)
                .publishVideo(cameraOn);
        if (withMicrophone) {
            builder.audio(microphoneSource()).publishAudio(!muted);
        }
        Publisher next = builder.build();
        next.start().subscribe(new DisposableCompletableObserver() {
            @Override
            public void onComplete() {
                SwingUtilities.invokeLater(() -> opened(next, withMicrophone));
            }

            @Override
            public void onError(Throwable failure) {
                SwingUtilities.invokeLater(() -> failed(next, withMicrophone, failure));
            }
        });
    }

    private void opened(Publisher next, boolean withMicrophone) {
        if (closed) {
            next.destroy();
            return;
        }
        opening = false;
        Publisher former = publisher;
        publisher = next;
        microphone = withMicrophone;
        next.publishVideo(cameraOn); // both may have changed in between
        next.publishAudio(!muted);
        listener.onPublisher(next, former);
        listener.onMediaChanged();
        if (openAgain) {
            openAgain = false;
            openPublisher();
        }
    }

    private void failed(Publisher next, boolean withMicrophone, Throwable failure) {
        next.destroy();
        if (closed) {
            return;
        }
        LOG.info("event=microphoneUnavailable reason=\"{}\"", failure.getMessage());
        listener.onMediaFailed(explain(failure));
        wantMicrophone = false;
        if (withMicrophone && publisher == null) {
            open(false);
        } else {
            opening = false;
            openAgain = false;
            listener.onMediaChanged();
        }
    }

    private static String explain(Throwable failure) {
        if (failure instanceof MediaUnavailableException e) {
            return switch (e.missing()) {
                case CAMERA -> Texts.of("media.noCamera");
                case MICROPHONE -> Texts.of("media.noMicrophone");
                case SPEAKER, SCREEN, NATIVE_LIBRARY -> EventText.message(e.getMessage());
            };
        }
        return Texts.of("media.failed", EventText.message(failure.getMessage()));
    }

    private VideoSource cameraSource() {
        return synthetic
                ? new SyntheticCamera(VideoFormat.P360, SyntheticCamera.hueOf(name))
                : VideoSources.camera(cameraDevice, VideoFormat.P360);
    }

    private AudioSource microphoneSource() {
        return synthetic
                ? AudioSources.tone(LOWEST_TONE + (name.hashCode() & 0xFF))
                : AudioSources.microphone(microphoneDevice);
    }

    /** Closes the devices and destroys the publisher. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            camera.close();
            if (publisher != null) {
                publisher.destroy();
            }
        }
    }
}
