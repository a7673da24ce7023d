package dev.videosession.app.bot;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.session.MediaStoppedEvent;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bot's own stream. A publisher that was destroyed is followed by a new one when it is published again. */
final class BotPublisher implements AutoCloseable {
    private static final long STATISTICS_MILLIS = 500;

    private final Session session;
    private final MediaEngine engine;
    private final BotOptions options;
    private final LineWriter out;
    private @Nullable Running current;

    private record Running(Publisher publisher, FeedMeter meter) {
        void close() {
            meter.close();
            publisher.destroy();
        }
    }

    BotPublisher(Session session, MediaEngine engine, BotOptions options, LineWriter out) {
        this.session = session;
        this.engine = engine;
        this.options = options;
        this.out = out;
    }

    Completable publish() {
        return session.publish(usable().publisher());
    }

    Completable unpublish() {
        return session.unpublish(usable().publisher());
    }

    Completable turn(Consumer<Publisher> change) {
        change.accept(usable().publisher());
        return Completable.complete();
    }

    private synchronized Running usable() {
        Running before = current;
        if (before != null && !before.publisher().isDestroyed()) {
            return before;
        }
        if (before != null) {
            before.close();
        }
        Publisher publisher = Publisher.builder()
                .mediaEngine(engine)
                .video(VideoSources.pattern(options.video()))
                .audio(AudioSources.tone(options.toneHertz()))
                .name(options.name())
                .build();
        publisher.addListener(new Reporter());
        Running made = new Running(publisher, new FeedMeter(publisher.video(), publisher.audio(), () -> {}));
        current = made;
        return made;
    }

    /** Reports what the own camera makes and what is sent, in a session or not, until the publisher is destroyed. */
    synchronized void report() {
        if (current != null && !current.publisher().isDestroyed()) {
            Publisher publisher = current.publisher();
            Line line = Line.of("publisherMedia")
                    .with(
                            "streamId",
                            publisher.stream().map(own -> own.id().value()).orElse(null));
            Line measured = current.meter().report(line);
            Disposable unused = publisher
                    .stats()
                    .timeout(STATISTICS_MILLIS, TimeUnit.MILLISECONDS)
                    .subscribe(
                            links -> out.write(SentMedia.report(measured, links)),
                            failure -> out.write(SentMedia.report(measured, Map.of())));
        }
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
        }
    }

    private final class Reporter implements PublisherListener {
        @Override
        public void onStreamCreated(Stream stream) {
            out.write(EventLines.stream("publisherStreamCreated", stream));
        }

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            out.write(EventLines.streamDestroyed("publisherStreamDestroyed", event));
        }

        @Override
        public void onMediaStopped(MediaStoppedEvent event) {
            out.write(Line.of("publisherMediaStopped"));
        }

        @Override
        public void onMuteForced() {
            out.write(Line.of("publisherMuteForced"));
        }

        @Override
        public void onDestroyed() {
            out.write(Line.of("publisherDestroyed"));
        }

        @Override
        public void onError(SessionException error) {
            out.write(EventLines.exception("publisherError", error));
        }
    }
}
