package dev.videosession.server.internal.router;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A router that records what it is asked for. Everything happens on the calling thread. */
public final class FakeRouter implements MediaRouter {
    public final List<String> asked = new ArrayList<>();
    public final List<Room> rooms = new ArrayList<>();
    private final String name;
    private Runnable availability = () -> {};
    private boolean up = true;
    private final RouterCounts counts = new RouterCounts();
    private int capacity = 1000;
    private boolean closed;

    public FakeRouter(String name) {
        this.name = name;
    }

    public FakeRouter up(boolean nowUp) {
        up = nowUp;
        availability.run();
        return this;
    }

    public FakeRouter load(int links) {
        counts.publications(links - counts.links());
        return this;
    }

    public FakeRouter capacity(int links) {
        capacity = links;
        return this;
    }

    public boolean isClosed() {
        return closed;
    }

    public Room lastRoom() {
        return rooms.get(rooms.size() - 1);
    }

    /** Loses every room, as a router that died does. */
    public void lose() {
        List<Room> lost = List.copyOf(rooms);
        counts.rooms(-rooms.size());
        rooms.clear();
        lost.forEach(room -> room.executor.execute(room.listener::onLost));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public RouterCounts counts() {
        return counts;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int failures() {
        return 0;
    }

    @Override
    public int restarts() {
        return 0;
    }

    @Override
    public void onAvailability(Runnable listener) {
        availability = listener;
    }

    @Override
    public RouterRoom open(Executor executor, RoomListener listener) {
        asked.add("open");
        counts.rooms(1);
        Room room = new Room(executor, listener);
        rooms.add(room);
        return room;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One room. */
    public final class Room implements RouterRoom {
        public boolean full;
        public final List<Publication> publications = new ArrayList<>();
        public final List<Subscription> subscriptions = new ArrayList<>();
        final Executor executor;
        final RoomListener listener;

        Room(Executor executor, RoomListener listener) {
            this.executor = executor;
            this.listener = listener;
        }

        @Override
        public RoutedPublication publish(StreamId streamId, PublicationListener publicationListener) {
            asked.add("publish " + streamId);
            Publication publication = new Publication(streamId, publicationListener);
            publications.add(publication);
            return publication;
        }

        @Override
        public RoutedSubscription subscribe(StreamId streamId, Layers layers, SubscriptionListener listener) {
            asked.add("subscribe " + streamId + " " + text(layers));
            Subscription subscription = new Subscription(streamId, listener);
            subscriptions.add(subscription);
            return subscription;
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void close() {
            asked.add("close room");
        }
    }

    private static String text(Layers layers) {
        return (layers.audio() ? "a" : "-") + (layers.video() ? "v" : "-") + layers.spatial() + layers.temporal();
    }

    /** The receiving end of one stream. */
    public final class Publication implements RoutedPublication {
        public final PublicationListener listener;
        public final List<SessionDescription> offers = new ArrayList<>();
        private final StreamId streamId;

        Publication(StreamId streamId, PublicationListener listener) {
            this.streamId = streamId;
            this.listener = listener;
        }

        @Override
        public void offer(int number, SessionDescription offer) {
            asked.add("offer " + number + " of " + streamId);
            offers.add(offer);
        }

        @Override
        public void mute(MediaKind kind, boolean muted) {
            if (muted) {
                asked.add("mute " + kind.text() + " of " + streamId);
            }
        }

        @Override
        public void close() {
            asked.add("close publication " + streamId);
        }
    }

    /** The sending end to one subscriber. */
    public final class Subscription implements RoutedSubscription {
        public final SubscriptionListener listener;
        private final StreamId streamId;

        Subscription(StreamId streamId, SubscriptionListener listener) {
            this.streamId = streamId;
            this.listener = listener;
        }

        @Override
        public void answer(int number, SessionDescription answer) {
            asked.add("answer " + number + " of " + streamId);
        }

        @Override
        public void restart() {
            asked.add("restart " + streamId);
        }

        @Override
        public void select(Layers layers) {
            asked.add("select " + streamId + " " + text(layers));
        }

        @Override
        public void close() {
            asked.add("close subscription " + streamId);
        }
    }
}
