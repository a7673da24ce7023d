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
 * A server and three participants of one session, each a process: somebody whom faults befall, a moderator and a witness.
 * They stay from row to row, so that what a fault leaves behind shows in the next one.
 */
final class Cast implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final ServerHost server;
    final String session;
    final Actor moderator;
    final Actor witness;
    final Actor victim;
    private final Numbers numbers;

    Cast(Path directory) throws IOException {
        server = new ServerHost(directory);
        session = server.backend().newSession(true).value();
        moderator = new Actor(directory, server, session, "moderator", Role.MODERATOR, false);
        witness = new Actor(directory, server, session, "witness", Role.PUBLISHER, false);
        victim = new Actor(directory, server, session, "victim", Role.PUBLISHER, true);
        numbers = new Numbers(all());
        for (Actor actor : all()) {
            actor.await("publisherStreamCreated");
        }
    }

    List<Actor> all() {
        return List.of(moderator, witness, victim);
    }

    List<Actor> others() {
        return List.of(moderator, witness);
    }

    String token(Role role, Duration lifetime) {
        return server.token(session, role, lifetime);
    }

    /** A client that has not said anything yet. */
    RawClient raw(String token) throws IOException {
        return new RawClient(server.url(), new SessionId(session), token);
    }

    /** Brings everybody back into the session, where each sees each. */
    void gather() throws IOException {
        victim.network().heal();
        for (Actor actor : all()) {
            if (!actor.process().isAlive()) {
                actor.start();
                actor.await("publisherStreamCreated");
            } else if (!actor.isConnected()) {
                actor.mark();
                actor.tell("connect");
                actor.await("sessionConnected");
                actor.tell("publish");
                actor.await("publisherStreamCreated");
            }
        }
        Awaitility.await("equal rosters of three").atMost(PATIENCE).until(() -> {
            Map<String, Object> roster = moderator.roster();
            return size(roster, "connections") == 3
                    && size(roster, "streams") == 3
                    && all().stream().allMatch(actor -> sameRoster(actor.roster(), roster));
        });
        long now = System.currentTimeMillis();
        for (Actor actor : all()) {
            for (Object stream : (List<?>) moderator.roster().get("streams")) {
                if (!stream.equals(stream(actor))) {
                    awaitPictures(actor, String.valueOf(stream), now);
                }
            }
        }
    }

    /** Waits until somebody's stream is shown somewhere. */
    static void awaitPictures(Actor receiver, String stream, long sinceMillis) {
        receiver.process()
                .event(
                        "media",
                        PATIENCE,
                        event -> stream.equals(event.get("streamId"))
                                && Told.at(event) > sinceMillis
                                && Told.number(event, "fps") >= 5);
    }

    /** The stream that an actor publishes, or published last. */
    static String stream(Actor actor) {
        return actor.process().events().stream()
                .filter(event -> Told.is(event, "publisherStreamCreated"))
                .reduce((first, last) -> last)
                .map(event -> Told.text(event, "streamId"))
                .orElse("none");
    }

    /** Everybody who is in the session knows of the same connections and streams. */
    void assertEqualRosters() {
        List<Actor> present = all().stream().filter(Actor::isConnected).toList();
        Awaitility.await("equal rosters").atMost(PATIENCE).untilAsserted(() -> {
            for (Actor actor : present) {
                assertThat(sameRoster(actor.roster(), present.get(0).roster()))
                        .as("roster of %s", actor)
                        .isTrue();
            }
        });
        assertThat(present.get(0).roster().get("connections"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrderElementsOf(
                        present.stream().map(Actor::connection).toList());
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
        for (Actor actor : all()) {
            actor.close();
        }
        server.close();
    }
}
