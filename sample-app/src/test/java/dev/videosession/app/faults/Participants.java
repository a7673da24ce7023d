package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;

/**
 * A server and three participants of one session, each a process: the victim of the faults, a moderator and a witness.
 * They stay from row to row, so that what a fault leaves behind shows in the next row.
 */
final class Participants implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    final ServerHost server;
    final String session;
    final ParticipantProcess moderator;
    final ParticipantProcess witness;
    final ParticipantProcess victim;
    private final Numbers numbers;

    Participants(Path directory) throws IOException {
        server = new ServerHost(directory);
        session = server.backend().newSession(true).value();
        moderator = new ParticipantProcess(directory, server, session, "moderator", Role.MODERATOR, false);
        witness = new ParticipantProcess(directory, server, session, "witness", Role.PUBLISHER, false);
        victim = new ParticipantProcess(directory, server, session, "victim", Role.PUBLISHER, true);
        numbers = new Numbers(all());
        for (ParticipantProcess participant : all()) {
            participant.await("publisherStreamCreated");
        }
    }

    List<ParticipantProcess> all() {
        return List.of(moderator, witness, victim);
    }

    List<ParticipantProcess> others() {
        return List.of(moderator, witness);
    }

    String token(Role role, Duration lifetime) {
        return server.token(session, role, lifetime);
    }

    /** Creates a client that has not sent anything yet. */
    RawClient raw(String token) throws IOException {
        return new RawClient(server.url(), new SessionId(session), token);
    }

    /** Brings every participant back into the session and waits until their rosters are equal. */
    void gather() throws IOException {
        victim.network().heal();
        for (ParticipantProcess participant : all()) {
            if (!participant.process().isAlive()) {
                participant.start();
                participant.await("publisherStreamCreated");
            } else if (!participant.isConnected()) {
                participant.mark();
                participant.tell("connect");
                participant.await("sessionConnected");
                participant.tell("publish");
                participant.await("publisherStreamCreated");
            }
        }
        Awaitility.await("equal rosters of three").atMost(LIMIT).until(() -> {
            Map<String, Object> roster = moderator.roster();
            return size(roster, "connections") == 3
                    && size(roster, "streams") == 3
                    && all().stream().allMatch(participant -> sameRoster(participant.roster(), roster));
        });
        long now = System.currentTimeMillis();
        for (ParticipantProcess participant : all()) {
            for (Object stream : (List<?>) moderator.roster().get("streams")) {
                if (!stream.equals(stream(participant))) {
                    awaitFrames(participant, String.valueOf(stream), now);
                }
            }
        }
    }

    /** Waits until a participant shows the stream of another one. */
    static void awaitFrames(ParticipantProcess receiver, String stream, long sinceMillis) {
        receiver.process()
                .event(
                        "media",
                        LIMIT,
                        event -> stream.equals(event.get("streamId"))
                                && RecordedEvents.at(event) > sinceMillis
                                && RecordedEvents.number(event, "fps") >= 5);
    }

    /** The stream that an participant publishes, or published last. */
    static String stream(ParticipantProcess participant) {
        return participant.process().events().stream()
                .filter(event -> RecordedEvents.is(event, "publisherStreamCreated"))
                .reduce((first, last) -> last)
                .map(event -> RecordedEvents.text(event, "streamId"))
                .orElse("none");
    }

    /** All participants of the session have the same connections and streams. */
    void assertEqualRosters() {
        List<ParticipantProcess> present =
                all().stream().filter(ParticipantProcess::isConnected).toList();
        Awaitility.await("equal rosters").atMost(LIMIT).untilAsserted(() -> {
            for (ParticipantProcess participant : present) {
                assertThat(sameRoster(participant.roster(), present.get(0).roster()))
                        .as("roster of %s", participant)
                        .isTrue();
            }
        });
        assertThat(present.get(0).roster().get("connections"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrderElementsOf(
                        present.stream().map(ParticipantProcess::connection).toList());
    }

    private static boolean sameRoster(Map<String, Object> one, Map<String, Object> other) {
        return ids(one, "connections").equals(ids(other, "connections"))
                && ids(one, "streams").equals(ids(other, "streams"));
    }

    private static Set<Object> ids(Map<String, Object> roster, String what) {
        return Set.copyOf((List<?>) roster.get(what));
    }

    private static int size(Map<String, Object> roster, String what) {
        return ((List<?>) roster.get(what)).size();
    }

    @Override
    public void close() throws IOException {
        numbers.close();
        for (ParticipantProcess participant : all()) {
            participant.close();
        }
        server.close();
    }
}
