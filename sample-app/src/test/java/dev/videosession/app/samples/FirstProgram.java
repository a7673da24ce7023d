package dev.videosession.app.samples;

import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
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

/** The program of README.md, but for the server's address and the devices, which a test brings. */
final class FirstProgram {
    private FirstProgram() {}

    /** The publishers that README.md describes. */
    static List<Publisher> publishers() {
        Publisher both = Publisher.builder().camera().microphone().name("Ada").build();
        Publisher cameraOnly = Publisher.builder().camera().name("Ada").build();
        return List.of(both, cameraOnly);
    }

    @SuppressWarnings("CheckReturnValue") // the program runs until it ends
    static Session start(
            URI server,
            String apiKey,
            String sessionId,
            String token,
            Publisher publisher,
            JPanel grid,
            JLabel status) {
        Session session = Session.builder(server, apiKey, sessionId)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();

        session.addListener(new SessionListener() {
            private final Map<Stream, VideoView> views = new HashMap<>();

            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) {
                Subscriber subscriber = session.subscribe(event.stream());
                VideoView view = new VideoView(subscriber.video());
                views.put(event.stream(), view);
                grid.add(view);
                grid.revalidate();
            }

            @Override
            public void onStreamDestroyed(StreamDestroyedEvent event) {
                remove(event.stream());
            }

            @Override
            public void onDisconnected(SessionDisconnectEvent event) {
                status.setText(event.message().orElse(event.reason().wireName()));
                if (event.reason() == DisconnectReason.NETWORK_DISCONNECTED) {
                    event.preventDefault(); // keep the camera on, and offer to rejoin
                } else {
                    List.copyOf(views.keySet()).forEach(this::remove);
                }
            }

            private void remove(Stream stream) {
                VideoView view = views.remove(stream);
                if (view != null) {
                    view.close(); // receives no more frames
                    grid.remove(view);
                    grid.revalidate();
                    grid.repaint();
                }
            }
        });
        session.connect(token)
                .andThen(session.publish(publisher))
                .subscribe(() -> {}, error -> status.setText(error.getMessage()));
        return session;
    }
}
