package dev.videosession.app.bot;

import dev.videosession.protocol.StreamId;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.VideoChangeReason;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the bot receives: at most one subscriber for each stream, measured as long as it lives. */
final class BotSubscribers implements AutoCloseable {
    private final Session session;
    private final LineWriter out;
    private final Map<StreamId, Running> running = new ConcurrentHashMap<>();

    private record Running(Subscriber subscriber, FeedMeter meter) {}

    BotSubscribers(Session session, LineWriter out) {
        this.session = session;
        this.out = out;
    }

    /** Subscribes unless that is done already; completes when media flows. */
    Completable subscribe(Stream stream) {
        return running.computeIfAbsent(stream.id(), id -> start(stream))
                .subscriber()
                .connected();
    }

    private Running start(Stream stream) {
        Subscriber subscriber = session.subscribe(stream);
        FeedMeter meter =
                new FeedMeter(subscriber.video(), subscriber.audio(), () -> out.write(line("firstFrame", stream)));
        Running made = new Running(subscriber, meter);
        subscriber.addListener(new Reporter(stream, meter, () -> running.remove(stream.id(), made)));
        return made;
    }

    /** Returns whether there was something to end. */
    boolean unsubscribe(StreamId stream) {
        Running ended = running.remove(stream);
        if (ended == null) {
            return false;
        }
        ended.meter().close();
        session.unsubscribe(ended.subscriber());
        return true;
    }

    /** {@return the subscriber of a stream, or null} */
    @Nullable
    Subscriber of(StreamId stream) {
        Running found = running.get(stream);
        return found == null ? null : found.subscriber();
    }

    void report() {
        running.values().forEach(each -> out.write(each.meter().report(line("media", each.subscriber().stream()))));
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::unsubscribe);
    }

    private static Line line(String event, Stream stream) {
        return Line.of(event).with("streamId", stream.id().value());
    }

    private final class Reporter implements SubscriberListener {
        private final Stream stream;
        private final FeedMeter meter;
        private final Runnable afterEnd;

        Reporter(Stream stream, FeedMeter meter, Runnable afterEnd) {
            this.stream = stream;
            this.meter = meter;
            this.afterEnd = afterEnd;
        }

        @Override
        public void onConnected() {
            out.write(line("subscriberConnected", stream));
        }

        @Override
        public void onDisconnected() {
            out.write(line("subscriberDisconnected", stream));
        }

        @Override
        public void onReconnected() {
            out.write(line("subscriberReconnected", stream));
        }

        @Override
        public void onVideoDisabled(VideoChangeReason reason) {
            out.write(line("subscriberVideoDisabled", stream).with("reason", reason.wireName()));
        }

        @Override
        public void onVideoEnabled(VideoChangeReason reason) {
            out.write(line("subscriberVideoEnabled", stream).with("reason", reason.wireName()));
        }

        @Override
        public void onDestroyed() {
            afterEnd.run();
            meter.close();
            out.write(meter.last(line("subscriberDestroyed", stream)));
        }

        @Override
        public void onError(SessionException error) {
            out.write(EventLines.exception("subscriberError", error)
                    .with("streamId", stream.id().value()));
        }
    }
}
