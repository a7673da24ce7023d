package dev.videosession.app.device;

import dev.videosession.app.window.CommandOutcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherBuilder;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * The publisher of the user's media. It is replaced when the stream gets another name or a microphone; a microphone that does not open is
 * left out. For the Swing thread.
 */
final class OwnPublisher implements AutoCloseable {
    /**
     * What to publish.
     *
     * @param name of the stream
     * @param audio the microphone, or null for none
     * @param sendsAudio whether audio is sent
     * @param sendsVideo whether video is sent
     */
    record Wanted(String name, @Nullable AudioSource audio, boolean sendsAudio, boolean sendsVideo) {}

    /** Receives what becomes of it. */
    interface OpenListener {
        /** There is a publisher in place of the former one. */
        void onOpened(Publisher now, @Nullable Publisher former);

        /** The microphone did not open. */
        void onMicrophoneFailed(Throwable failure);
    }

    private final MediaEngine engine;
    private final VideoSource camera;
    private final Supplier<Wanted> wanted;
    private final OpenListener listener;
    private @Nullable Publisher publisher;
    private boolean opening;
    private boolean openAgain;
    private boolean microphone;
    private boolean closed;

    OwnPublisher(MediaEngine engine, VideoSource camera, Supplier<Wanted> wanted, OpenListener listener) {
        this.engine = engine;
        this.camera = camera;
        this.wanted = wanted;
        this.listener = listener;
    }

    @Nullable
    Publisher current() {
        return publisher;
    }

    boolean isOpening() {
        return opening;
    }

    boolean hasMicrophone() {
        return microphone;
    }

    /** Opens a publisher, or another one; while one is being opened, afterwards. */
    void open() {
        if (opening) {
            openAgain = true;
        } else {
            opening = true;
            start(wanted.get());
        }
    }

    private void start(Wanted now) {
        PublisherBuilder builder = Publisher.builder()
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .name(now.name())
                .video(camera)
                .publishVideo(now.sendsVideo());
        if (now.audio() != null) {
            builder.audio(now.audio()).publishAudio(now.sendsAudio());
        }
        Publisher next = builder.build();
        boolean audio = now.audio() != null;
        next.start()
                .subscribe(new CommandOutcome(
                        () -> SwingUtilities.invokeLater(() -> opened(next, audio)),
                        failure -> SwingUtilities.invokeLater(() -> failed(next, audio, failure))));
    }

    private void opened(Publisher next, boolean audio) {
        if (closed) {
            next.destroy();
            return;
        }
        opening = false;
        Publisher former = publisher;
        publisher = next;
        microphone = audio;
        Wanted now = wanted.get();
        next.publishVideo(now.sendsVideo()); // both may have changed in between
        next.publishAudio(now.sendsAudio());
        listener.onOpened(next, former);
        if (openAgain) {
            openAgain = false;
            open();
        }
    }

    private void failed(Publisher next, boolean audio, Throwable failure) {
        next.destroy();
        if (closed) {
            return;
        }
        opening = false;
        openAgain = false;
        listener.onMicrophoneFailed(failure);
        if (audio && publisher == null) {
            open();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (publisher != null) {
            publisher.destroy();
        }
    }
}
