package dev.videosession.app.guide;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Dimensions;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Receives small video without audio from many sessions in one program, for instance for a supervisor's wall of screens. */
public final class SessionWall implements AutoCloseable {
    private static final SubscriberOptions THUMBNAIL = SubscriberOptions.EVERYTHING
            .withAudio(false)
            .withPreferredResolution(new Dimensions(320, 180))
            .withPreferredFrameRate(5);

    private final URI server;
    private final String apiKey;
    private final Consumer<Subscriber> subscribers;
    private final MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
    private final List<Session> sessions = new ArrayList<>();

    /**
     * Creates the wall, without a session.
     *
     * @param server address of the server
     * @param apiKey API key of the project
     * @param subscribers receives each subscriber, on a thread of its session
     */
    public SessionWall(URI server, String apiKey, Consumer<Subscriber> subscribers) {
        this.server = server;
        this.apiKey = apiKey;
        this.subscribers = subscribers;
    }

    /**
     * Adds a session.
     *
     * @param sessionId session id created by the backend
     * @param token token with the role subscriber
     */
    public void add(String sessionId, String token) {
        Session session = Session.builder(server, apiKey, sessionId)
                .mediaEngine(engine) // one engine for all sessions
                .connectionEventsSuppressed(true) // streams are enough
                .build();
        session.addListener(new SessionListener() {
            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) {
                subscribers.accept(session.subscribe(event.stream(), THUMBNAIL));
            }
        });
        sessions.add(session);
        session.connect(token);
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        engine.close();
    }
}
