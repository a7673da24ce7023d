package dev.videosession.server.internal.router;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a media router holds now and has done since the server started. Thread-safe. */
public final class RouterCounts {
    private final AtomicInteger rooms = new AtomicInteger();
    private final AtomicInteger publications = new AtomicInteger();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final LongAdder layerSwitches = new LongAdder();
    private final LongAdder lostFromPublishers = new LongAdder();
    private final LongAdder lostToSubscribers = new LongAdder();

    /** Makes counts of a router that holds nothing. */
    public RouterCounts() {}

    /**
     * Counts rooms.
     *
     * @param change 1 for a new one, -1 for one that ended
     */
    public void rooms(int change) {
        rooms.addAndGet(change);
    }

    /**
     * Counts publications.
     *
     * @param change how many there are more
     */
    public void publications(int change) {
        publications.addAndGet(change);
    }

    /**
     * Counts subscriptions.
     *
     * @param change how many there are more
     */
    public void subscriptions(int change) {
        subscriptions.addAndGet(change);
    }

    /** Counts a subscription that receives another encoding or frame rate than before. */
    public void layerSwitched() {
        layerSwitches.increment();
    }

    /**
     * Counts packets that did not reach the router.
     *
     * @param packets how many
     */
    public void lostFromPublisher(int packets) {
        lostFromPublishers.add(packets);
    }

    /**
     * Counts packets that did not reach a subscriber.
     *
     * @param packets how many
     */
    public void lostToSubscriber(int packets) {
        lostToSubscribers.add(packets);
    }

    /** {@return sessions that it holds} */
    public int rooms() {
        return rooms.get();
    }

    /** {@return publications that it holds} */
    public int publications() {
        return publications.get();
    }

    /** {@return subscriptions that it holds} */
    public int subscriptions() {
        return subscriptions.get();
    }

    /** {@return publications and subscriptions that it holds} */
    public int links() {
        return publications() + subscriptions();
    }

    /** {@return switches of layers so far} */
    public long layerSwitches() {
        return layerSwitches.sum();
    }

    /** {@return packets that were lost on the way from publishers, as far as the router reported them} */
    public long lostFromPublishers() {
        return lostFromPublishers.sum();
    }

    /** {@return packets that were lost on the way to subscribers, as far as the router reported them} */
    public long lostToSubscribers() {
        return lostToSubscribers.sum();
    }
}
