package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

/** Networks that work, but badly. */
final class Weather {
    private static final long MILLIS = 8_000;
    private static final long SLOW_MILLIS = 15_000;
    private static final long SLOW_BITS = 50_000;

    private Weather() {}

    static void loss(Scene scene, double share) throws Exception {
        long lostBefore = scene.victim.network().datagramsLost();
        scene.victim.network().both(way -> way.lose(share));
        scene.last(MILLIS);
        assertThat(scene.victim.network().datagramsLost() - lostBefore)
                .as("datagrams lost")
                .isGreaterThan((long) (share * 200));
        scene.assertPicturesFlowed();
        scene.awaitPictures();
    }

    static void rate(Scene scene) throws Exception {
        scene.victim.network().both(way -> way.limit(SLOW_BITS));
        scene.last(SLOW_MILLIS);
        measureNumbers(scene);
        scene.begin();
        scene.victim.network().heal();
        scene.awaitPictures();
        scene.measure("pictures after the return", System.currentTimeMillis() - scene.began());
    }

    static void delay(Scene scene) throws Exception {
        scene.victim.network().both(way -> way.delay(500));
        scene.last(MILLIS);
        measureNumbers(scene);
        scene.assertPicturesFlowed();
    }

    /** The longest way of a number, from the moment at which one actor got it to that at which the last one did. */
    private static void measureNumbers(Scene scene) {
        Map<String, Long> first = new HashMap<>();
        for (Actor actor : scene.cast.all()) {
            numbers(actor).forEach((number, at) -> first.merge(number, at, Math::min));
        }
        for (Actor actor : scene.cast.all()) {
            numbers(actor).forEach((number, at) -> scene.measure("slowest number", at - first.get(number)));
        }
    }

    private static Map<String, Long> numbers(Actor actor) {
        Map<String, Long> numbers = new HashMap<>();
        actor.events().stream()
                .filter(event -> Told.is(event, "signal") && Numbers.TYPE.equals(event.get("type")))
                .forEach(event -> numbers.put(event.get("from") + " " + event.get("data"), Told.at(event)));
        return numbers;
    }
}
