package dev.videosession.app.demo;

import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.synthetic.SyntheticCamera;
import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.Subscriber;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.swing.SwingUtilities;

/** A participant of the demo: publishes a synthetic camera, subscribes to all streams, and records its events. */
final class Participant implements AutoCloseable {
    private static final VideoFormat FORMAT = new VideoFormat(640, 360, 15);
    private static final int GOODBYE_SECONDS = 5;

    /**
     * The identity of a participant.
     *
     * @param name shown to other participants
     * @param hue of the video
     * @param hertz of the tone
     */
    record Part(String name, float hue, double hertz) {}

    private final Part part;
    private final Timeline timeline;
    private final ParticipantGrid grid;
    private final Session session;
    private final Publisher publisher;
    private final Disposable subscription;
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, Reception> receptions = new ConcurrentHashMap<>();

    /** Makes a participant; on the Swing thread. */
    Participant(Part part, URI server, String apiKey, SessionId sessionId, MediaEngine engine, Timeline timeline) {
        this.part = part;
        this.timeline = timeline;
        this.grid = new ParticipantGrid();
        this.session = Session.builder(server, apiKey, sessionId.value())
                .mediaEngine(engine)
                .callbackExecutor(SwingUtilities::invokeLater)
                .build();
        this.publisher = Publisher.builder()
                .mediaEngine(engine)
                .name(part.name())
                .video(new SyntheticCamera(FORMAT, part.hue()))
                .audio(AudioSources.tone(part.hertz()))
                .build();
        this.subscription = session.events().subscribe(this::onEvent);
        session.addListener(new Viewer());
        grid.own().show(publisher.video(), Names.remarked(part.name(), "preview"));
    }

    Part part() {
        return part;
    }

    String name() {
        return part.name();
    }

    Session session() {
        return session;
    }

    ParticipantGrid grid() {
        return grid;
    }

    /** The events of the session so far. */
    List<SessionEvent> events() {
        return events;
    }

    /** The watched participants by name; those that left stay in it. */
    Map<String, Reception> receptions() {
        return receptions;
    }

    /** {@return how many media links carry its stream now} */
    int uploads() {
        return publisher.stats().blockingGet().size();
    }

    Completable join(String token) {
        return session.connect(token).andThen(session.publish(publisher));
    }

    private void onEvent(SessionEvent event) {
        timeline.tell(name(), EventText.of(event));
        events.add(event);
    }

    /** Shows the streams of the session. */
    private final class Viewer implements SessionListener {
        @Override
        public void onStreamCreated(SessionEvent.StreamCreated event) {
            Stream stream = event.stream();
            Subscriber subscriber = session.subscribe(stream);
            String from = Names.of(stream);
            receptions.put(
                    from,
                    new Reception(
                            subscriber,
                            millis -> timeline.tell(
                                    name(), String.format("%-20s %s, after %d ms", "firstFrame", from, millis))));
            subscriber.adaptTo(grid.remote().show(stream, subscriber.video()));
        }

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            grid.remote().hide(event.stream().id());
        }

        @Override
        public void onDisconnected(SessionDisconnectEvent event) {
            grid.remote().clear();
            grid.own().hide();
        }
    }

    /** Leaves the session. */
    @Override
    public void close() {
        boolean left = session.disconnect().blockingAwait(GOODBYE_SECONDS, TimeUnit.SECONDS);
        if (!left) {
            timeline.tell(name(), "no response to disconnect");
        }
        publisher.destroy();
        session.close();
        subscription.dispose();
    }
}
