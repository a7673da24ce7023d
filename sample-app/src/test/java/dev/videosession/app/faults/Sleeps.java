package dev.videosession.app.faults;

/** Processes of clients that are suspended, as on a laptop whose lid is closed. */
final class Sleeps {
    private Sleeps() {}

    static void shortly(FaultRun run) throws Exception {
        sleep(run, 5_000);
        long woke = run.began();
        run.measure(
                "first number after the suspension",
                run.witness.await(
                        "signal",
                        FaultRun.LONG,
                        event -> run.connection().equals(event.get("from")) && RecordedEvents.at(event) >= woke));
    }

    static void untilLost(FaultRun run) throws Exception {
        run.begin();
        run.victim.process().signal("STOP");
        run.othersSee("connectionReconnecting", "participants notified of the loss");
        run.last(Math.max(0, run.began() + 14_000 - System.currentTimeMillis()));
        wake(run);
        run.measure("recovered after the suspension", run.victim.await("sessionReconnected"));
        run.awaitFrames();
    }

    static void untilEnded(FaultRun run) throws Exception {
        run.begin();
        run.victim.process().signal("STOP");
        run.othersSeeTheEnd("ghost removed");
        run.last(Math.max(0, run.began() + 30_000 - System.currentTimeMillis()));
        wake(run);
        run.measure("client notified after the suspension", run.victimEnds());
    }

    private static void sleep(FaultRun run, long millis) throws Exception {
        run.victim.process().signal("STOP");
        run.last(millis);
        wake(run);
    }

    private static void wake(FaultRun run) throws Exception {
        run.begin();
        run.victim.process().signal("CONT");
    }
}
