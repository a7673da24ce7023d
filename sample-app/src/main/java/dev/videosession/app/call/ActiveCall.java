package dev.videosession.app.call;

import dev.videosession.app.control.Banner;
import dev.videosession.app.control.Confirmation;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.people.People;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.Outcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** One user in one session, from joining to leaving. For the Swing thread. */
final class ActiveCall {
    private static final int GOODBYE_MILLIS = 3000;

    /** Where the user goes from here. */
    interface CallExits {
        void ended(EndText text);

        void lobby();
    }

    private final CallOptions options;
    private final CallExits exits;
    private final OwnMedia media;
    private final Session session;
    private final CallPanel panel;
    private final People people = new People();
    private final CallSignals signals;
    private final ReceivedStreams streams;
    private final ScreenShare share;
    private @Nullable Publisher publishing;
    private boolean leaving;
    private boolean closed;

    ActiveCall(CallOptions options, MediaEngine engine, OwnMedia media, Runnable openSettings, CallExits exits) {
        this.options = options;
        this.exits = exits;
        this.media = media;
        session = Session.builder(
                        options.server().nodes(),
                        TokenProject.of(options.token()).orElse(""),
                        options.sessionId())
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        panel = new CallPanel(new UserActions(), this::say, openSettings);
        signals = new CallSignals(session, options.name(), people, panel.chat(), this::remark);
        streams = new ReceivedStreams(session, panel.grid());
        share = new ScreenShare(session, engine, options.name(), new Sharing());
        session.addListener(new CallListener(this, session, people, signals, streams));
    }

    CallPanel panel() {
        return panel;
    }

    boolean isLeaving() {
        return leaving;
    }

    private Banner banner() {
        return panel.banner();
    }

    void notice(String text, boolean important) {
        banner().setAction("", "", null);
        banner().show(text, important, false);
    }

    /** Shows a sentence that the user can close. */
    private void remark(String text) {
        notice(text, true);
        banner().setAction("dismiss", Texts.of("call.dismiss"), banner()::clear);
    }

    void connect() {
        media.setListener(new Media());
        banner().clear();
        showState();
        panel.header().setStatus(Texts.of("call.connecting"));
        session.connect(options.token()).subscribe(new Outcome(this::connected, this::connectFailed));
    }

    private void connected() {
        session.connection().ifPresent(people::setOwn);
        signals.announce(null);
        showState();
        publish();
    }

    private void connectFailed(Throwable failure) {
        if (closed) {
            return;
        }
        panel.header().setStatus(Texts.of("call.notConnected"));
        notice(Texts.of("call.connectFailed", EventText.message(failure.getMessage())), true);
        if (failure instanceof SessionException e && e.isRetryable()) {
            banner().setAction("rejoin", Texts.of("call.retry"), this::connect);
        } else {
            banner().setAction("to-lobby", Texts.of("end.lobby"), exits::lobby);
        }
    }

    /** Publishes when the session is connected and a device is open, whichever comes last; each publisher once. */
    private void publish() {
        Publisher publisher = media.publisher();
        if (publisher == null || publisher == publishing || publisher.isDestroyed()) {
            return;
        }
        if (leaving || !media.hasSomething() || !mayPublish()) {
            return;
        }
        publishing = publisher;
        session.publish(publisher).subscribe(new Outcome(() -> {}, failure -> {
            if (publishing == publisher) {
                publishing = null;
                notice(Texts.of("call.publishFailed", EventText.message(failure.getMessage())), true);
            }
        }));
    }

    private boolean mayPublish() {
        return session.state().isEstablished()
                && session.capabilities().filter(Capabilities::publish).isPresent();
    }

    /** Shows who is here and what can be pressed. */
    void showState() {
        boolean connected = session.state().isEstablished() && !leaving;
        panel.controls().setPossible(connected, connected && mayPublish());
        panel.chat().setWritable(connected);
        panel.people().show(people.list());
        people.list().forEach(person -> panel.grid().setHand(person.id(), person.hand()));
        if (connected) {
            int watchers = people.watchers();
            String status = Texts.of("call.connected", people.participants());
            panel.header().setStatus(watchers == 0 ? status : Texts.of("call.connectedWatched", status, watchers));
        }
    }

