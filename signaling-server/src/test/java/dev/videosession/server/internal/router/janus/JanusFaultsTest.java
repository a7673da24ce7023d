package dev.videosession.server.internal.router.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.janus.process.JanusInstance;
import dev.videosession.server.internal.router.janus.process.LinkCapacity;
import dev.videosession.server.internal.router.janus.session.FakeJanus;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.settings.JanusEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of Janus that come late, twice, or not at all. */
class JanusFaultsTest {
    private static final JanusTimings QUICK = new JanusTimings(2000, 20, 2000, 300, 1000, 4000, 250, 1000, 10_000);

    private final FakeJanus janus = new FakeJanus();
    private final RouterScene scene =
            new RouterScene(JanusRouter.connect(new JanusEndpoint(janus.uri(), "", ""), QUICK, TimeSource.system()));

    @AfterEach
    void close() {
        scene.close();
        janus.close();
    }

    /** The first of these requests meets a fault, the second one another, all further ones are answered. */
    private void react(String name, FakeJanus.Reaction first, FakeJanus.Reaction second) {
        AtomicInteger count = new AtomicInteger();
        janus.reaction = (asked, request) -> {
            boolean meant = asked.equals(name) && (!name.equals("create") || request.has("body"));
            int number = meant ? count.incrementAndGet() : 0;
            return number == 1 ? first : number == 2 ? second : FakeJanus.Reaction.ANSWER;
        };
    }

    @Test
    void roomThatALostAnswerCreatedIsUsed() {
        react("create", FakeJanus.Reaction.IGNORE, FakeJanus.Reaction.REFUSE_AS_KNOWN);
        RouterRoom room = scene.room();
        scene.publish(room, "s-1");
        scene.awaitEvent("ended s-1 Janus did not answer in time");
        scene.publish(room, "s-2");
        scene.awaitEvent("answer s-2");
    }

    @Test
    void handleOfALateAnswerIsReleased() {
        react("attach", FakeJanus.Reaction.ANSWER_LATE, FakeJanus.Reaction.ANSWER);
        RouterRoom room = scene.room();
        scene.publish(room, "s-1");
        scene.awaitEvent("ended s-1 Janus did not answer in time");
        await("the handle is released").until(() -> janus.asked.contains("detach 102"));
    }

    @Test
    void answerThatCannotBeReadEndsTheSubscription() {
        RouterRoom room = scene.room();
        scene.publish(room, "s-1");
        scene.awaitEvent("answer s-1");
        room.subscribe(new StreamId("s-1"), Layers.ALL, new SilentSubscription(scene.events));
        janus.tell(102, Map.of("janus", "webrtcup"));
        scene.awaitEvent("subscriber ended Janus sent no field mid");
        await().until(() -> janus.asked.contains("detach 103"));
    }

    @Test
    void offerThatJanusCannotUseIsRefused() {
        react("joinandconfigure", FakeJanus.Reaction.REFUSE_DESCRIPTION, FakeJanus.Reaction.ANSWER);
        RouterRoom room = scene.room();
        scene.publish(room, "s-1");
        scene.awaitEvent("refused s-1 DESCRIPTION Janus VideoRoom: Error parsing offer");
        await("the handle is released").until(() -> janus.asked.contains("detach 102"));
        scene.publish(room, "s-2");
        scene.awaitEvent("answer s-2");
        assertThat(scene.router.counts().links()).isEqualTo(1);
    }

    @Test
    void failuresInARowAreCountedUntilTheRouterIsStable() {
        try (RouterScene unstable = new RouterScene(JanusRouter.connect(
                new JanusEndpoint(janus.uri(), "", ""),
                new JanusTimings(2000, 20, 2000, 3000, 1000, 4000, 40, 100, 500),
                TimeSource.system()))) {
            assertThat(unstable.router.failures()).isZero();
            for (int i = 1; i <= 3; i++) {
                int failures = i;
                janus.tell(0, Map.of("janus", "timeout"));
                await("failure " + i).until(() -> unstable.router.failures() == failures);
                unstable.awaitUp(Duration.ofSeconds(5));
            }
            await("the router is stable").until(() -> unstable.router.failures() == 0);
            assertThat(unstable.router.restarts()).isEqualTo(3);
        }
    }

