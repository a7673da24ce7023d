package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.MessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One fault as it is played: the cast, the moment at which it began, and what was measured. */
final class Scene {
    static final Duration LONG = Duration.ofSeconds(45);

    final Cast cast;
    final Actor victim;
    final Actor moderator;
    final Actor witness;
    private RawClient raw;
    private String connection;
    private String stream;
    private final Times figures = new Times();
    private long began = System.currentTimeMillis();

    Scene(Cast cast) {
        this.cast = cast;
        this.victim = cast.victim;
        this.moderator = cast.moderator;
        this.witness = cast.witness;
        this.connection = victim.connection();
        this.stream = Cast.stream(victim);
        cast.all().forEach(Actor::mark);
    }

    /** Goes on from the place of another scene of the same fault. */
    void follow(Scene last) {
        connection = last.connection;
        stream = last.stream;
    }

    /** Lets one more client enter, whom the fault befalls instead. */
    RawClient enter(String token) throws IOException, MessageException {
        raw = cast.raw(token).connect();
        connection = raw.connection();
        return raw;
    }

    /** Goes on with another socket of the client that entered. */
    void tellOf(RawClient newer) {
        raw = newer;
    }

    /** The client that entered for this fault, or null. */
    RawClient raw() {
        return raw;
    }

    String connection() {
        return connection;
    }

    String stream() {
        return stream;
    }

    /** The fault begins, or ends, now: times are measured from here. */
    void begin() {
        began = System.currentTimeMillis();
    }

    long began() {
        return began;
    }

    /** Remembers how long it took until an event, or the longest time if asked for the same again. */
    void measure(String what, Map<String, Object> event) {
        measure(what, Told.at(event) - began);
    }

    void measure(String what, long millis) {
        figures.add(what, millis);
    }

    Times figures() {
        return figures;
    }

    /** Waits until the client is told of its end. */
    Map<String, Object> victimEnds() {
        return victim.await("sessionDisconnected", LONG, any -> true);
    }

    /** Waits until all others are told of the client's end, and remembers the time of the slowest. */
    void othersSeeTheEnd(String figure) {
        for (Actor other : cast.others()) {
            measure(figure, other.await("connectionDestroyed", LONG, ofClient()));
        }
    }

    /** Waits until all others are told of something about the client's connection, and remembers the time of the slowest. */
    void othersSee(String type, String figure) {
        for (Actor other : cast.others()) {
            measure(figure, other.await(type, LONG, ofClient()));
        }
    }

    Predicate<Map<String, Object>> ofClient() {
        return event -> connection.equals(event.get("connectionId"));
    }

    /** Waits until an event was told to somebody for so many times. */
    void awaitCount(Actor actor, String type, int count) {
        Awaitility.await(actor + ": " + count + " times " + type).atMost(LONG).until(() -> count(actor, type) >= count);
    }

    static long count(Actor actor, String type) {
        return actor.events().stream().filter(event -> Told.is(event, type)).count();
    }

    /** Lets the fault last. It is the fault that takes this time, nothing is waited for. */
    @SuppressWarnings("ThreadSleep")
    void last(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Pictures never stopped for a second since the fault began, neither from the client nor to it. */
    void assertPicturesFlowed() {
        assertPictures(witness, stream);
        assertPictures(victim, Cast.stream(witness));
    }

    private void assertPictures(Actor receiver, String of) {
        List<Map<String, Object>> reports = receiver.events().stream()
                .filter(event -> Told.is(event, "media") && of.equals(event.get("streamId")))
                .toList();
        assertThat(reports)
                .as("reports on %s at %s", of, receiver)
                .isNotEmpty()
                .allMatch(event -> Told.number(event, "fps") > 0);
    }

    /** Waits for new pictures from the client and to it. */
    void awaitPictures() {
        long now = System.currentTimeMillis();
        Cast.awaitPictures(witness, stream, now);
        Cast.awaitPictures(victim, Cast.stream(witness), now);
    }

    /** After a removal nothing of the client's media is seen, sent or received any more. */
    void assertMediaIsOver() throws InterruptedException {
        for (Actor other : cast.others()) {
            Map<String, Object> last =
                    other.await("subscriberDestroyed", LONG, event -> stream.equals(event.get("streamId")));
            measure("last picture at the others", (long) Told.number(last, "lastFrameAt") - began);
        }
        Map<String, Object> told = victimEnds();
        Awaitility.await("subscribers of the client end").until(() -> count(victim, "subscriberDestroyed") == 2);
        for (Map<String, Object> event : victim.events()) {
            if (Told.is(event, "subscriberDestroyed")) {
                assertThat((long) Told.number(event, "lastFrameAt")).isLessThanOrEqualTo(Told.at(told) + 100);
            }
        }
        long sent = victim.network().datagramsSent();
        long received = victim.network().datagramsReceived();
        assertThat(Math.min(sent, received)).as("datagrams before the end").isGreaterThan(20);
        last(1_000);
        assertThat(victim.network().datagramsSent() - sent).as("datagrams sent").isLessThan(3);
        assertThat(victim.network().datagramsReceived() - received)
                .as("datagrams received")
                .isLessThan(3);
    }
}