    void reconnecting() {
        panel.header().setStatus(Texts.of("call.reconnecting"));
        banner().setAction("", "", null);
        banner().show(Texts.of("call.reconnectingNotice"), true, true);
    }

    void reconnected() {
        banner().clear();
        showState();
    }

    /** The session has ended by itself, and the media remain as they are. */
    void connectionLost() {
        publishing = null;
        share.stop();
        people.clear();
        showState();
        panel.header().setStatus(Texts.of("call.notConnected"));
        notice(Texts.of("call.lost"), true);
        banner().setAction("rejoin", Texts.of("end.rejoin"), () -> {
            streams.clear();
            connect();
        });
    }

    void ended(EndText text) {
        close();
        exits.ended(text);
    }

    /** Leaves the session. A second call does nothing. */
    void leave() {
        if (leaving || closed) {
            return;
        }
        leaving = true;
        showState();
        panel.header().setStatus(Texts.of("call.leaving"));
        Timer limit = new Timer(GOODBYE_MILLIS, event -> left());
        limit.setRepeats(false);
        limit.start();
        session.disconnect().subscribe(new Outcome(this::left, failure -> left()));
    }

    private void left() {
        if (!closed) {
            ended(EndText.left());
        }
    }

    /** Ends everything at once. A second call does nothing. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        share.stop();
        media.close();
        streams.clear();
        panel.grid().hidePreview();
        session.close();
    }

    private void say(String text) {
        signals.sendMessage(text);
    }

    private final class UserActions implements CallControls.CallActions {
        @Override
        public void mute(boolean on) {
            media.setMicrophone(!on);
        }

        @Override
        public void camera(boolean on) {
            media.setCamera(on);
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
        public void hand(boolean raised) {
            signals.setHand(raised);
            panel.controls().setHand(raised);
            panel.grid().setPreviewHand(raised);
        }

        @Override
        public void chat() {
            panel.toggleChat();
        }

        @Override
        public void people() {
            panel.togglePeople();
        }

        @Override
        public void leave() {
            if (share.isSharing() && session.state().isEstablished()) {
                Confirmation.ask(
                        panel,
                        Texts.of("leave.title"),
                        Texts.of("leave.sharing"),
                        Texts.of("leave.yes"),
                        Texts.of("leave.no"),
                        ActiveCall.this::leave);
            } else {
                ActiveCall.this.leave();
            }
        }
    }

    private final class Sharing implements ScreenShare.ShareListener {
        @Override
        public void onSharing(boolean sharing) {
            panel.controls().setSharing(sharing);
            if (sharing) {
                notice(Texts.of("call.sharing"), false);
            } else if (session.state().isEstablished()) {
                banner().clear();
            }
        }

        @Override
        public void onShareFailed(String sentence) {
            notice(sentence, true);
        }
    }

    private final class Media implements OwnMedia.MediaListener {
        private String failures = "";

        @Override
        public void onPublisher(Publisher now, @Nullable Publisher former) {
            panel.grid().showPreview(now.video(), Names.remarked(options.name(), Texts.of("name.you")));
            now.addListener(new OwnPublisherListener(media, ActiveCall.this::remark));
            if (former != null) {
                former.destroy();
            }
            publish();
        }

        @Override
        public void onMediaChanged() {
            boolean audible = media.isAudible();
            panel.controls().setMuted(!audible, !media.hasMicrophone());
            panel.controls().setCamera(media.isCameraOn());
            panel.grid().setPreviewMedia(audible, media.isCameraOn());
            panel.grid().setPreviewHand(signals.hand());
            people.setOwnMedia(audible, media.isCameraOn());
            panel.people().show(people.list());
            publish();
        }

        @Override
        public void onMediaFailed(String sentence) {
            boolean shown = banner().isVisible() && !failures.isEmpty();
            failures = shown && !failures.contains(sentence) ? failures + " " + sentence : sentence;
            notice(failures, true);
            banner().setAction("media-dismiss", Texts.of("call.dismiss"), () -> {
                failures = "";
                banner().clear();
            });
        }
    }
}
