package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.Heartbeat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SequencedEvent;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two in a session of their own who go on talking whatever is done to the server, and measure how long a word takes. */
final class Bystanders implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final TestClient speaker;
    private final TestClient listener;
    private final Thread talk = new Thread(this::talk, "bystanders");
    private long[] latencies = new long[1024];
    private int count;
    private volatile boolean enough;
    private volatile Throwable failure;

    Bystanders(ServerFixture fixture) {
        SessionId session = ServerFixture.newSession();
        String token = new TokenIssuer(ServerFixture.PROJECT).jwt(new ClientToken(session));
        speaker = fixture.open().connect(session, token);
        listener = fixture.open().connect(session, token);
        speaker.expect(SequencedEvent.ConnectionCreated.class);
        talk.start();
    }

    /** Loads what a first connect needs, which may take longer than a server under test permits. */
    static void rehearse() {
        try (ServerFixture fixture = new ServerFixture()) {
            fixture.join(Role.PUBLISHER).expectNothing();
        }
    }

    private void talk() {
        try {
            for (int i = 0; !enough; i++) {
                long start = System.nanoTime();
                speaker.send(new ClientMessage.Signal(speaker.nextId(), "word", Integer.toString(i), null));
                SequencedEvent.Signal heard = listener.expect(SequencedEvent.Signal.class);
                assertThat(heard.data()).isEqualTo(Integer.toString(i));
                note(System.nanoTime() - start);
                listener.send(new Heartbeat());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private synchronized void note(long nanos) {
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = nanos;
    }

    /** How long a word took, in microseconds: half of them at most so long, and 99 of 100. */
    record Latency(long medianMicros, long p99Micros) {}

    /** Of the words since the last call. */
    synchronized Latency latency() {
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        count = 0;
        return new Latency(percentile(sorted, 50), percentile(sorted, 99));
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : TimeUnit.NANOSECONDS.toMicros(sorted[(sorted.length - 1) * percent / 100]);
    }

    synchronized int words() {
        return count;
    }

    void assertUnharmed() {
        if (failure != null) {
            throw new AssertionError("the bystanders were disturbed: " + failure.getMessage(), failure);
        }
        assertThat(talk.isAlive()).isTrue();
    }

    @Override
    public void close() {
        enough = true;
        try {
            talk.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(failure).as("the bystanders").isNull();
    }
}
