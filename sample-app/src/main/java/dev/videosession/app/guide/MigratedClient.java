package dev.videosession.app.guide;

import dev.videosession.media.view.VideoView;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;

/** The client of OpenTok's first Android sample with this SDK: a preview and the remote participants. For the Swing thread. */
@SuppressWarnings("CheckReturnValue") // listeners report the outcome
public final class MigratedClient implements AutoCloseable {
    private final Map<Stream, VideoView> views = new HashMap<>();
    private final JPanel subscriberView;
    private final JLabel status;
    private final Session session;
    private final Publisher publisher;

    /**
     * Creates the client, not connected.
     *
     * @param server address of the server
     * @param apiKey API key of the project
     * @param sessionId session id created by the backend
     * @param publisher what the user sends
     * @param publisherView shows the user's own video
     * @param subscriberView shows the remote participants
     * @param status shows errors and the end
     */
    public MigratedClient(
            URI server,
            String apiKey,
            String sessionId,
            Publisher publisher,
            JPanel publisherView,
            JPanel subscriberView,
            JLabel status) {
        this.subscriberView = subscriberView;
        this.status = status;
        this.publisher = publisher;
        session = Session.builder(server, apiKey, sessionId)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        session.addListener(sessionListener);
        publisher.addListener(publisherListener);
        publisherView.add(new VideoView(publisher.video()));
    }

    /**
     * Connects.
     *
     * @param token token created by the backend for this session
     */
    public void connect(String token) {
        session.connect(token);
    }

    private void removeView(Stream stream) {
        VideoView view = views.remove(stream);
        if (view != null) {
            view.close();
            subscriberView.remove(view);
            subscriberView.repaint();
        }
    }

    /** Leaves the session and releases the devices. */
    @Override
    public void close() {
        session.close();
        publisher.close();
    }

    private final SessionListener sessionListener = new SessionListener() {
        @Override
        public void onConnected(SessionEvent.SessionConnected event) {
            session.publish(publisher).subscribe(() -> {}, error -> status.setText(error.getMessage()));
        }

        @Override
        public void onStreamCreated(SessionEvent.StreamCreated event) {
            Subscriber subscriber = session.subscribe(event.stream());
            VideoView view = new VideoView(subscriber.video());
            views.put(event.stream(), view);
            subscriberView.add(view);
            subscriberView.revalidate();
        }

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            removeView(event.stream());
        }

        @Override
        public void onError(SessionException error) {
            status.setText(error.getMessage());
        }

        @Override
        public void onDisconnected(SessionDisconnectEvent event) {
            List.copyOf(views.keySet()).forEach(MigratedClient.this::removeView);
            status.setText(event.reason().wireName());
        }
    };

    private final PublisherListener publisherListener = new PublisherListener() {
        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            status.setText("Your stream ended: " + event.reason().wireName());
        }
    };
}
