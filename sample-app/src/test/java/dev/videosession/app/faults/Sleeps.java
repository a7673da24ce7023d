package dev.videosession.app.faults;

/** Processes of clients that stand still, as on a laptop whose lid is closed. */
final class Sleeps {
    private Sleeps() {}

    static void shortly(Scene scene) throws Exception {
        sleep(scene, 5_000);
        long woke = scene.began();
        scene.measure(
                "first number after waking",
                scene.witness.await(
                        "signal",
                        Scene.LONG,
                        event -> scene.connection().equals(event.get("from")) && Told.at(event) >= woke));
    }

    static void untilLost(Scene scene) throws Exception {
        scene.begin();
        scene.victim.process().signal("STOP");
        scene.othersSee("connectionReconnecting", "others told of the loss");
        scene.last(Math.max(0, scene.began() + 14_000 - System.currentTimeMillis()));
        wake(scene);
        scene.measure("recovered after waking", scene.victim.await("sessionReconnected"));
        scene.awaitPictures();
    }

    static void untilGone(Scene scene) throws Exception {
        scene.begin();
        scene.victim.process().signal("STOP");
        scene.othersSeeTheEnd("ghost gone");
        scene.last(Math.max(0, scene.began() + 30_000 - System.currentTimeMillis()));
        wake(scene);
        scene.measure("client told after waking", scene.victimEnds());
    }

    private static void sleep(Scene scene, long millis) throws Exception {
        scene.victim.process().signal("STOP");
        scene.last(millis);
        wake(scene);
    }

    private static void wake(Scene scene) throws Exception {
        scene.begin();
        scene.victim.process().signal("CONT");
    }
}
