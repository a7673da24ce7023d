package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.fixture.FaultProxy;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two causes at nearly the same time, hundreds of times: one end, with the same reason at both ends. */
class LeavingRaceIT {
    private static final int RUNS = 300;
    private static final int MANY_RUNS = 1000;
    private static final Timings TIMINGS = new Timings(1000, 4000, 3000);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, List<String>> atTheObserver = new ConcurrentHashMap<>();

    /** What a cause acts on. */
    private record Scene(
            LiveServer server,
            SessionId id,
            Participant moderator,
            Participant leaver,
            ConnectionId leaverId,
            FaultProxy network) {}

    private enum Cause {
        DISCONNECT(scene -> scene.leaver.session.disconnect()),
        DISCONNECT_AGAIN(scene -> scene.leaver.session.disconnect()),
        CLOSE(scene -> scene.leaver.session.close()),
        KICK(scene -> scene.moderator.session.forceDisconnect(
                scene.leaverId(), ForceDisconnectOptions.DEFAULT.withMessage("kick"))),
        BAN(scene -> scene.server.server.control().forceDisconnect(scene.id, scene.leaverId(), "ban", true)),
        EVICT(scene -> scene.server.server.control().evict(scene.id, scene.leaverId(), "evict")),
        CUT(scene -> scene.network.cut());

        final Consumer<Scene> action;

        Cause(Consumer<Scene> action) {
            this.action = action;
        }
    }

    @Test
    @Timeout(120)
    void twoCausesGiveOneEndWithTheSameReasonAtBothEnds() throws Exception {
        race(RUNS);
    }

    @Test
    @Timeout(300)
    @Tag("faults")
    void twoCausesGiveOneEndAThousandTimes() throws Exception {
        race(MANY_RUNS);
    }

    private void race(int runs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LiveServer server = new LiveServer(TIMINGS)) {
            SessionId id = server.newSession();
            try (FaultProxy network = new FaultProxy(server.server.uri());
                    Participant moderator = server.join(id, Role.MODERATOR, "moderator")) {
                moderator.session.addListener(new SessionListener() {
                    @Override
                    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
                        atTheObserver
                                .computeIfAbsent(event.connection().data(), name -> new ArrayList<>())
                                .add(event.reason().wireName() + " "
                                        + event.detail().wireName());
                    }
                });
                List<Participant> leavers = new ArrayList<>();
                List<String> plans = new ArrayList<>();
                for (int run = 0; run < runs; run++) {
                    Participant leaver = server.joinThrough(network, id, Role.PUBLISHER, "leaver-" + run, null);
                    leavers.add(leaver);
                    plans.add(race(new Scene(server, id, moderator, leaver, leaver.id(), network), threads));
                    await("run " + run + " " + plans.get(run) + ", seed " + seed)
                            .pollInterval(Duration.ofMillis(2))
                            .atMost(Participant.LIMIT)
                            .until(() -> terminalEvents(leaver).size() == 1 && atTheObserver.containsKey(leaver.name));
                }
                for (int run = 0; run < runs; run++) {
                    Participant leaver = leavers.get(run);
                    String plan = "run " + run + " " + plans.get(run) + ", seed " + seed;
                    assertThat(terminalEvents(leaver)).as(plan).hasSize(1);
                    assertThat(atTheObserver.get(leaver.name)).as(plan).hasSize(1);
                    assertThat(terminalEvents(leaver).get(0))
                            .as(plan)
                            .startsWith(atTheObserver.get(leaver.name).get(0));
                    leaver.close();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private String race(Scene scene, ExecutorService threads) throws Exception {
        Cause first = pick();
        Cause second = pick();
        while (second == first || (first == Cause.CUT && second == Cause.CUT)) {
            second = pick();
        }
        Future<?> one = fire(scene, first, threads);
        Future<?> other = fire(scene, second, threads);
        one.get();
        other.get();
        return first + " against " + second;
    }

    private Future<?> fire(Scene scene, Cause cause, ExecutorService threads) {
        long nanos = (long) (random.nextDouble() * 3_000_000);
        return threads.submit(() -> {
            LockSupport.parkNanos(nanos);
            cause.action.accept(scene);
        });
    }

    private Cause pick() {
        return Cause.values()[random.nextInt(Cause.values().length)];
    }

    private static List<String> terminalEvents(Participant participant) {
        return participant.events.stream()
                .filter(event -> event.startsWith("sessionDisconnected "))
                .map(event -> event.substring("sessionDisconnected ".length()))
                .toList();
    }
}
