package dev.videosession.app.call;

import dev.videosession.app.grid.Names;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.QualityScore;
import dev.videosession.session.Session;
import dev.videosession.session.Speakers;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the streams of a session and shows them. Requests each stream in the size of its tile, and without video while the tile is
 * on another page. For the Swing thread.
 */
final class ReceivedStreams {
    /** If a user turns several pages, only the last one is requested. */
    private static final int SETTLE_MILLIS = 400;

    private final Session session;
    private final ParticipantGrid grid;
    private final Map<StreamId, Subscriber> subscribers = new LinkedHashMap<>();
    private final Map<StreamId, Boolean> shown = new HashMap<>();
    private final Timer settle = new Timer(SETTLE_MILLIS, event -> applyShown());

    ReceivedStreams(Session session, ParticipantGrid grid) {
        this.session = session;
        this.grid = grid;
        settle.setRepeats(false);
        grid.setTileListener((stream, now) -> {
            shown.put(stream, now);
            settle.restart();
        });
    }

    void show(Stream stream) {
        Subscriber subscriber = session.subscribe(stream);
        subscribers.put(stream.id(), subscriber);
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onQualityScoreChanged(QualityScore score) {
                grid.remote().setQuality(stream.id(), Names.quality(score));
            }
        });
        subscriber.adaptTo(grid.remote().show(stream, subscriber.video()));
    }

    /** Marks the participants that speak. */
    void speakersChanged(Speakers speakers) {
        Set<StreamId> speaking = new HashSet<>();
        speakers.speaking().forEach(stream -> speaking.add(stream.id()));
        grid.remote().setSpeakers(speakers.active().map(Stream::id).orElse(null), speaking);
    }

    /** {@return the subscribers in the order of their streams} */
    Map<StreamId, Subscriber> subscribers() {
        return subscribers;
    }

    /** {@return the subscriber of the stream that matters most: the large one, or that of the speaker; null if there is none} */
    @Nullable
    Subscriber main() {
        return grid.mainStream().map(subscribers::get).orElse(null);
    }

    /** The session has ended the stream. */
    void hide(StreamId stream) {
        subscribers.remove(stream);
        shown.remove(stream);
        grid.remote().hide(stream);
    }

    /** Ends all subscriptions that are left. */
    void clear() {
        settle.stop();
        subscribers.values().forEach(Subscriber::destroy);
        subscribers.clear();
        shown.clear();
        grid.remote().clear();
    }

    private void applyShown() {
        shown.forEach((stream, now) -> {
            Subscriber subscriber = subscribers.get(stream);
            if (subscriber != null) {
                subscriber.subscribeToVideo(now);
            }
        });
        shown.clear();
    }
}