    @Test
    void claimThatASocketLostIsRepeatedAndDoesNotFailTheSession() {
        AtomicInteger claims = new AtomicInteger();
        scene.publish(scene.room(), "s-1");
        scene.awaitEvent("answer s-1");
        janus.reaction = (name, request) -> name.equals("claim") && claims.incrementAndGet() == 1
                ? FakeJanus.Reaction.CUT
                : FakeJanus.Reaction.ANSWER;
        janus.cut();
        await("the second claim").until(() -> claims.get() == 2);
        long waited = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * QUICK.requestMillis());
        await("the time limit of the first claim is over").until(() -> System.nanoTime() > waited);
        assertThat(scene.events).containsExactly("answer s-1");
        assertThat(scene.router.restarts()).isZero();
        assertThat(scene.router.isUp()).isTrue();
    }

    @Test
    void healthCheckThatASocketLostIsNoHang() {
        AtomicInteger questions = new AtomicInteger();
        janus.reaction = (name, request) -> name.equals("exists") && questions.incrementAndGet() == 1
                ? FakeJanus.Reaction.CUT
                : FakeJanus.Reaction.ANSWER;
        try (RouterScene checked = new RouterScene(JanusRouter.connect(
                new JanusEndpoint(janus.uri(), "", ""),
                new JanusTimings(2000, 20, 2000, 3000, 50, 200, 40, 100, 500),
                TimeSource.system()))) {
            await("further checks").until(() -> questions.get() > 5);
            assertThat(checked.router.restarts()).isZero();
        }
    }

    @Test
    void janusThatIsLaunchedWhileTheRouterIsClosedIsEnded() throws Exception {
        CountDownLatch launching = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        JanusRouter late = JanusRouter.start(
                "late",
                onExit -> {
                    launching.countDown();
                    try {
                        proceed.await(5, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return new LateJanus(new JanusEndpoint(janus.uri(), "", ""), ended);
                },
                LinkCapacity.OF_OTHER_MACHINE,
                QUICK,
                TimeSource.system());
        assertThat(launching.await(5, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(late::close);
        closing.start();
        await("the router waits for the launch").until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        proceed.countDown();
        closing.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(ended.await(0, TimeUnit.SECONDS)).as("ended").isTrue();
    }

    private record LateJanus(JanusEndpoint endpoint, CountDownLatch ended) implements JanusInstance {
        @Override
        public void close() {
            ended.countDown();
        }
    }

    @Test
    void releaseThatASocketLostIsRepeated() {
        RouterRoom room = scene.room();
        scene.publish(room, "s-1");
        scene.awaitEvent("answer s-1");
        react("detach", FakeJanus.Reaction.CUT, FakeJanus.Reaction.ANSWER);
        room.close();
        await().until(() -> janus.asked.contains("claim"));
        await().until(() -> janus.asked.stream().filter("detach 102"::equals).count() == 2);
        assertThat(scene.router.restarts()).isZero();
    }

    /** A scene in which no request times out while the test runs. */
    private RouterScene sceneWithLongTimeouts() {
        return new RouterScene(JanusRouter.connect(
                new JanusEndpoint(janus.uri(), "", ""),
                new JanusTimings(2000, 20, 2000, 60_000, 10_000, 60_000, 250, 1000, 10_000),
                TimeSource.system()));
    }

    @Test
    void offerOfAJoinedPublisherThatASocketLostIsRepeated() {
        try (RouterScene slow = sceneWithLongTimeouts()) {
            RoutedPublication publication = slow.publish(slow.room(), "s-1");
            slow.awaitEvent("answer s-1");
            react("configure", FakeJanus.Reaction.CUT, FakeJanus.Reaction.CUT);
            publication.offer(2, SessionDescription.parse(DescriptionKind.OFFER, SampleSdp.offer()));
            await("the answer").until(() -> slow.events.size() == 2);
            assertThat(slow.events).containsOnly("answer s-1");
            assertThat(count("configure")).isEqualTo(3);
        }
    }

    @Test
    void muteThatASocketLostIsRepeated() {
        try (RouterScene slow = sceneWithLongTimeouts()) {
            RoutedPublication publication = slow.publish(slow.room(), "s-1");
            slow.awaitEvent("answer s-1");
            react("moderate", FakeJanus.Reaction.CUT, FakeJanus.Reaction.ANSWER);
            publication.mute(MediaKind.VIDEO, true);
            await("the second request").until(() -> count("moderate") == 2);
            assertThat(slow.events).containsExactly("answer s-1");
        }
    }

    @Test
    void muteThatASocketLostDoesNotUndoALaterChange() {
        List<Boolean> mutes = new CopyOnWriteArrayList<>();
        try (RouterScene slow = sceneWithLongTimeouts()) {
            RoutedPublication publication = slow.publish(slow.room(), "s-1");
            slow.awaitEvent("answer s-1");
            janus.reaction = (name, request) -> {
                if (name.equals("moderate")) {
                    mutes.add(request.object("body").flag("mute"));
                }
                return name.equals("moderate") && mutes.size() == 1
                        ? FakeJanus.Reaction.CUT
                        : FakeJanus.Reaction.ANSWER;
            };
            publication.mute(MediaKind.VIDEO, true);
            await("the claim").until(() -> count("claim") == 1);
            publication.mute(MediaKind.VIDEO, false);
            await("the last request unmutes, and stays the last")
                    .during(Duration.ofMillis(1200))
                    .until(() -> !mutes.get(mutes.size() - 1));
        }
    }

    @Test
    void requestThatAlwaysEndsTheSocketIsGivenUp() {
        try (RouterScene slow = sceneWithLongTimeouts()) {
            RoutedPublication publication = slow.publish(slow.room(), "s-1");
            slow.awaitEvent("answer s-1");
            janus.reaction =
                    (name, request) -> name.equals("configure") ? FakeJanus.Reaction.CUT : FakeJanus.Reaction.ANSWER;
            publication.offer(2, SessionDescription.parse(DescriptionKind.OFFER, SampleSdp.offer()));
            slow.awaitEvent("ended s-1 the socket was lost before Janus answered");
            assertThat(count("configure")).isEqualTo(3);
        }
    }

    private long count(String request) {
        return janus.asked.stream().filter(each -> each.startsWith(request)).count();
    }

    @Test
    void joinThatASocketLostFailsSoon() {
        react("joinandconfigure", FakeJanus.Reaction.CUT, FakeJanus.Reaction.ANSWER);
        try (RouterScene slow = sceneWithLongTimeouts()) {
            slow.publish(slow.room(), "s-1");
            slow.awaitEvent("ended s-1 the socket was lost before Janus answered");
            slow.publish(slow.room(), "s-2");
            slow.awaitEvent("answer s-2");
        }
    }

    @ParameterizedTest
    @CsvSource({"ANSWER_LATE, 500", "IGNORE, 950"})
    void routerThatIsClosedDestroysItsRoomsFirstAndWaitsForThatASecondAtMost(
            FakeJanus.Reaction reaction, long leastMillis) {
        List<Long> roomAndSession = new CopyOnWriteArrayList<>();
        try (RouterScene closed = new RouterScene(JanusRouter.connect(
                new JanusEndpoint(janus.uri(), "", ""),
                new JanusTimings(2000, 20, 2000, 5000, 1000, 4000, 250, 1000, 10_000),
                TimeSource.system()))) {
            closed.publish(closed.room(), "s-1");
            closed.awaitEvent("answer s-1");
            janus.reaction = (name, request) -> {
                if (!name.equals("destroy")) {
                    return FakeJanus.Reaction.ANSWER;
                }
                roomAndSession.add(System.nanoTime());
                return request.has("body") ? reaction : FakeJanus.Reaction.ANSWER;
            };
        }
        await("the end of the session").until(() -> janus.asked.contains("destroy"));
        assertThat(janus.asked).containsSubsequence("detach 103", "destroy 102", "destroy");
        assertThat(TimeUnit.NANOSECONDS.toMillis(roomAndSession.get(1) - roomAndSession.get(0)))
                .isBetween(leastMillis, 4_000L);
    }
}
