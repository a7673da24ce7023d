package dev.videosession.session.internal.stream;

import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports audio levels to the listeners of publishers and subscribers, 20 times per second while there is audio. Runs only
 * while there is a publisher or subscriber. Used on the session's loop.
 */
public final class AudioLevels {
    private static final long PERIOD_MILLIS = 50;

    private final SessionLoop loop;
    private final CallbackQueue callbacks;
    private final Supplier<Collection<LocalPublisher>> publishers;
    private final Supplier<Collection<RemoteSubscriber>> subscribers;
    private final Map<Object, LastReport> reports = new WeakHashMap<>();
    private SessionLoop.@Nullable Timer timer;

    public AudioLevels(
            SessionLoop loop,
            CallbackQueue callbacks,
            Supplier<Collection<LocalPublisher>> publishers,
            Supplier<Collection<RemoteSubscriber>> subscribers) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.publishers = publishers;
        this.subscribers = subscribers;
    }

    /** A publisher or subscriber was added. */
    public void wake() {
        if (timer == null) {
            timer = loop.schedule(PERIOD_MILLIS, this::tick);
        }
    }

    private void tick() {
        timer = null;
        for (LocalPublisher publisher : publishers.get()) {
            double level = publisher.audio().level();
            tell(publisher, level, !publisher.hasListeners(), () -> publisher.tell(each -> each.onAudioLevel(level)));
        }
        for (RemoteSubscriber subscriber : subscribers.get()) {
            double level = subscriber.audio().level();
            tell(
                    subscriber,
                    level,
                    !subscriber.hasListeners(),
                    () -> subscriber.tell(each -> each.onAudioLevel(level)));
        }
        if (!publishers.get().isEmpty() || !subscribers.get().isEmpty()) {
            wake();
        }
    }

    private void tell(Object target, double level, boolean unheard, Runnable report) {
        LastReport last = reports.computeIfAbsent(target, each -> new LastReport());
        if (unheard || !last.isWorthReporting(level) || !last.underWay.compareAndSet(false, true)) {
            return; // a slow listener misses levels instead of falling behind
        }
        last.level = level;
        report.run();
        callbacks.post(() -> last.underWay.set(false));
    }

    /** The last level that was reported to the listeners of one target, and whether a report is under way. */
    private static final class LastReport {
        private final AtomicBoolean underWay = new AtomicBoolean();
        private double level;

        boolean isWorthReporting(double now) {
            return now > 0 || level > 0;
        }
    }
}
