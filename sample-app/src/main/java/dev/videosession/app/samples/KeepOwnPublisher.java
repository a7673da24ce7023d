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
 * Destroys the subscribers when the session ends and keeps the publisher, which continues to capture and can be published again after
 * the next connect.
 *
 * <p>The default action would destroy both. After {@link SessionDisconnectEvent#preventDefault()} the application must destroy what
 * it no longer needs.
 */
public final class KeepOwnPublisher implements SessionListener {
    private final Session session;
    private final Consumer<String> alert;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /**
     * Creates the listener. The caller adds it to the session.
     *
     * @param session the session
     * @param alert shows a sentence to the user
     */
    public KeepOwnPublisher(Session session, Consumer<String> alert) {
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
                + event.message().map(message -> ". Message: " + message).orElse(""));
    }

    /**
     * Returns the current subscribers.
     *
     * @return empty after the session ended
     */
    public List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }
}
