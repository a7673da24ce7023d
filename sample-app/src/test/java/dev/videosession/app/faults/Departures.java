package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.network.Way;
import java.util.Map;

/** Ways to leave, and to be removed. */
final class Departures {
    private static final int RACES = 5;

    private Departures() {}

    static void cleanLeave(Scene scene) throws Exception {
        scene.begin();
        scene.victim.tell("disconnect");
        told(scene);
        scene.assertMediaIsOver();
    }

    static void kick(Scene scene) throws Exception {
        scene.begin();
        order(scene);
        told(scene);
        scene.assertMediaIsOver();
    }

    private static void told(Scene scene) {
        scene.measure("client told", scene.victimEnds());
        scene.othersSeeTheEnd("others told");
    }

    private static void order(Scene scene) {
        scene.moderator.tell("forceDisconnect", "connection", scene.connection());
    }

    static void kickInGrace(Scene scene) throws Exception {
        scene.victim.network().refuse(true);
        scene.victim.network().reset();
        scene.othersSee("connectionReconnecting", "others told of the loss");
        scene.begin();
        order(scene);
        scene.othersSeeTheEnd("others told");
        for (Actor other : scene.cast.others()) {
            Map<String, Object> last = other.await(
                    "subscriberDestroyed", Scene.LONG, event -> scene.stream().equals(event.get("streamId")));
            scene.measure("last picture at the others", (long) Told.number(last, "lastFrameAt") - scene.began());
        }
        scene.victim.network().heal();
        scene.begin();
        scene.measure("client told after the return", scene.victimEnds());
    }

    static void kickOfGhost(Scene scene) throws Exception {
        scene.victim.network().both(way -> way.hold(true));
        scene.victim.process().signal("KILL");
        scene.victim.process().exitCode();
        scene.begin();
        order(scene);
        scene.othersSeeTheEnd("others told");
        scene.victim.network().both(Way::heal);
    }

    static void kickRacesLeave(Scene first) throws Exception {
        Scene scene = first;
        for (int race = 0; race < RACES; race++) {
            if (race > 0) {
                scene.cast.gather();
                scene = new Scene(scene.cast);
            }
            scene.begin();
            if (race % 2 == 0) {
                order(scene);
                scene.victim.tell("disconnect");
            } else {
                scene.victim.tell("disconnect");
                order(scene);
            }
            told(scene);
            String reason = Told.text(scene.victimEnds(), "reason");
            String connection = scene.connection();
            for (Actor other : scene.cast.others()) {
                assertThat(other.await(
                                "connectionDestroyed",
                                Scene.LONG,
                                event -> connection.equals(event.get("connectionId"))))
                        .containsEntry("reason", reason);
            }
            first.figures().addAll(scene.figures());
        }
        first.follow(scene);
    }

    static void crash(Scene scene) throws Exception {
        scene.begin();
        scene.victim.process().signal("KILL");
        scene.victim.process().exitCode();
        scene.othersSee("connectionReconnecting", "others told of the loss");
        scene.othersSeeTheEnd("ghost gone");
    }
}
