package dev.videosession.app.faults;

/** Networks that swallow everything, without a word. */
final class Blackholes {
    private static final long UNTIL_NOTICED_MILLIS = 14_000;

    private Blackholes() {}

    static void up(Scene scene) {
        scene.begin();
        scene.victim.network().up(way -> way.hold(true));
        scene.othersSee("connectionReconnecting", "others told of the loss");
        ends(scene);
    }

    static void down(Scene scene) {
        scene.begin();
        scene.victim.network().down(way -> way.hold(true));
        scene.measure("client notices", scene.victim.await("sessionReconnecting"));
        ends(scene);
    }

    static void both(Scene scene) {
        scene.begin();
        scene.victim.network().both(way -> way.hold(true));
        scene.measure("client notices", scene.victim.await("sessionReconnecting"));
        scene.othersSee("connectionReconnecting", "others told of the loss");
        ends(scene);
    }

    private static void ends(Scene scene) {
        scene.measure("client gives up", scene.victimEnds());
        scene.othersSeeTheEnd("ghost gone");
    }

    static void healed(Scene scene) throws Exception {
        scene.victim.network().both(way -> way.hold(true));
        scene.last(UNTIL_NOTICED_MILLIS);
        scene.begin();
        scene.victim.network().heal();
        scene.measure("recovered after the return", scene.victim.await("sessionReconnected"));
        scene.awaitPictures();
        scene.measure("pictures after the return", System.currentTimeMillis() - scene.began());
    }
}
