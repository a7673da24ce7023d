package dev.videosession.session.precall;

import dev.videosession.session.ServerAddress;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tests before a call whether it will work: devices, server, media router, media path, bandwidth, and a path through a TURN server.
 *
 * <pre>{@code
 * PreCallResult result = PreCallTest.of(ServerAddress.listOf("https://video.example"), apiKey, testSessionId, token)
 *         .run(progress -> System.out.printf("%s %.0f %%%n", progress.step(), 100 * progress.fraction()))
 *         .blockingGet();
 * result.recommended().ifPresentOrElse(
 *         format -> System.out.println("send " + format), () -> System.out.println("send audio only"));
 * }</pre>
 *
 * <p>The test connects twice to a session and publishes a test pattern there without opening a device or playing anything. Use a session
 * of its own, because participants of that session would see and hear the test. The token must permit to publish, and to connect more
 * than once.
 *
 * <p>Immutable; each {@link #run} is a test of its own.
 */
public final class PreCallTest {
    private static final Duration MEASUREMENT = Duration.ofSeconds(8);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final List<ServerAddress> servers;
    private final String apiKey;
    private final String sessionId;
    private final String token;
    private final Duration measurement;
    private final boolean relay;

    private PreCallTest(
            List<ServerAddress> servers,
            String apiKey,
            String sessionId,
            String token,
            Duration measurement,
            boolean relay) {
        this.servers = List.copyOf(servers);
        this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
        this.token = Objects.requireNonNull(token, "token");
        this.measurement = measurement;
        this.relay = relay;
    }

    /**
     * Prepares a test that measures for eight seconds and looks for a TURN server.
     *
     * @param servers addresses of one server
     * @param apiKey API key of the project
     * @param sessionId a session for tests
     * @param token a token for it
     * @return the test, which is not started
     */
    public static PreCallTest of(List<ServerAddress> servers, String apiKey, String sessionId, String token) {
        return new PreCallTest(servers, apiKey, sessionId, token, MEASUREMENT, true);
    }

    /**
     * Changes how long the bandwidth is measured. The estimate of an encoder needs some seconds to rise to what the path carries.
     *
     * @param duration at least a second, at most a minute
     * @return a copy
     * @throws IllegalArgumentException out of that range
     */
    public PreCallTest withMeasurement(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A measurement takes 1 s to 60 s, not " + duration + ".");
        }
        return new PreCallTest(servers, apiKey, sessionId, token, duration, relay);
    }

    /**
     * Chooses whether to look for a path through a TURN server, which is also the one that is measured in a relayed session.
     *
     * @param on false to skip that step
     * @return a copy
     */
    public PreCallTest withRelay(boolean on) {
        return new PreCallTest(servers, apiKey, sessionId, token, measurement, on);
    }

    /**
     * Runs the test when the result is subscribed to, on a thread of its own. It ends after the measurement and, if servers
     * do not answer, at most 90 s more. Dispose of the subscription to cancel the test: within a second it has ended and closed its
     * connections, and nothing is reported any more.
     *
     * @param progress called on the thread of the test, at each step and each second of the measurement; an exception is logged
     * @return the result, on the thread of the test. A step that fails is part of the result, not an error
     */
    public Single<PreCallResult> run(Consumer<PreCallProgress> progress) {
        Objects.requireNonNull(progress, "progress");
        return Single.create(emitter -> {
            PreCallRun run = new PreCallRun(
                    new TestParticipants.Target(servers, apiKey, sessionId, token), measurement, relay, progress);
            Thread thread = new Thread(() -> run.run(emitter::onSuccess, emitter::tryOnError), "pre-call-test");
            thread.setDaemon(true);
            emitter.setCancellable(thread::interrupt);
            thread.start();
        });
    }
}
