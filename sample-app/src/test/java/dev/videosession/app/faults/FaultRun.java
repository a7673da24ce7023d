package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.codec.MessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One run of a fault: the participants, the time at which the fault began, and what was measured. */
final class FaultRun {
    static final Duration LONG = Duration.ofSeconds(45);

    final Participants participants;
    final ParticipantProcess victim;
    final ParticipantProcess moderator;
    final ParticipantProcess witness;
    private RawClient raw;
    private String connection;
    private String stream;
    private final Times figures = new Times();
    private long began = System.currentTimeMillis();

    FaultRun(Participants participants) {
        this.participants = participants;
        this.victim = participants.victim;
        this.moderator = participants.moderator;
        this.witness = participants.witness;
        this.connection = victim.connection();
        this.stream = Participants.stream(victim);
        participants.all().forEach(ParticipantProcess::mark);
    }

    /** Continues with the connection and stream of an earlier run of the same fault. */
    void follow(FaultRun last) {
        connection = last.connection;
        stream = last.stream;
    }

    /** Connects another client, which becomes the target of the fault. */
    RawClient enter(String token) throws IOException, MessageException {
        raw = participants.raw(token).connect();
        connection = raw.connection();
        return raw;
    }

    /** Continues with another socket of that client. */
    void tellOf(RawClient newer) {
        raw = newer;
    }

    /** {@return the client that was connected for this fault, or null} */
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
        measure(what, RecordedEvents.at(event) - began);
    }

    void measure(String what, long millis) {
        figures.add(what, millis);
    }

    Times figures() {
        return figures;
    }

    /** Waits until the client receives its end. */
    Map<String, Object> victimEnds() {
        return victim.await("sessionDisconnected", LONG, any -> true);
    }

    /** Waits until all other participants receive the end of the client, and records the time of the slowest. */
    void othersSeeTheEnd(String figure) {
        for (ParticipantProcess other : participants.others()) {
            measure(figure, other.await("connectionDestroyed", LONG, ofClient()));
        }
    }

    /** Waits until all other participants receive an event about the connection of the client, and records the time of the slowest. */
    void othersSee(String type, String figure) {
        for (ParticipantProcess other : participants.others()) {
            measure(figure, other.await(type, LONG, ofClient()));
        }
    }

    Predicate<Map<String, Object>> ofClient() {
        return event -> connection.equals(event.get("connectionId"));
    }

    /** Waits until a participant has received an event this many times. */
    void awaitCount(ParticipantProcess participant, String type, int count) {
        Awaitility.await(participant + ": " + count + " times " + type)
                .atMost(LONG)
                .until(() -> count(participant, type) >= count);
    }

    static long count(ParticipantProcess participant, String type) {
        return participant.events().stream()
                .filter(event -> RecordedEvents.is(event, type))
                .count();
    }

    /** Lets the fault last. It is the fault that takes this time, nothing is waited for. */
    @SuppressWarnings("ThreadSleep")
    void last(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Video has not stopped for a second since the fault began, neither from the client nor to it. */
    void assertFramesFlowed() {
        assertFrames(witness, stream);
        assertFrames(victim, Participants.stream(witness));
    }

    private void assertFrames(ParticipantProcess receiver, String of) {
        List<Map<String, Object>> reports = receiver.events().stream()
                .filter(event -> RecordedEvents.is(event, "media") && of.equals(event.get("streamId")))
                .toList();
        assertThat(reports)
                .as("reports on %s at %s", of, receiver)
                .isNotEmpty()
                .allMatch(event -> RecordedEvents.number(event, "fps") > 0);
    }

    /** Waits for new frames from the client and to it. */
    void awaitFrames() {
        long now = System.currentTimeMillis();
        Participants.awaitFrames(witness, stream, now);
        Participants.awaitFrames(victim, Participants.stream(witness), now);
    }

    /** After a removal nothing of the client's media is seen, sent or received any more. */
    void assertMediaIsOver() throws InterruptedException {
        for (ParticipantProcess other : participants.others()) {
            Map<String, Object> last =
                    other.await("subscriberDestroyed", LONG, event -> stream.equals(event.get("streamId")));
            measure("last frame at the participants", (long) RecordedEvents.number(last, "lastFrameAt") - began);
        }
        Map<String, Object> end = victimEnds();
        Awaitility.await("subscribers of the client end").until(() -> count(victim, "subscriberDestroyed") == 2);
        for (Map<String, Object> event : victim.events()) {
            if (RecordedEvents.is(event, "subscriberDestroyed")) {
                assertThat((long) RecordedEvents.number(event, "lastFrameAt"))
                        .isLessThanOrEqualTo(RecordedEvents.at(end) + 100);
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
