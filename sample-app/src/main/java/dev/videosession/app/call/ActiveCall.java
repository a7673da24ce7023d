package dev.videosession.app.call;

import dev.videosession.app.call.screen.CallPanel;
import dev.videosession.app.control.Banner;
import dev.videosession.app.device.AudioOutput;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.event.EventText;
import dev.videosession.app.people.People;
import dev.videosession.app.share.ScreenShare;
import dev.videosession.app.start.DeviceChoices;
import dev.videosession.app.start.RememberedValues;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.CommandOutcome;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

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
    private final CallCommands commands;
    private final OwnPublishing publishing;
    private final CallExtras extras;
    private final DeviceChoices choices;
    private boolean leaving;
    private boolean closed;

    ActiveCall(
            CallOptions options,
            MediaEngine engine,
            OwnMedia media,
            RememberedValues remembered,
            AudioOutput output,
            CallExits exits) {
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
        share = new ScreenShare(session, engine, options.name(), new Sharing());
        commands = new CallCommands(this, session, media, share);
        panel = new CallPanel(commands, this::say);
        streams = new ReceivedStreams(session, panel.grid());
        choices = new DeviceChoices(remembered, media, output, this::remark);
        extras = new CallExtras(panel, media, streams, this::remark);
        extras.setSettings(() -> SettingsDialog.open(panel, remembered, choices, media));
        signals = new CallSignals(session, options.name(), people, panel, this::remark);
        publishing = new OwnPublishing(this, session, media, people, options.name());
        session.addListener(new CallListener(this, session, people, signals, streams));
    }

    CallPanel panel() {
        return panel;
    }

    CallSignals signals() {
        return signals;
    }

    CallCommands commands() {
        return commands;
    }

    CallExtras extras() {
        return extras;
    }

    DeviceChoices choices() {
        return choices;
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
    void remark(String text) {
        notice(text, true);
        banner().setAction("dismiss", Texts.of("call.dismiss"), banner()::clear);
    }

    void connect() {
        media.setListener(publishing);
        banner().clear();
        showState();
        panel.header().setStatus(Texts.of("call.connecting"));
        session.connect(options.token()).subscribe(new CommandOutcome(this::connected, this::connectFailed));
    }

    private void connected() {
        session.connection().ifPresent(people::setOwn);
        signals.announce(null);
        showState();
        publishing.publish();
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

    /** Shows the participants, and enables the buttons that can be used. */
    void showState() {
        boolean connected = session.state().isEstablished() && !leaving;
        panel.controls().setPossible(connected, connected && publishing.mayPublish());
        panel.chat().setWritable(connected);
        panel.people().show(people.list());
        if (connected) {
            panel.grid().remote().setParticipants(people.remoteParticipants(session.connections()));
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
        publishing.sessionEnded();
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
        session.disconnect().subscribe(new CommandOutcome(this::left, failure -> left()));
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
        extras.close();
        choices.close();
        share.stop();
        media.close();
        streams.clear();
        panel.grid().own().hide();
        session.close();
    }

    private void say(String text) {
        signals.sendMessage(text);
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
}
