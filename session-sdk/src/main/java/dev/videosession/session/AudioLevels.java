package dev.videosession.session;

import dev.videosession.session.loop.Loop;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of publishers and subscribers how loud it is, 20 times a second while it is not silent. Runs only
 * while there is somebody to listen to. Lives on the session's loop.
 */
final class AudioLevels {
    private static final long PERIOD_MILLIS = 50;

    private final Loop loop;
    private final Callbacks callbacks;
    private final Supplier<Collection<Publisher>> publishers;
    private final Supplier<Collection<Subscriber>> subscribers;
    private final Map<EventTarget, Double> told = new WeakHashMap<>();
    private Loop.@Nullable Timer timer;

    AudioLevels(
            Loop loop,
            Callbacks callbacks,
            Supplier<Collection<Publisher>> publishers,
            Supplier<Collection<Subscriber>> subscribers) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.publishers = publishers;
        this.subscribers = subscribers;
    }

    /** Somebody was added. */
    void wake() {
        if (timer == null) {
            timer = loop.schedule(PERIOD_MILLIS, this::tick);
        }
    }

    private void tick() {
        timer = null;
        for (Publisher publisher : publishers.get()) {
            double level = publisher.audio().level();
            if (!publisher.listeners().isEmpty() && isNews(publisher, level)) {
                callbacks.post(publisher.listeners(), listener -> listener.onAudioLevel(level));
            }
        }
        for (Subscriber subscriber : subscribers.get()) {
            double level = subscriber.audio().level();
            if (!subscriber.listeners().isEmpty() && isNews(subscriber, level)) {
                callbacks.post(subscriber.listeners(), listener -> listener.onAudioLevel(level));
            }
        }
        if (!publishers.get().isEmpty() || !subscribers.get().isEmpty()) {
            wake();
        }
    }

    private boolean isNews(EventTarget target, double level) {
        Double last = told.put(target, level);
        return last == null ? level > 0 : level > 0 || last > 0;
    }
}
