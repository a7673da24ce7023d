package dev.videosession.session.precall;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.session.Publisher;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Subscriber;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two connections to one session: the first one publishes, the second one receives that. Blocks; a thread that is interrupted gets that. */
final class TestParticipants implements AutoCloseable {
    /** Where to connect. */
    record Target(List<ServerAddress> servers, String apiKey, String sessionId, String token) {}

    private static final long CONNECT_SECONDS = 10;

    private final String name = "pre-call test " + UUID.randomUUID();
    private final Target target;
    private final MediaEngine engine;
    private final Session sender;
    private final Session receiver;
    private final Publisher publisher;
    private final CompletableFuture<Subscriber> received = new CompletableFuture<>();

    TestParticipants(Target target, MediaEngine engine, boolean relayOnly) {
        this.target = target;
        this.engine = engine;
        sender = session(relayOnly);
        receiver = session(relayOnly);
        publisher = Publisher.builder()
                .name(name)
                .mediaEngine(engine)
                .video(VideoSources.pattern(VideoFormat.P720))
                .audio(AudioSources.tone(440))
                .build();
        receiver.addListener(new SessionListener() {
            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) {
                if (event.stream().name().equals(name)) {
                    received.complete(receiver.subscribe(event.stream()));
                }
            }
        });
    }

    private Session session(boolean relayOnly) {
        return Session.builder(target.servers(), target.apiKey(), target.sessionId())
                .mediaEngine(engine)
                .relayOnly(relayOnly)
                .startOver(false)
                .build();
    }

    void connect() throws Exception {
        await(receiver.connect(target.token()), CONNECT_SECONDS);
        await(sender.connect(target.token()), CONNECT_SECONDS);
    }

    /** Publishes and waits until media arrives. */
    Subscriber exchange(long seconds) throws Exception {
        await(sender.publish(publisher), seconds);
        Subscriber subscriber = received.get(seconds, TimeUnit.SECONDS);
        await(subscriber.connected(), seconds);
        return subscriber;
    }

    Publisher publisher() {
        return publisher;
    }

    /** Waits; fails with what the call failed with, or with a TimeoutException. */
    static void await(Completable call, long seconds) throws Exception {
        try {
            call.toCompletionStage(true).toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            TimeoutException described = new TimeoutException("no answer for " + seconds + " s");
            described.initCause(e);
            throw described;
        }
    }

    @Override
    public void close() {
        publisher.destroy();
        sender.close();
        receiver.close();
    }
}
