package dev.videosession.app.faults;

/** Networks that drop all packets silently. */
final class Blackholes {
    private static final long UNTIL_NOTICED_MILLIS = 14_000;

    private Blackholes() {}

    static void up(FaultRun run) {
        run.begin();
        run.victim.network().up(way -> way.hold(true));
        run.othersSee("connectionReconnecting", "participants notified of the loss");
        ends(run);
    }

    static void down(FaultRun run) {
        run.begin();
        run.victim.network().down(way -> way.hold(true));
        run.measure("client detects the loss", run.victim.await("sessionReconnecting"));
        ends(run);
    }

    static void both(FaultRun run) {
        run.begin();
        run.victim.network().both(way -> way.hold(true));
        run.measure("client detects the loss", run.victim.await("sessionReconnecting"));
        run.othersSee("connectionReconnecting", "participants notified of the loss");
        ends(run);
    }

    private static void ends(FaultRun run) {
        run.measure("client disconnects", run.victimEnds());
        run.othersSeeTheEnd("ghost removed");
    }

    static void healed(FaultRun run) throws Exception {
        run.victim.network().both(way -> way.hold(true));
        run.last(UNTIL_NOTICED_MILLIS);
        run.begin();
        run.victim.network().heal();
        run.measure("recovered after the return", run.victim.await("sessionReconnected"));
        run.awaitFrames();
        run.measure("frames after the return", System.currentTimeMillis() - run.began());
    }
}
