package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Servers that are suspended, stopped or killed. These faults affect all participants. */
final class ServerFaults {
    private static final int CROWD = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SILENT =
            "videosession_disconnects_total{detail=\"silent\",reason=\"networkDisconnected\"}";

    private ServerFaults() {}

    static void shortFreeze(FaultRun run) throws Exception {
        freeze(run, 2_000);
        long woke = run.began();
        for (ParticipantProcess participant : run.participants.all()) {
            run.measure(
                    "first number after the suspension",
                    participant.await("signal", FaultRun.LONG, event -> RecordedEvents.at(event) >= woke));
        }
    }

    static void freeze(FaultRun run) throws Exception {
        freeze(run, 15_000);
        for (ParticipantProcess participant : run.participants.all()) {
            run.measure("recovered after the suspension", participant.await("sessionReconnected"));
        }
        run.awaitFrames();
        run.measure("frames after the suspension", System.currentTimeMillis() - run.began());
    }

    /** A suspended server removes no client when it continues, not even a client that waited with its old socket. */
    static void longFreeze(FaultRun run) throws Exception {
        double silent = run.participants.server.metric(SILENT);
        try (RawClient client = run.participants.raw(run.participants.token(Role.PUBLISHER, Duration.ofHours(1)))) {
            client.connect().listen();
            freeze(run, 30_000);
            for (ParticipantProcess participant : run.participants.all()) {
                run.measure("recovered after the suspension", participant.await("sessionReconnected"));
            }
            run.last(9_000); // more than the silence limit
            assertThat(client.expected()).isEmpty();
            assertThat(run.participants.server.metric(SILENT)).isEqualTo(silent);
            client.send(new ClientMessage.Disconnect());
            client.awaitClose();
        }
    }

    private static void freeze(FaultRun run, long millis) throws Exception {
        run.participants.server.freeze();
        run.last(millis);
        run.begin();
        run.participants.server.thaw();
    }

    static void drain(FaultRun run) throws Exception {
        long stopped = System.currentTimeMillis();
        assertThat(run.participants.server.terminate()).isZero();
        run.measure("server stopped", System.currentTimeMillis() - stopped);
        restart(run);
    }

    static void crash(FaultRun run) throws Exception {
        run.participants.server.kill();
        restart(run);
    }

    private static void restart(FaultRun run) throws Exception {
        run.participants.server.startAgain();
        run.begin();
        for (ParticipantProcess participant : run.participants.all()) {
            run.measure("recovered after the restart", participant.await("sessionReconnected"));
        }
    }

    static void crashWithCrowd(FaultRun run) throws Exception {
        SessionId session = run.participants.server.backend().newSession(true);
        var quiet = run.participants.server.holdings().gauges();
        String token = run.participants.server.backend().token(session, Role.PUBLISHER, "crowd");
        try (Crowd crowd = new Crowd(run.participants.server.url(), session, token, CROWD)) {
            crowd.gather();
            awaitComplete(crowd);
            long killed = System.currentTimeMillis();
            run.participants.server.kill();
            run.participants.server.startAgain();
            run.measure("server listens again", System.currentTimeMillis() - killed);
            run.begin();
            awaitComplete(crowd);
            run.measure("all rosters complete again", System.currentTimeMillis() - run.began());
            assertThat(crowd.unknown()).isEqualTo(CROWD);
        }
        for (ParticipantProcess participant : run.participants.all()) {
            participant.await("sessionReconnected");
        }
        Awaitility.await("the server to have no crowd either")
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        assertThat(run.participants.server.holdings().gauges()).isEqualTo(quiet));
    }

    private static void awaitComplete(Crowd crowd) {
        Awaitility.await("a complete crowd")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> crowd.complete() == CROWD);
    }
}
