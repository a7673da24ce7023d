package dev.videosession.session.internal.connection;

import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.speaker.SpeakerDetector;
import dev.videosession.session.internal.speaker.Voice;
import dev.videosession.session.internal.stream.LocalPublisher;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports audio levels to the listeners of publishers and subscribers, 20 times per second while there is audio, and the speakers when they
 * change. Runs only while there is a publisher or subscriber. Used on the session's loop.
 */
public final class AudioLevels {
    private static final long PERIOD_MILLIS = 50;

    private final SessionLoop loop;
    private final EventDispatcher events;
    private final Supplier<Collection<LocalPublisher>> publishers;
    private final Supplier<Collection<RemoteSubscriber>> subscribers;
    private final SpeakerDetector speakers = new SpeakerDetector();
    private final Map<Object, LastReport> reports = new WeakHashMap<>();
    private SessionLoop.@Nullable Timer timer;

    public AudioLevels(
            SessionLoop loop,
            EventDispatcher events,
            Supplier<Collection<LocalPublisher>> publishers,
            Supplier<Collection<RemoteSubscriber>> subscribers) {
        this.loop = loop;
        this.events = events;
        this.publishers = publishers;
        this.subscribers = subscribers;
    }

    /** Starts the reports after a publisher or subscriber was added. */
    public void wake() {
        if (timer == null) {
            timer = loop.schedule(PERIOD_MILLIS, this::tick);
        }
    }

    private void tick() {
        timer = null;
        List<Voice> voices = new ArrayList<>();
        for (LocalPublisher publisher : publishers.get()) {
            double level = publisher.audio().level();
            publisher.stream().ifPresent(stream -> voices.add(voice(stream, true, level)));
            tell(publisher, level, !publisher.hasListeners(), () -> publisher.tell(each -> each.onAudioLevel(level)));
        }
        for (RemoteSubscriber subscriber : subscribers.get()) {
            double level = subscriber.audio().level();
            voices.add(voice(subscriber.stream(), false, level));
            tell(
                    subscriber,
                    level,
                    !subscriber.hasListeners(),
                    () -> subscriber.tell(each -> each.onAudioLevel(level)));
        }
        if (speakers.sample(loop.nowMillis(), voices)) {
            events.postSpeakers(speakers.current());
        }
        if (!publishers.get().isEmpty() || !subscribers.get().isEmpty()) {
            wake();
        }
    }

    private static Voice voice(Stream stream, boolean own, double level) {
        return new Voice(stream, own, stream.hasAudio() ? level : 0);
    }

    private void tell(Object target, double level, boolean unheard, Runnable report) {
        LastReport last = reports.computeIfAbsent(target, each -> new LastReport());
        if (unheard || !last.isWorthReporting(level) || !last.underWay.compareAndSet(false, true)) {
            return; // a slow listener misses levels instead of falling behind
        }
        last.level = level;
        report.run();
        events.callbacks().post(() -> last.underWay.set(false));
    }

    /** The last level that was reported to the listeners of one target, and whether a report is in progress. */
    private static final class LastReport {
        private final AtomicBoolean underWay = new AtomicBoolean();
        private double level;

        boolean isWorthReporting(double now) {
            return now > 0 || level > 0;
        }
    }
}
