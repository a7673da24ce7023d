package dev.videosession.session.precall;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Subscriber;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to one session: the first one publishes, the second one receives that. Methods block; on an interrupted thread they throw
 * an {@link InterruptedException}.
 */
final class TestParticipants implements AutoCloseable {
    /** Where to connect. */
    record Target(List<ServerAddress> servers, String apiKey, String sessionId, String token) {}

    /** The other end of the media link in a routed session. */
    static final ConnectionId ROUTER = new ConnectionId("router");

    private static final long CONNECT_SECONDS = 10;
    private static final long POLLS_PER_SECOND = 10;

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

    /** Publishes. The receiver subscribes by itself. */
    void publish(long seconds) throws Exception {
        await(sender.publish(publisher), seconds);
    }

    /** {@return whether the media link leads to the media router rather than to the receiver} Waits until there is a link. */
    boolean isRouted(long seconds) throws Exception {
        return poll(seconds, stats -> stats.isEmpty() ? null : stats.containsKey(ROUTER));
    }

    /** {@return the candidate types of the path of the media link} Waits until there is one. */
    String awaitPath(long seconds) throws Exception {
        return poll(
                seconds,
                stats -> stats.values().stream()
                        .map(LinkStats::path)
                        .filter(path -> !path.isEmpty())
                        .findFirst()
                        .orElse(null));
    }

    private <T> T poll(long seconds, Function<Map<ConnectionId, LinkStats>, @Nullable T> answer) throws Exception {
        for (long i = 0; i < seconds * POLLS_PER_SECOND; i++) {
            T found = answer.apply(
                    publisher.stats().timeout(seconds, TimeUnit.SECONDS).blockingGet());
            if (found != null) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(1_000 / POLLS_PER_SECOND);
        }
        throw new TimeoutException("no media path for " + seconds + " s");
    }

    /** {@return the TURN server that the sender uses, as its URL; "a TURN server" if only the receiver uses one} */
    String turnServer(long seconds) {
        return publisher.rtcStats().timeout(seconds, TimeUnit.SECONDS).blockingGet().values().stream()
                .flatMap(List::stream)
                .filter(stats -> "relay".equals(stats.values().get("candidateType")))
                .map(stats -> String.valueOf(stats.values().getOrDefault("url", "")))
                .filter(url -> url.startsWith("turn"))
                .findFirst()
                .orElse("a TURN server");
    }

    /** Waits until the published media arrives. */
    Subscriber receive(long seconds) throws Exception {
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
