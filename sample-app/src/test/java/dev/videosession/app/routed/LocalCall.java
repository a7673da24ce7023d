package dev.videosession.app.routed;

import static org.awaitility.Awaitility.await;

import dev.videosession.app.server.Backend;
import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server, a publisher and a subscriber in this process; the router is a process of its own. */
final class LocalCall implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final VideoFormat FORMAT = new VideoFormat(320, 180, 15);

    private final SignalingServer server;
    private final Session publishing;
    private final Session watching;
    private final MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);

    LocalCall(UnaryOperator<SignalingServerBuilder> router) throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        server = router.apply(SignalingServer.builder().project(project)).start();
        await("the router is up").atMost(LIMIT).until(() -> gauge("up") == 1);
        SessionId id = backend.newSession(false);
        publishing = session(backend, id);
        watching = session(backend, id);
        publishing.connect(backend.token(id, Role.PUBLISHER, "ada")).blockingAwait();
        watching.connect(backend.token(id, Role.SUBSCRIBER, "bob")).blockingAwait();
    }

    private Session session(Backend backend, SessionId id) {
        return Session.builder(server.uri(), backend.apiKey(), id.value())
                .mediaEngine(engine)
                .build();
    }

    /** A figure of the router, as the server counts it. */
    double gauge(String name) {
        return server.meters().get("videosession.router." + name).gauge().value();
    }

    /** Publishes a stream and returns when the other participant has it. */
    Publisher publish() {
        Publisher publisher = Publisher.builder()
                .mediaEngine(engine)
                .video(VideoSources.pattern(FORMAT))
                .audio(AudioSources.tone(440))
                .build();
        publishing.publish(publisher).blockingAwait();
        await("the stream")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !watching.streams().isEmpty());
        return publisher;
    }

    /** Ends a stream and returns when the other participant has not got it any more. */
    void unpublish(Publisher publisher) {
        publishing.unpublish(publisher).blockingAwait();
        await("no stream")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> watching.streams().isEmpty());
    }

    /** Subscribes to the only stream and returns when a frame has arrived. */
    Subscriber subscribe() throws InterruptedException {
        Stream stream = watching.streams().get(0);
        Subscriber subscriber = watching.subscribe(stream);
        CountDownLatch seen = new CountDownLatch(1);
        subscriber.video().addSink(frame -> seen.countDown());
        if (!seen.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("no frame within " + LIMIT);
        }
        return subscriber;
    }

    @Override
    public void close() {
        publishing.close();
        watching.close();
        server.close();
        engine.close();
    }
}
