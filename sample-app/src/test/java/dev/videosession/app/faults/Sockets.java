package dev.videosession.app.faults;

import java.util.Map;

/** Sockets that break while the network works, or almost does. */
final class Sockets {
    private static final int FLAPS = 5;

    private Sockets() {}

    static void reset(Scene scene) throws Exception {
        scene.begin();
        scene.victim.network().reset();
        recovered(scene);
    }

    static void finish(Scene scene) throws Exception {
        scene.begin();
        scene.victim.network().finish(true);
        recovered(scene);
    }

    static void halfClose(Scene scene) throws Exception {
        scene.begin();
        scene.victim.network().finish(false);
        recovered(scene);
    }

    private static void recovered(Scene scene) throws InterruptedException {
        scene.measure("recovered", scene.victim.await("sessionReconnected"));
        scene.last(2_000); // reports on pictures come once a second
        scene.assertPicturesFlowed();
    }

    static void flap(Scene scene) throws Exception {
        for (int flap = 0; flap < FLAPS; flap++) {
            scene.victim.network().holdSignaling(true);
            scene.last(1_000);
            scene.begin();
            scene.victim.network().holdSignaling(false);
            long back = scene.began();
            scene.measure(
                    "signal through after the return",
                    scene.witness.await(
                            "signal",
                            Scene.LONG,
                            event -> scene.connection().equals(event.get("from")) && Told.at(event) >= back));
            scene.last(1_000);
        }
        scene.assertPicturesFlowed();
    }

    static void flapWithReset(Scene scene) throws Exception {
        for (int flap = 1; flap <= FLAPS; flap++) {
            scene.victim.network().refuse(true);
            scene.victim.network().reset();
            scene.last(1_000);
            scene.begin();
            scene.victim.network().heal();
            scene.awaitCount(scene.victim, "sessionReconnected", flap);
            Map<String, Object> last = scene.victim.events().stream()
                    .filter(event -> Told.is(event, "sessionReconnected"))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            scene.measure("recovered after the return", last);
            scene.last(500);
        }
        scene.assertPicturesFlowed();
    }

    static void unnoticedLoss(Scene scene) throws Exception {
        scene.begin();
        Runnable lateEnd = scene.victim.network().resetNear();
        scene.measure("recovered", scene.victim.await("sessionReconnected"));
        lateEnd.run();
        scene.last(2_000);
        scene.assertPicturesFlowed();
    }
}
