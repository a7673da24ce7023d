package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.redis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a session at two servers when their Redis stops, is suspended or loses data. */
@Timeout(120)
class FailingRedisTest {
    private final RedisServer redis = startRedis();
    private final SharedServers servers = new SharedServers(redis, 100);
    private final ServerFixture first = servers.start();
    private final ServerFixture second = servers.start();
    private final TestClient ada = first.join(Role.PUBLISHER);
    private final TestClient bob = second.join(Role.PUBLISHER);

    private static RedisServer startRedis() {
        try {
            return RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        servers.close();
        redis.close();
    }

    private TestClient resume(ServerFixture server, TestClient client, long id, long sequence) {
        TestClient again = server.open();
        again.send(new ClientMessage.Resume(
                id, 1, servers.session, client.id(), client.connected().resumeKey(), sequence));
        return again;
    }

    @Test
    void sessionGoesOnWhenRedisRestartsWithItsFile() throws Exception {
        ada.await(SequencedEvent.ConnectionCreated.class);
        redis.restart();
        awaitRedis(first);
        awaitRedis(second);
        ada.send(new ClientMessage.Publish(30, "camera", true, true, null, null));
        ada.await(ServerMessage.Published.class);
        assertThat(bob.await(SequencedEvent.StreamCreated.class).stream().name())
                .isEqualTo("camera");
    }

    /** Until the server can append again. */
    private void awaitRedis(ServerFixture server) {
        Awaitility.await("the server appends")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> {
                    server.server
                            .control()
                            .signal(servers.session, null, "probe", null)
                            .join();
                    return true;
                });
    }

    /** Ada saw an event that is lost, and another one has its number now: only a roster tells her the truth. */
    @Test
    void clientsResumeWithARosterAfterAFailoverThatLostTheLastEvents() throws Exception {
        redis.keepDisk();
        bob.publish("lost");
        TestClient cyd = second.join(Role.PUBLISHER);
        ada.await(SequencedEvent.StreamCreated.class);
        redis.restartWithKeptDisk();
        ada.expectClose(CloseCode.INTERNAL_ERROR);
        bob.expectClose(CloseCode.INTERNAL_ERROR);

        TestClient bobAgain = resume(first, bob, 20, 3);
        assertThat(bobAgain.expect(ServerMessage.Resumed.class).roster()).isNotNull();
        bobAgain.send(new ClientMessage.Publish(21, "other", true, true, null, null));
        bobAgain.await(ServerMessage.Published.class);
        TestClient adaAgain = resume(second, ada, 20, 3);
        ServerMessage.Resumed resumed = adaAgain.expect(ServerMessage.Resumed.class);
        assertThat(resumed.roster()).isNotNull();
        assertThat(resumed.roster().connections()).hasSize(2);
        assertThat(resumed.roster().streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.name()).isEqualTo("other"));
        resume(second, cyd, 20, 4).expectFailure(20, ErrorCode.UNKNOWN_RESUME);
    }

    @Test
    void clientsStartOverWhenRedisLostEverything() throws Exception {
        redis.restartEmpty();
        ada.expectClose(CloseCode.INTERNAL_ERROR);
        bob.expectClose(CloseCode.INTERNAL_ERROR);
        resume(second, ada, 20, 2).expectFailure(20, ErrorCode.UNKNOWN_RESUME);
        TestClient again = second.join(Role.PUBLISHER);
        assertThat(again.connected().roster().connections()).hasSize(1);
        TestClient other = first.join(Role.PUBLISHER);
        assertThat(other.connected().roster().connections()).hasSize(2);
    }

    /**
     * No client loses its socket while Redis is suspended. Redis carries the request out when it continues, which the server finds
     * out: the client resumes, sends the request again and gets the reply of that time.
     */
    @Test
    @Tag("faults")
    void suspendedRedisEndsNothing() throws Exception {
        ada.await(SequencedEvent.ConnectionCreated.class);
        redis.signal("STOP");
        ClientMessage publish = new ClientMessage.Publish(30, "camera", true, true, null, null);
        ada.send(publish);
        Awaitility.await("the command has failed")
                .pollDelay(Duration.ofSeconds(7))
                .until(() -> !ada.closed().isDone());
        redis.signal("CONT");
        ada.expectClose(CloseCode.INTERNAL_ERROR);
        TestClient again = resume(first, ada, 31, 2);
        again.expect(ServerMessage.Resumed.class);
        again.send(publish);
        again.await(ServerMessage.Published.class);
        assertThat(first.server
                        .control()
                        .snapshot(servers.session)
                        .join()
                        .orElseThrow()
                        .roster()
                        .streams())
                .hasSize(1);
        SequencedEvent.StreamCreated created = bob.await(SequencedEvent.StreamCreated.class);
        assertThat(created.stream().name()).isEqualTo("camera");
    }

    /** A server that opens the session late makes it from a snapshot and the entries after it. */
    @Test
    void logIsTrimmedUpToASnapshot() {
        for (int i = 0; i < 600; i++) {
            first.server
                    .control()
                    .signal(servers.session, null, "count", String.valueOf(i))
                    .join();
        }
        ServerFixture third = servers.start();
        assertThat(third.join(Role.PUBLISHER).connected().roster().connections())
                .hasSize(3);
        TestClient again = resume(third, ada, 20, 590);
        assertThat(again.expect(ServerMessage.Resumed.class).roster()).isNull();
        TestClient tooLate = resume(third, bob, 20, 10);
        assertThat(tooLate.expect(ServerMessage.Resumed.class).roster()).isNotNull();
    }
}
