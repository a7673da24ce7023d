package dev.videosession.app.call;

import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.window.Outcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import java.util.ArrayList;
import java.util.List;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** One user in one session, with a window. Everything happens on the Swing thread. */
public final class Call {
    private static final int GOODBYE_MILLIS = 3000;

    private final CallOptions options;
    private final Runnable onEnded;
    private final Session session;
    private final CallWindow window;
    private final ScreenShare share;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private @Nullable OwnMedia own;
    private boolean leaving;
    private boolean ended;

    private Call(CallOptions options, MediaEngine engine, Runnable onEnded) {
        this.options = options;
        this.onEnded = onEnded;
        this.session = Session.builder(
                        options.server().nodes(),
                        TokenProject.of(options.token()).orElse(""),
                        options.sessionId())
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        this.window = new CallWindow(options.name() + " in a video session", new Buttons());
        this.share = new ScreenShare(session, engine, options.name(), window);
        session.addListener(new Listener());
    }

    /**
     * Opens the window, the devices and the session.
     *
     * @param options which session
     * @param engine must outlive the call
     * @param onEnded called once, on the Swing thread, when the session is left and the window closed
     * @return the call
     * @throws IllegalArgumentException if the address or the id cannot be one
     */
    public static Call open(CallOptions options, MediaEngine engine, Runnable onEnded) {
        Call call = new Call(options, engine, onEnded);
        call.window.frame().open();
        call.connect();
        OwnMedia.open(options, engine, call::mediaOpened);
        return call;
    }

    private void connect() {
        window.frame().setRejoin(false);
        window.frame().setStatus("Connecting ...");
        session.connect(options.token()).subscribe(new Outcome(this::publish, this::connectFailed));
    }

    private void connectFailed(Throwable failure) {
        if (!ended) {
            window.frame().setStatus("Not connected");
            window.frame().setNotice("Connecting failed: " + EventText.message(failure.getMessage()));
            window.frame().setRejoin(failure instanceof SessionException e && e.isRetryable());
        }
    }

    private void mediaOpened(OwnMedia media) {
        if (leaving) {
            destroy(media);
            return;
        }
        own = media;
        window.frame().setNotice(media.notice());
        window.setOwnMedia(media.audio(), media.video());
        Publisher publisher = media.publisher();
        if (publisher != null) {
            publisher.addListener(new OwnListener(publisher));
            window.grid().showPreview(publisher.video(), Names.remarked(options.name(), "you"));
            window.grid().setPreviewShown(media.video());
            publish();
        }
    }

    /** Publishes once the session is connected and the devices are open, whichever comes last. */
    private void publish() {
        showConnected();
        Publisher publisher = own == null ? null : own.publisher();
        boolean mayPublish = session.capabilities()
                .filter(capabilities -> capabilities.publish())
                .isPresent();
        window.setMayPublish(mayPublish);
        if (mayPublish && publisher != null && publisher.session().isEmpty() && !publisher.isDestroyed()) {
            session.publish(publisher)
                    .subscribe(new Outcome(
                            () -> {},
                            failure -> window.frame()
                                    .setNotice("Publishing failed: " + EventText.message(failure.getMessage()))));
        }
    }

    private void showConnected() {
        if (session.state().isEstablished() && !leaving) {
            int people = session.connections().size();
            window.frame()
                    .setStatus("Connected, " + (people == 1 ? "no other participants" : people + " participants"));
        }
    }

    /** Leaves the session and closes the window. A second call does nothing. */
    public void leave() {
        if (leaving) {
            return;
        }
        leaving = true;
        window.frame().setStatus("Leaving ...");
        Timer impatience = new Timer(GOODBYE_MILLIS, event -> end());
        impatience.setRepeats(false);
        impatience.start();
        session.disconnect().subscribe(new Outcome(this::end, failure -> end()));
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        share.stop();
        if (own != null) {
            destroy(own);
        }
        window.grid().hideStreams();
        window.grid().hidePreview();
        session.close();
        window.frame().close();
        onEnded.run();
    }

    private static void destroy(OwnMedia media) {
        if (media.publisher() != null) {
            media.publisher().destroy();
        }
    }

    private void forgetStreams() {
        subscribers.forEach(Subscriber::destroy);
        subscribers.clear();
        window.grid().hideStreams();
    }

    private final class Buttons implements CallWindow.CallActions {
        @Override
        public void mute(boolean on) {
            if (own != null && own.publisher() != null) {
                own.publisher().publishAudio(!on);
                window.setMuted(on);
            }
        }

        @Override
        public void camera(boolean on) {
            if (own != null && own.publisher() != null) {
                own.publisher().publishVideo(on);
                window.setCamera(on);
                window.grid().setPreviewShown(on);
            }
        }

        @Override
        public void share(boolean on) {
            if (on) {
                share.start();
            } else {
                share.stop();
            }
        }

        @Override
        public void rejoin() {
            forgetStreams();
            window.frame().setNotice(own == null ? "" : own.notice());
            connect();
        }

        @Override
        public void leave() {
            Call.this.leave();
        }
    }

    private final class Listener implements SessionListener {
        private final ParticipantGrid grid = window.grid();

        @Override
        public void onDisconnected(SessionDisconnectEvent event) {
            window.setMayPublish(false);
            if (leaving) {
                return;
            }
            if (event.reason() == DisconnectReason.NETWORK_DISCONNECTED) {
                event.preventDefault(); // the last pictures stay, and the camera is ready to be published again
                share.stop();
                window.frame().setStatus("Not connected: " + event.reason().wireName());
                window.frame().setNotice("The connection was lost. Rejoin when the network is back.");
                window.frame().setRejoin(true);
            } else {
                subscribers.clear();
                grid.hideStreams();
                grid.hidePreview();
                window.setOwnMedia(false, false);
                window.frame().setStatus("Not connected: " + event.reason().wireName());
                window.frame()
                        .setNotice(event.message()
                                .map(message -> "You were removed from the session: " + EventText.message(message))
                                .orElse("You are no longer in the session ("
                                        + event.detail().wireName() + ")."));
            }
        }

        @Override
        public void onReconnecting(SessionEvent.SessionReconnecting event) {
            window.frame().setStatus("Reconnecting ...");
        }

        @Override
        public void onReconnected(SessionEvent.SessionReconnected event) {
            showConnected();
        }

        @Override
        public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
            showConnected();
        }

        @Override
        public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
            showConnected();
        }

        @Override
        public void onStreamCreated(SessionEvent.StreamCreated event) {
            Subscriber subscriber = session.subscribe(event.stream());
            subscribers.add(subscriber);
            grid.show(event.stream(), subscriber.video());
        }

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            subscribers.removeIf(subscriber -> subscriber.stream().equals(event.stream()));
            grid.hide(event.stream().id());
        }

        @Override
        public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
            grid.update(event.stream());
        }
    }

    private final class OwnListener implements PublisherListener {
        private final Publisher publisher;

        OwnListener(Publisher publisher) {
            this.publisher = publisher;
        }

        @Override
        public void onMuteForced() {
            window.setMuted(!publisher.publishesAudio());
            window.frame().setNotice("A moderator muted you. You may unmute yourself.");
        }

        @Override
        public void onDestroyed() {
            if (!ended) {
                window.grid().hidePreview();
                window.setOwnMedia(false, false);
            }
        }

        @Override
        public void onError(SessionException error) {
            window.frame().setNotice("Your picture and sound cannot be sent: " + EventText.message(error.getMessage()));
        }
    }
}
