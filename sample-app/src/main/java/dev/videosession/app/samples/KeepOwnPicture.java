package dev.videosession.app.samples;

import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Subscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Takes the end of a session into its own hands: the pictures of the others go, the own publisher stays, still capturing,
 * and can be published again after the next connect.
 *
 * <p>The default action would destroy both. {@link SessionDisconnectEvent#preventDefault()} leaves both to the
 * application, which then has to destroy what it no longer wants.
 */
public final class KeepOwnPicture implements SessionListener {
    private final Session session;
    private final Consumer<String> alert;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /**
     * Makes the listener; the caller adds it to the session.
     *
     * @param session the session
     * @param alert shows a sentence to the user
     */
    public KeepOwnPicture(Session session, Consumer<String> alert) {
        this.session = session;
        this.alert = alert;
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        subscribers.add(session.subscribe(event.stream()));
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        event.preventDefault();
        subscribers.forEach(Subscriber::destroy);
        subscribers.clear();
        alert.accept("The session ended: " + event.reason().wireName()
                + event.message().map(message -> ". You were told: " + message).orElse(""));
    }

    /**
     * Returns what is still received.
     *
     * @return empty after the session ended
     */
    public List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }
}
