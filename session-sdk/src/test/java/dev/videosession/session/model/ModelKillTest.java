package dev.videosession.session.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.Connection;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionState;
import dev.videosession.session.SignalOptions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node dies when Redis has carried out the append of a request and before the node has its answer: the client resumes at the other
 * node, sends the request again and gets the reply of the first time.
 */
class ModelKillTest {
    private static final int KILLS = 200;
    private static final int KILLS_IN_A_RUN = 25;
    private static final int MOST_STEPS = 60;
    private static final long STEP_MILLIS = 500;

    /** What is under way. */
    enum Request {
        PUBLISH("S+ ") {
            @Override
            ModelClient.Call send(ModelClient moderator, ModelClient other, int number) {
                moderator.publish("stream" + number);
                return moderator.calls.get(moderator.calls.size() - 1);
            }

            @Override
            void undo(ModelClient moderator, ModelClient other) {
                Publisher published = moderator.publishers.stream()
                        .filter(each -> each.session().isPresent())
                        .findFirst()
                        .orElseThrow();
                moderator.call("unpublish", moderator.session.unpublish(published));
            }
        },
        SIGNAL("G ") {
            @Override
            ModelClient.Call send(ModelClient moderator, ModelClient other, int number) {
                String data = "signal" + number;
                return moderator.call("signal " + data, moderator.session.signal("chat", data, SignalOptions.TO_ALL));
            }

            @Override
            void undo(ModelClient moderator, ModelClient other) {
                // nothing is left of a signal
            }
        },
        FORCE_DISCONNECT("C- ") {
            @Override
            ModelClient.Call send(ModelClient moderator, ModelClient other, int number) {
                Connection victim = moderator.others().stream()
                        .filter(each -> each.data().equals(other.name))
                        .findFirst()
                        .orElseThrow();
                return moderator.call(
                        "forceDisconnect",
                        moderator.session.forceDisconnect(victim, ForceDisconnectOptions.DEFAULT.withMessage("out")));
            }

            @Override
            void undo(ModelClient moderator, ModelClient other) {
                other.connect();
            }
        };

        private final String event;

        /** The event is written as {@link ModelLog} writes it. */
        Request(String event) {
            this.event = event;
        }

        abstract ModelClient.Call send(ModelClient moderator, ModelClient other, int number);

        /** Makes it possible again. */
        abstract void undo(ModelClient moderator, ModelClient other);
    }

    @BeforeAll
    static void listenToTheLog() {
        ModelTest.listenToTheLog();
    }

    @AfterAll
    static void stopListening() {
        ModelTest.stopListening();
    }

    @ParameterizedTest
    @EnumSource(Request.class)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void requestOfANodeThatDiesBeforeItsReplyIsCarriedOutOnce(Request request) {
        int kills = 0;
        for (int seed = 0; kills < KILLS; seed++) {
            ModelWorld world = new ModelWorld(seed, 2, false, redis -> {}, null);
            if (isCalm(world)) {
                kills += new Run(world, request).killRepeatedly();
            }
        }
    }

    /** Nothing may go wrong in the run but what the test does, and clients see each other. */
    private static boolean isCalm(ModelWorld world) {
        return world.settings.isRoomy()
                && !world.settings.policy().closesWithLastModerator()
                && world.clients.stream().noneMatch(client -> client.suppressed);
    }

    private static final class Run {
        private final ModelWorld world;
        private final Request request;
        private final ModelClient moderator;
        private final ModelClient other;
        private @Nullable Integer killed;

        Run(ModelWorld world, Request request) {
            this.world = world;
            this.request = request;
            this.moderator = world.clients.get(0);
            this.other = world.clients.get(1);
        }

        int killRepeatedly() {
            List.of(moderator, other).forEach(ModelClient::connect);
            settle();
            for (int i = 0; i < KILLS_IN_A_RUN; i++) {
                kill(i);
            }
            world.calmDown();
            world.checks.quiet();
            world.verify();
            world.server.stop();
            return KILLS_IN_A_RUN;
        }

        private void kill(int number) {
            long before = events();
            killed = null;
            for (int node = 0; node < world.server.nodeCount(); node++) {
                int index = node;
                world.server.member(node).link.onAppend(count -> die(index));
            }
            world.clients.forEach(ModelClient::trouble);
            ModelClient.Call call = request.send(moderator, other, number);
            settle();
            Integer dead = killed;
            assertThat(dead).as("a node died").isNotNull();
            assertThat(call.outcomes).as("outcomes of %s", call.name).isOne();
            assertThat(call.error).as("outcome of %s", call.name).isNull();
            assertThat(events() - before).as("events of %s", call.name).isOne();
            if (dead != null) {
                world.server.start(dead);
            }
            request.undo(moderator, other);
            settle();
            Stream.of(moderator, other)
                    .flatMap(client -> client.calls.stream())
                    .forEach(each -> assertThat(each.error)
                            .as("outcome of %s", each.name)
                            .isNull());
            world.verify();
        }

        /** Lets time pass until every call has its outcome and both clients know who is in the session. */
        private void settle() {
            int steps = 0;
            do {
                world.time.pass(STEP_MILLIS);
                steps++;
            } while (!isSettled() && steps < MOST_STEPS);
        }

        private boolean isSettled() {
            long connected = Stream.of(moderator, other)
                    .filter(client -> client.session.state() == SessionState.CONNECTED)
                    .count();
            int logged = Objects.requireNonNull(world.server.cluster)
                    .truth()
                    .roster()
                    .connections()
                    .size();
            return connected == logged
                    && moderator.session.connections().size() == logged
                    && Stream.of(moderator, other)
                            .allMatch(client -> client.session.state() != SessionState.RECONNECTING
                                    && client.calls.stream().allMatch(call -> call.outcomes == 1));
        }

        /** The first append after the request is that of the request. */
        private void die(int node) {
            if (killed == null) {
                killed = node;
                world.killNode(node);
            }
        }

        private long events() {
            return world.server.log.lifeOf.values().stream()
                    .distinct()
                    .flatMap(life -> life.events.stream())
                    .flatMap(event -> event.lines().stream())
                    .filter(line -> line.startsWith(request.event))
                    .count();
        }
    }
}
