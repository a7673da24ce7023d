package dev.videosession.media.fx;

import dev.videosession.protocol.StreamId;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.layout.TilePane;

/** A call in a pane: a preview and a view for each remote stream. For the JavaFX application thread. */
public final class FxCall extends TilePane implements SessionListener {
    private final Session session;
    private final Publisher publisher;
    private final Map<StreamId, FxVideoView> views = new HashMap<>();

    /**
     * Creates the pane, not connected.
     *
     * @param session a session from {@link #session}
     * @param publisher what the user sends
     */
    public FxCall(Session session, Publisher publisher) {
        this.session = session;
        this.publisher = publisher;
        FxVideoView preview = new FxVideoView();
        preview.setFeed(publisher.video());
        preview.setMirrored(true);
        preview.setPrefSize(320, 180);
        getChildren().add(preview);
    }

    /**
     * Creates a session whose listeners run on the JavaFX application thread.
     *
     * @param server address of the server
     * @param apiKey API key of the project
     * @param sessionId session id created by the backend
     * @return a session, not connected
     */
    public static Session session(URI server, String apiKey, String sessionId) {
        return Session.builder(server, apiKey, sessionId)
                .callbackExecutor(Platform::runLater)
                .build();
    }

    /**
     * Connects and publishes.
     *
     * @param token token created by the backend for this session
     * @param failed called on the JavaFX application thread with what to tell the user if that fails
     */
    @SuppressWarnings("CheckReturnValue") // nothing cancels it
    public void join(String token, Consumer<String> failed) {
        session.addListener(this);
        session.connect(token)
                .andThen(session.publish(publisher))
                .subscribe(() -> {}, error -> failed.accept(error.getMessage()));
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        Subscriber subscriber = session.subscribe(event.stream());
        FxVideoView view = new FxVideoView();
        view.setFeed(subscriber.video());
        view.setPrefSize(320, 180);
        views.put(event.stream().id(), view);
        getChildren().add(view);
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        removeView(event.stream().id());
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        List.copyOf(views.keySet()).forEach(this::removeView);
    }

    private void removeView(StreamId stream) {
        FxVideoView view = views.remove(stream);
        if (view != null) {
            view.close();
            getChildren().remove(view);
        }
    }
}
