package dev.videosession.app.faults;

import java.util.Map;

/** Sockets that break while the network works, or almost does. */
final class Sockets {
    private static final int FLAPS = 5;

    private Sockets() {}

    static void reset(FaultRun run) throws Exception {
        run.begin();
        run.victim.network().reset();
        recovered(run);
    }

    static void finish(FaultRun run) throws Exception {
        run.begin();
        run.victim.network().finish(true);
        recovered(run);
    }

    static void halfClose(FaultRun run) throws Exception {
        run.begin();
        run.victim.network().finish(false);
        recovered(run);
    }

    private static void recovered(FaultRun run) throws InterruptedException {
        run.measure("recovered", run.victim.await("sessionReconnected"));
        run.last(2_000); // frames are reported once a second
        run.assertFramesFlowed();
    }

    static void flap(FaultRun run) throws Exception {
        for (int flap = 0; flap < FLAPS; flap++) {
            run.victim.network().holdSignaling(true);
            run.last(1_000);
            run.begin();
            run.victim.network().holdSignaling(false);
            long back = run.began();
            run.measure(
                    "signal delivered after the return",
                    run.witness.await(
                            "signal",
                            FaultRun.LONG,
                            event -> run.connection().equals(event.get("from")) && RecordedEvents.at(event) >= back));
            run.last(1_000);
        }
        run.assertFramesFlowed();
    }

    static void flapWithReset(FaultRun run) throws Exception {
        for (int flap = 1; flap <= FLAPS; flap++) {
            run.victim.network().refuse(true);
            run.victim.network().reset();
            run.last(1_000);
            run.begin();
            run.victim.network().heal();
            run.awaitCount(run.victim, "sessionReconnected", flap);
            Map<String, Object> last = run.victim.events().stream()
                    .filter(event -> RecordedEvents.is(event, "sessionReconnected"))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            run.measure("recovered after the return", last);
            run.last(500);
        }
        run.assertFramesFlowed();
    }

    static void unnoticedLoss(FaultRun run) throws Exception {
        run.begin();
        Runnable lateEnd = run.victim.network().resetNear();
        run.measure("recovered", run.victim.await("sessionReconnected"));
        lateEnd.run();
        run.last(2_000);
        run.assertFramesFlowed();
    }
}
