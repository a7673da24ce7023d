package dev.videosession.app.console;

import dev.videosession.app.event.EventText;
import dev.videosession.app.event.EventWords;
import dev.videosession.app.grid.Names;
import dev.videosession.app.text.Texts;
import dev.videosession.app.timeline.EntryKind;
import dev.videosession.app.timeline.TimelineEntry;
import dev.videosession.app.window.CommandOutcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.QualityScore;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.SubscriberOptions;
import io.reactivex.rxjava3.core.Completable;
import java.time.Clock;
import java.util.function.Function;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** A moderator's client in one session. It neither publishes nor receives audio. For the Swing thread. */
final class SessionConsole {
    private static final int GOODBYE_MILLIS = 3000;
    private static final SubscriberOptions THUMBNAIL = SubscriberOptions.EVERYTHING
            .withAudio(false)
            .withPreferredResolution(new Dimensions(320, 180))
            .withPreferredFrameRate(10);

    private final ConsoleOptions options;
    private final Runnable onEnded;
    private final Session session;
    private final SessionPane pane;
    private final Clock clock = Clock.systemUTC();
    private boolean leaving;
    private boolean ended;

    /**
     * A console that has not connected yet.
     *
     * @param options which session
     * @param engine outlives it
     * @param closing closes the session for all with a message, or null if that is not possible here
     * @param onEnded called once when the session is left
     * @throws IllegalArgumentException if the address or the id is invalid
     */
    SessionConsole(
            ConsoleOptions options,
            MediaEngine engine,
            @Nullable Function<String, Completable> closing,
            Runnable onEnded) {
        this.options = options;
        this.onEnded = onEnded;
        session = Session.builder(
                        options.server().nodes(),
                        TokenProject.of(options.token()).orElse(""),
                        options.sessionId())
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        RecordedActions commands = new RecordedActions(
                session, closing == null ? message -> Completable.complete() : closing, new Outcomes(), clock);
        pane = new SessionPane(commands, closing != null);
        pane.setExits(this::rejoin, this::leave);
        session.addListener(new ConsoleListener(this, pane));
    }

    private final class Outcomes implements RecordedActions.OutcomeListener {
        @Override
        public void onRecord(TimelineEntry entry) {
            pane.audit().add(entry);
        }

        @Override
        public void onDone(String sentence) {
            pane.showNotice(sentence, false);
        }

        @Override
        public void onRefused(String sentence) {
            pane.showNotice(sentence, true);
        }
    }

    SessionPane pane() {
        return pane;
    }

    JComponent component() {
        return pane;
    }

    void connect() {
        pane.setRejoin(false);
        pane.setStatus(Texts.of("call.connecting"));
        session.connect(options.token()).subscribe(new CommandOutcome(this::entered, this::connectFailed));
    }

    private void rejoin() {
        pane.clearNotice();
        connect();
    }

    private void entered() {
        showConnected();
        boolean moderator = session.capabilities()
                .filter(may -> may.forceDisconnect() || may.forceUnpublish() || may.forceMute())
                .isPresent();
        if (!moderator && session.state().isEstablished()) {
            pane.showNotice(Texts.of("console.watchOnly"), true);
        }
    }

    private void connectFailed(Throwable failure) {
        if (!ended) {
            pane.setStatus(Texts.of("call.notConnected"));
            pane.showNotice(Texts.of("console.connectRefused", RecordedActions.explain(failure)), true);
            pane.setRejoin(failure instanceof SessionException e && e.isRetryable());
        }
    }

    void showConnected() {
        if (session.state().isEstablished() && !leaving) {
            pane.setPowers(session.capabilities().orElse(SessionPane.NOTHING));
            String role = session.connection().map(own -> own.role().wireName()).orElse("");
            pane.setStatus(Texts.of(
                    "console.connected",
                    role,
                    session.connections().size() - 1,
                    session.streams().size()));
        }
    }

    boolean isOwn(Connection connection) {
        return session.connection().filter(connection::equals).isPresent();
    }

    void record(SessionEvent event) {
        pane.timeline()
                .add(EventWords.of(event, clock.instant(), session.connection().orElse(null)));
    }

    private void record(EntryKind kind, String type, String text) {
        pane.timeline().add(new TimelineEntry(clock.instant(), kind, type, text));
    }

    void recordFailure(SessionException error) {
        record(EntryKind.ERRORS, "exception", RecordedActions.explain(error));
    }

    void show(Connection connection) {
        if (!isOwn(connection)) {
            pane.participants().add(connection);
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
                public void onQualityScoreChanged(QualityScore score) {
                    pane.participants().setQuality(stream.id(), Names.quality(score));
                }

                @Override
                public void onError(SessionException error) {
                    record(
                            EntryKind.ERRORS,
                            "subscriberError",
                            DisplayText.isolateInSwing(Names.of(stream)) + ": " + RecordedActions.explain(error));
                }
            });
            pane.participants().add(stream, subscriber.video());
        } else {
            pane.participants().add(stream, null);
        }
        showConnected();
    }

    void ended(SessionDisconnectEvent event) {
        pane.participants().clear();
        pane.setPowers(SessionPane.NOTHING);
        if (!leaving) {
            String why = EventWords.of(event.detail());
            pane.setStatus(Texts.of("call.notConnected"));
            pane.showNotice(
                    event.message()
                            .map(message -> Texts.of("console.removedWith", EventText.message(message)))
                            .orElseGet(() -> Texts.of("console.removed", why)),
                    true);
            pane.setRejoin(event.reason() == DisconnectReason.NETWORK_DISCONNECTED
                    || event.detail() == DisconnectDetail.SESSION_CLOSED);
        }
    }

    /** Leaves the session. A second call does nothing. */
    void leave() {
        if (leaving) {
            return;
        }
        leaving = true;
        pane.setStatus(Texts.of("call.leaving"));
        Timer limit = new Timer(GOODBYE_MILLIS, event -> end());
        limit.setRepeats(false);
        limit.start();
        session.disconnect().subscribe(new CommandOutcome(this::end, failure -> end()));
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        pane.clearNotice();
        pane.participants().clear();
        session.close();
        onEnded.run();
    }
}
