package dev.videosession.app.guide;

import dev.videosession.media.view.VideoView;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import java.net.URI;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;

/** The client of OpenTok's first Android sample with this SDK: one publisher and one remote participant. For the Swing thread. */
@SuppressWarnings("CheckReturnValue") // listeners report the outcome
public final class MigratedClient implements AutoCloseable {
    private final JPanel publisherView;
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
     * @param subscriberView shows the remote participant
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
        this.publisherView = publisherView;
        this.subscriberView = subscriberView;
        this.status = status;
        this.publisher = publisher;
        session = Session.builder(server, apiKey, sessionId)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        session.addListener(sessionListener);
        publisher.addListener(publisherListener);
    }

    /**
     * Connects.
     *
     * @param token token created by the backend for this session
     */
    public void connect(String token) {
        session.connect(token);
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
            publisherView.add(new VideoView(publisher.video()));
            session.publish(publisher).subscribe(() -> {}, error -> status.setText(error.getMessage()));
        }

        @Override
        public void onStreamCreated(SessionEvent.StreamCreated event) {
            Subscriber subscriber = session.subscribe(event.stream());
            subscriberView.add(new VideoView(subscriber.video()));
            subscriberView.revalidate();
        }

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            subscriberView.removeAll();
            subscriberView.repaint();
        }

        @Override
        public void onError(SessionException error) {
            status.setText(error.getMessage());
        }

        @Override
        public void onDisconnected(SessionDisconnectEvent event) {
            subscriberView.removeAll();
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
