package dev.videosession.app.call;

import dev.videosession.app.call.screen.CallPanel;
import dev.videosession.app.call.screen.Reaction;
import dev.videosession.app.chat.ChatMessage;
import dev.videosession.app.chat.ChatPanel;
import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.people.ParticipantSignal;
import dev.videosession.app.people.People;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.CommandOutcome;
import dev.videosession.protocol.Role;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SignalOptions;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals between call windows: chat messages, participants, and raised hands. Moderators send warnings. For the Swing thread. */
final class CallSignals {
    private static final Logger LOG = LoggerFactory.getLogger(CallSignals.class);
    private static final String CHAT = "chat";
    private static final String WARNING = "warning";
    private static final String NOTICE = "notice";
    private static final String REACTION = "reaction";
    private static final int LONGEST_MESSAGE = 2000;

    private final Session session;
    private final String name;
    private final People people;
    private final ChatPanel chat;
    private final ParticipantGrid grid;
    private final Consumer<String> onNotice;
    private boolean hand;

    CallSignals(Session session, String name, People people, CallPanel panel, Consumer<String> onNotice) {
        this.session = session;
        this.name = name;
        this.people = people;
        this.chat = panel.chat();
        this.grid = panel.grid();
        this.onNotice = onNotice;
    }

    boolean hand() {
        return hand;
    }

    void setHand(boolean raised) {
        hand = raised;
        announce(null);
    }

    /** Announces the user of this window to all clients, or to one. */
    void announce(@Nullable Connection to) {
        SignalOptions options = to == null ? SignalOptions.TO_ALL : SignalOptions.to(to);
        session.signal(ParticipantSignal.SIGNAL, new ParticipantSignal(name, hand).encode(), options)
                .subscribe(new CommandOutcome(
                        () -> {}, failure -> LOG.info("event=presenceNotSent reason=\"{}\"", failure.getMessage())));
    }

    void sendMessage(String text) {
        String data = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
        session.signal(CHAT, data)
                .subscribe(new CommandOutcome(
                        () -> {},
                        failure -> onNotice.accept(Texts.of("chat.failed", EventText.message(failure.getMessage())))));
    }

    /** Shows a reaction to all, the user included. */
    void react(Reaction reaction) {
        session.signal(REACTION, reaction.wireName())
                .subscribe(new CommandOutcome(
                        () -> {}, failure -> LOG.info("event=reactionNotSent reason=\"{}\"", failure.getMessage())));
    }

    /** Takes a signal. Returns whether it changed what is known of people. */
    boolean received(SessionEvent.Signal event) {
        Connection from = event.from();
        String type = event.signalType();
        if (from == null || type == null) {
            return false;
        }
        switch (type) {
            case CHAT -> {
                boolean own = session.connection().filter(from::equals).isPresent();
                String text = DisplayText.of(event.data() == null ? "" : event.data(), LONGEST_MESSAGE);
                if (!text.isEmpty()) {
                    String sender = own ? Texts.of("chat.you") : people.name(from);
                    chat.add(new ChatMessage(sender, text, own, LocalTime.now(ZoneId.systemDefault())));
                }
                return false;
            }
            case WARNING -> {
                fromModerator(event, from, "call.warning");
                return false;
            }
            case NOTICE -> {
                fromModerator(event, from, "call.moderatorNotice");
                return false;
            }
            case REACTION -> {
                boolean own = session.connection().filter(from::equals).isPresent();
                Reaction.of(event.data()).ifPresent(each -> {
                    if (own) {
                        grid.own().react(each.glyph());
                    } else {
                        grid.remote().react(from.id(), each.glyph());
                    }
                });
                return false;
            }
            case ParticipantSignal.SIGNAL -> {
                ParticipantSignal.decode(event.data()).ifPresent(presence -> people.said(from.id(), presence));
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** Shows what a moderator says; other participants cannot pretend to be one. */
    private void fromModerator(SessionEvent.Signal event, Connection from, String key) {
        if (from.role() == Role.MODERATOR) {
            onNotice.accept(Texts.of(key, EventText.message(event.data())));
        }
    }
}
