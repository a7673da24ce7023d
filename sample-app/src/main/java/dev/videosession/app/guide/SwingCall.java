package dev.videosession.app.guide;

import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.ChangedProperty;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import javax.swing.SwingUtilities;

/** A call in a panel: a preview, a view for each remote stream, and buttons to mute and to leave. For the Swing thread. */
public final class SwingCall extends JPanel implements SessionListener {
    private static final long serialVersionUID = 1L;

    private final transient Session session;
    private final transient Publisher publisher;
    private final transient Map<StreamId, VideoView> views = new HashMap<>();
    private final JPanel grid = new JPanel(new GridLayout(0, 2, 8, 8));
    private final JLabel status = new JLabel("Connecting");

    /**
     * Creates the panel, not connected.
     *
     * @param session a session from {@link #session}
     * @param publisher what the user sends
     */
    public SwingCall(Session session, Publisher publisher) {
        super(new BorderLayout());
        this.session = session;
        this.publisher = publisher;
        VideoView preview = new VideoView(publisher.video());
        preview.setMirrored(true);
        grid.add(preview);

        JToggleButton mute = new JToggleButton("Mute");
        mute.addActionListener(event -> publisher.publishAudio(!mute.isSelected()));
        JToggleButton camera = new JToggleButton("Camera off");
        camera.addActionListener(event -> publisher.publishVideo(!camera.isSelected()));
        JButton leave = new JButton("Leave");
        leave.addActionListener(event -> session.disconnect());
        JPanel controls = new JPanel();
        controls.add(mute);
        controls.add(camera);
        controls.add(leave);
        controls.add(status);
        add(grid, BorderLayout.CENTER);
        add(controls, BorderLayout.SOUTH);
    }

    /**
     * Creates a session whose listeners run on the Swing thread.
     *
     * @param server address of the server
     * @param apiKey API key of the project
     * @param sessionId session id created by the backend
     * @return a session, not connected
     */
    public static Session session(URI server, String apiKey, String sessionId) {
        return Session.builder(server, apiKey, sessionId)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
    }

    /**
     * Connects and publishes.
     *
     * @param token token created by the backend for this session
     */
    @SuppressWarnings("CheckReturnValue") // the outcome is shown, and nothing cancels it
    public void join(String token) {
        session.addListener(this);
        session.connect(token)
                .andThen(session.publish(publisher))
                .subscribe(() -> status.setText("Connected"), error -> status.setText(error.getMessage()));
    }

    @Override
    public void onStreamCreated(SessionEvent.StreamCreated event) {
        Subscriber subscriber = session.subscribe(event.stream());
        VideoView view = new VideoView(subscriber.video());
        view.setLabel(event.stream().name());
        subscriber.adaptTo(view); // receive video of the size that is shown
        views.put(event.stream().id(), view);
        grid.add(view);
        grid.revalidate();
    }

    @Override
    public void onStreamDestroyed(StreamDestroyedEvent event) {
        removeView(event.stream().id());
    }

    @Override
    public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
        VideoView view = views.get(event.stream().id());
        if (view != null && event.changedProperty() == ChangedProperty.HAS_VIDEO) {
            view.setVideoShown(event.stream().hasVideo());
        }
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        status.setText("Connection lost, reconnecting");
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        status.setText("Connected");
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        List.copyOf(views.keySet()).forEach(this::removeView);
        String reason = "The call ended: " + event.reason().wireName();
        status.setText(event.message().orElse(reason));
    }

    private void removeView(StreamId stream) {
        VideoView view = views.remove(stream);
        if (view != null) {
            view.close();
            grid.remove(view);
            grid.revalidate();
            grid.repaint();
        }
    }

    /** {@return what the status line shows} */
    public String status() {
        return status.getText();
    }

    /** {@return the number of remote streams that are shown} */
    public int viewCount() {
        return views.size();
    }
}
