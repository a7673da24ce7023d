package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Servers that stand still, stop, or are killed. They befall everybody. */
final class ServerFaults {
    private static final int CROWD = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SILENT =
            "videosession_disconnects_total{detail=\"silent\",reason=\"networkDisconnected\"}";

    private ServerFaults() {}

    static void shortFreeze(Scene scene) throws Exception {
        freeze(scene, 2_000);
        long woke = scene.began();
        for (Actor actor : scene.cast.all()) {
            scene.measure(
                    "first number after waking", actor.await("signal", Scene.LONG, event -> Told.at(event) >= woke));
        }
    }

    static void freeze(Scene scene) throws Exception {
        freeze(scene, 15_000);
        for (Actor actor : scene.cast.all()) {
            scene.measure("recovered after waking", actor.await("sessionReconnected"));
        }
        scene.awaitPictures();
        scene.measure("pictures after waking", System.currentTimeMillis() - scene.began());
    }

    /** Nobody is removed by a server that could not hear them, not even who waited with its old socket. */
    static void longFreeze(Scene scene) throws Exception {
        double silent = scene.cast.server.metric(SILENT);
        try (RawClient patient = scene.cast.raw(scene.cast.token(Role.PUBLISHER, Duration.ofHours(1)))) {
            patient.connect().listen();
            freeze(scene, 30_000);
            for (Actor actor : scene.cast.all()) {
                scene.measure("recovered after waking", actor.await("sessionReconnected"));
            }
            scene.last(9_000); // more than the silence limit
            assertThat(patient.tale()).isEmpty();
            assertThat(scene.cast.server.metric(SILENT)).isEqualTo(silent);
            patient.send(new ClientMessage.Disconnect());
            patient.awaitClose();
        }
    }

    private static void freeze(Scene scene, long millis) throws Exception {
        scene.cast.server.freeze();
        scene.last(millis);
        scene.begin();
        scene.cast.server.thaw();
    }

    static void drain(Scene scene) throws Exception {
        long stopped = System.currentTimeMillis();
        assertThat(scene.cast.server.terminate()).isZero();
        scene.measure("server stopped", System.currentTimeMillis() - stopped);
        restart(scene);
    }

    static void crash(Scene scene) throws Exception {
        scene.cast.server.kill();
        restart(scene);
    }

    private static void restart(Scene scene) throws Exception {
        scene.cast.server.startAgain();
        scene.begin();
        for (Actor actor : scene.cast.all()) {
            scene.measure("recovered after the restart", actor.await("sessionReconnected"));
        }
    }

    static void crashWithCrowd(Scene scene) throws Exception {
        SessionId session = scene.cast.server.backend().newSession(true);
        var quiet = scene.cast.server.holdings().gauges();
        String token = scene.cast.server.backend().token(session, Role.PUBLISHER, "crowd");
        try (Crowd crowd = new Crowd(scene.cast.server.url(), session, token, CROWD)) {
            crowd.gather();
            awaitComplete(crowd);
            long killed = System.currentTimeMillis();
            scene.cast.server.kill();
            scene.cast.server.startAgain();
            scene.measure("server listens again", System.currentTimeMillis() - killed);
            scene.begin();
            awaitComplete(crowd);
            scene.measure("everybody knows everybody again", System.currentTimeMillis() - scene.began());
            assertThat(crowd.unknown()).isEqualTo(CROWD);
        }
        for (Actor actor : scene.cast.all()) {
            actor.await("sessionReconnected");
        }
        Awaitility.await("the crowd to be gone for the server too")
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> assertThat(scene.cast.server.holdings().gauges()).isEqualTo(quiet));
    }

    private static void awaitComplete(Crowd crowd) {
        Awaitility.await("a complete crowd")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> crowd.complete() == CROWD);
    }
}
