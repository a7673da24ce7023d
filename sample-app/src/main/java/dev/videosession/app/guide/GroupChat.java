package dev.videosession.app.guide;

import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.SignalOptions;
import io.reactivex.rxjava3.core.Completable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A text chat over signals of the type {@code chat}. */
public final class GroupChat implements SessionListener {
    private static final String TYPE = "chat";
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_TEXT = 2000;

    private final Session session;
    private final BiConsumer<String, String> messages;

    /**
     * Creates the chat and adds it to the session.
     *
     * @param session the session
     * @param messages receives the sender's name and the text
     */
    public GroupChat(Session session, BiConsumer<String, String> messages) {
        this.session = session;
        this.messages = messages;
        session.addListener(this);
    }

    /**
     * Sends a message to all participants. The sender receives it, too.
     *
     * @param text at most 8 KiB in UTF-8
     * @return completes when the server accepted it
     */
    public Completable send(String text) {
        return session.signal(TYPE, text);
    }

    /**
     * Sends a message to one participant.
     *
     * @param recipient the participant
     * @param text at most 8 KiB in UTF-8
     * @return completes when the server accepted it; fails with 404 if the participant is not in the session
     */
    public Completable sendTo(Connection recipient, String text) {
        return session.signal(TYPE, text, SignalOptions.to(recipient));
    }

    @Override
    public void onSignal(SessionEvent.Signal event) {
        String text = event.data();
        if (!TYPE.equals(event.signalType()) || text == null) {
            return;
        }
        messages.accept(name(event.from()), DisplayText.of(text, LONGEST_TEXT));
    }

    private static String name(@Nullable Connection from) {
        if (from == null) {
            return "Unknown sender";
        }
        String name = DisplayText.of(from.data(), LONGEST_NAME);
        return name.isEmpty() ? "Guest " + from.id() : name;
    }
}
