package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.network.Way;
import java.util.Map;

/** Ways to leave, and to be removed. */
final class Departures {
    private static final int RACES = 5;

    private Departures() {}

    static void cleanLeave(FaultRun run) throws Exception {
        run.begin();
        run.victim.tell("disconnect");
        awaitEnd(run);
        run.assertMediaIsOver();
    }

    static void kick(FaultRun run) throws Exception {
        run.begin();
        order(run);
        awaitEnd(run);
        run.assertMediaIsOver();
    }

    private static void awaitEnd(FaultRun run) {
        run.measure("client notified", run.victimEnds());
        run.othersSeeTheEnd("participants notified");
    }

    private static void order(FaultRun run) {
        run.moderator.tell("forceDisconnect", "connection", run.connection());
    }

    static void kickInGrace(FaultRun run) throws Exception {
        run.victim.network().refuse(true);
        run.victim.network().reset();
        run.othersSee("connectionReconnecting", "participants notified of the loss");
        run.begin();
        order(run);
        run.othersSeeTheEnd("participants notified");
        for (ParticipantProcess other : run.participants.others()) {
            Map<String, Object> last = other.await(
                    "subscriberDestroyed", FaultRun.LONG, event -> run.stream().equals(event.get("streamId")));
            run.measure(
                    "last frame at the participants", (long) RecordedEvents.number(last, "lastFrameAt") - run.began());
        }
        run.victim.network().heal();
        run.begin();
        run.measure("client notified after the return", run.victimEnds());
    }

    static void kickOfGhost(FaultRun run) throws Exception {
        run.victim.network().both(way -> way.hold(true));
        run.victim.process().signal("KILL");
        run.victim.process().exitCode();
        run.begin();
        order(run);
        run.othersSeeTheEnd("participants notified");
        run.victim.network().both(Way::heal);
    }

    static void kickRacesLeave(FaultRun first) throws Exception {
        FaultRun run = first;
        for (int race = 0; race < RACES; race++) {
            if (race > 0) {
                run.participants.gather();
                run = new FaultRun(run.participants);
            }
            run.begin();
            if (race % 2 == 0) {
                order(run);
                run.victim.tell("disconnect");
            } else {
                run.victim.tell("disconnect");
                order(run);
            }
            awaitEnd(run);
            String reason = RecordedEvents.text(run.victimEnds(), "reason");
            String connection = run.connection();
            for (ParticipantProcess other : run.participants.others()) {
                assertThat(other.await(
                                "connectionDestroyed",
                                FaultRun.LONG,
                                event -> connection.equals(event.get("connectionId"))))
                        .containsEntry("reason", reason);
            }
            first.figures().addAll(run.figures());
        }
        first.follow(run);
    }

    static void crash(FaultRun run) throws Exception {
        run.begin();
        run.victim.process().signal("KILL");
        run.victim.process().exitCode();
        run.othersSee("connectionReconnecting", "participants notified of the loss");
        run.othersSeeTheEnd("ghost removed");
    }
}
