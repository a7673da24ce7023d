package dev.videosession.app.call;

import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Session;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import java.awt.Dimension;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the streams of a session and shows them. Asks for video as large as its tile, and for none while the tile is on another
 * page. For the Swing thread.
 */
final class ReceivedStreams {
    /** A window that is being resized asks once, when it has come to rest. */
    private static final int SETTLE_MILLIS = 400;

    private static final int[] HEIGHTS = {90, 180, 360, 720};

    private final Session session;
    private final ParticipantGrid grid;
    private final SpeakerTracker speakers = new SpeakerTracker();
    private final Map<StreamId, Subscriber> subscribers = new LinkedHashMap<>();
    private final Map<StreamId, @Nullable Dimension> sizes = new HashMap<>();
    private final Timer settle = new Timer(SETTLE_MILLIS, event -> applySizes());

    ReceivedStreams(Session session, ParticipantGrid grid) {
        this.session = session;
        this.grid = grid;
        settle.setRepeats(false);
        grid.setTileListener((stream, size) -> {
            sizes.put(stream, size);
            settle.restart();
        });
    }

    void show(Stream stream) {
        Subscriber subscriber = session.subscribe(stream);
        subscribers.put(stream.id(), subscriber);
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onAudioLevel(double level) {
                grid.setSpeaker(speakers.level(stream.id(), level, System.nanoTime()));
            }
        });
        subscriber.adaptTo(grid.show(stream, subscriber.video()));
    }

    /** The session has ended the stream. */
    void hide(StreamId stream) {
        forget(stream);
        grid.hide(stream);
    }

    private void forget(StreamId stream) {
        subscribers.remove(stream);
        sizes.remove(stream);
        speakers.forget(stream);
    }

    /** Ends all subscriptions that are left. */
    void clear() {
        settle.stop();
        subscribers.values().forEach(Subscriber::destroy);
        subscribers.clear();
        sizes.clear();
        grid.hideStreams();
    }

    private void applySizes() {
        sizes.forEach((stream, size) -> {
            Subscriber subscriber = subscribers.get(stream);
            if (subscriber != null) {
                subscriber.subscribeToVideo(size != null);
                if (size != null) {
                    subscriber.setPreferredResolution(useful(size));
                }
            }
        });
        sizes.clear();
    }

    /** {@return the smallest usual size that fills a tile, or null for the size as published} */
    static @Nullable Dimensions useful(Dimension tile) {
        for (int height : HEIGHTS) {
            int width = height * 16 / 9;
            if (tile.width <= width && tile.height <= height) {
                return new Dimensions(width, height);
            }
        }
        return null;
    }
}
