package dev.videosession.app.console;

import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.window.Outcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.SubscriberOptions;
import io.reactivex.rxjava3.core.Completable;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** A moderator in one session, who neither publishes nor listens. Everything happens on the Swing thread. */
final class Console {
    private static final int GOODBYE_MILLIS = 3000;
    private static final SubscriberOptions THUMBNAIL = SubscriberOptions.EVERYTHING
            .withAudio(false)
            .withPreferredResolution(new Dimensions(320, 180))
            .withPreferredFrameRate(10);
    static final Capabilities NOTHING = new Capabilities(false, false, false, false, false, false);

    private final ConsoleOptions options;
    private final Runnable onEnded;
    private final Session session;
    private final ConsoleWindow window;
    private boolean leaving;
    private boolean ended;

    private Console(ConsoleOptions options, MediaEngine engine, Runnable onEnded) {
        this.options = options;
        this.onEnded = onEnded;
        this.session = Session.builder(
                        options.server().nodes(),
                        TokenProject.of(options.token()).orElse(""),
                        options.sessionId())
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        this.window = new ConsoleWindow("Console of a video session", new Buttons());
        session.addListener(new ConsoleListener(this, window));
    }

    /**
     * Opens the window and enters the session.
     *
     * @param onEnded called once when the session is left and the window closed
     * @throws IllegalArgumentException if the address or the id cannot be one
     */
    static Console open(ConsoleOptions options, MediaEngine engine, Runnable onEnded) {
        Console console = new Console(options, engine, onEnded);
        console.window.frame().open();
        console.connect();
        return console;
    }

    private void connect() {
        window.frame().setRejoin(false);
        window.frame().setStatus("Connecting ...");
        session.connect(options.token()).subscribe(new Outcome(this::entered, this::connectFailed));
    }

    private void entered() {
        showConnected();
        boolean moderator = session.capabilities()
                .filter(may -> may.forceDisconnect() || may.forceUnpublish() || may.forceMute())
                .isPresent();
        if (!moderator && session.state().isEstablished()) {
            window.frame().setNotice("This token lets you watch, but not moderate.");
        }
    }

    private void connectFailed(Throwable failure) {
        if (!ended) {
            window.frame().setStatus("Not connected");
            window.frame().setNotice("Connecting was refused. " + explain(failure));
            window.frame().setRejoin(failure instanceof SessionException e && e.isRetryable());
        }
    }

    private static String explain(Throwable failure) {
        return failure instanceof SessionException e
                ? e.code() + " " + e.errorName() + ": " + EventText.message(e.getMessage())
                : EventText.message(failure.getMessage());
    }

    void showConnected() {
        if (session.state().isEstablished() && !leaving) {
            Capabilities powers = session.capabilities().orElse(NOTHING);
            window.setPowers(powers);
            String role = session.connection().map(own -> own.role().wireName()).orElse("nobody");
            window.frame()
                    .setStatus("Connected as " + role + ", "
                            + counted(session.connections().size() - 1, "other") + ", "
                            + counted(session.streams().size(), "stream"));
        }
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    boolean isOwn(Connection connection) {
        return session.connection().filter(connection::equals).isPresent();
    }

    void show(Connection connection) {
        if (!isOwn(connection)) {
            window.participants().add(connection);
        }
        showConnected();
    }

    void show(Stream stream) {
        boolean maySubscribe =
                session.capabilities().filter(Capabilities::subscribe).isPresent();
        if (maySubscribe) {
            Subscriber subscriber = session.subscribe(stream, THUMBNAIL);
            subscriber.addListener(new SubscriberListener() {
                @Override
                public void onError(SessionException error) {
                    window.timeline()
                            .add(
                                    "subscriberError",
                                    DisplayText.isolateInSwing(Names.of(stream)) + ", " + explain(error));
                }
            });
            window.participants().add(stream, subscriber.video());
        } else {
            window.participants().add(stream, null);
        }
        showConnected();
    }

    void ended(DisconnectReason reason, String explanation) {
        window.participants().clear();
        window.setPowers(NOTHING);
        if (!leaving) {
            window.frame().setStatus("Not connected: " + reason.wireName());
            window.frame().setNotice(explanation);
            window.frame().setRejoin(reason == DisconnectReason.NETWORK_DISCONNECTED);
        }
    }

    /** Leaves the session and closes the window. A second call does nothing. */
    void leave() {
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
        window.participants().clear();
        session.close();
        window.frame().close();
        onEnded.run();
    }

    private final class Buttons implements ModeratorActions {
        private void command(String what, Completable command) {
            command.subscribe(new Outcome(
                    () -> window.frame().setNotice(""),
                    failure -> window.frame().setNotice(what + " was refused. " + explain(failure))));
        }

        @Override
        public void remove(Connection connection, String message, boolean ban) {
            command(
                    "Removing " + DisplayText.isolateInSwing(Names.of(connection)),
                    session.forceDisconnect(
                            connection, new ForceDisconnectOptions(message.isBlank() ? null : message, ban)));
        }

        @Override
        public void unpublish(StreamId stream) {
            command("Ending the stream", session.forceUnpublish(stream));
        }

        @Override
        public void mute(StreamId stream) {
            command("Muting the stream", session.forceMuteStream(stream));
        }

        @Override
        public void muteAll() {
            command("Muting all streams", session.forceMuteAll());
        }

        @Override
        public void liftMute() {
            command("Lifting the mute", session.disableForceMute());
        }

        @Override
        public void rejoin() {
            window.frame().setNotice("");
            connect();
        }

        @Override
        public void leave() {
            Console.this.leave();
        }
    }
}
