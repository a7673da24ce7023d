package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.control.SessionControl;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionState;
import dev.videosession.session.Subscriber;
import dev.videosession.session.fixture.FaultProxy;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to leave, in every situation, as the leaving client, a moderator and a third participant observe it: with real sockets, a
 * real server and real media. docs/LEAVING.md shows the table.
 */
class LeavingTableIT {
    /** What ends the connection, and the reason and detail that every participant receives. */
    enum Cause {
        DISCONNECT("`disconnect()`", "clientDisconnected left"),
        CLOSE("`close()`", "clientDisconnected left"),
        KICK("moderator's forceDisconnect", "forceDisconnected kicked"),
        BAN("moderator's forceDisconnect with ban", "forceDisconnected banned"),
        BACKEND("backend's forceDisconnect", "forceDisconnected kicked"),
        EVICT("eviction by the embedding program", "forceDisconnected policy"),
        SESSION_CLOSED("session closed by the backend", "forceDisconnected session-closed"),
        SOCKET_LOST("socket reset", "networkDisconnected socket-lost"),
        SILENT("network drops all packets", "networkDisconnected silent");

        final String words;
        final String reported;

        Cause(String words, String reported) {
            this.words = words;
            this.reported = reported;
        }

        String reason() {
            return reported.substring(0, reported.indexOf(' '));
        }

        boolean hasMessage() {
            return reason().equals("forceDisconnected");
        }
    }

    /** What the leaving client does, which also determines its role. */
    enum Situation {
        PUBLISHING("publishes and subscribes", Role.PUBLISHER),
        MODERATING("publishes and subscribes", Role.MODERATOR),
        ONLY_PUBLISHING("publishes", Role.PUBLISHER_ONLY),
        ONLY_SUBSCRIBING("subscribes", Role.SUBSCRIBER);

        final String words;
        final Role role;

        Situation(String words, Role role) {
            this.words = words;
            this.role = role;
        }

        boolean publishes() {
            return role.capabilities().publish();
        }

        boolean subscribes() {
            return role.capabilities().subscribe();
        }
    }

    record Row(Cause cause, Situation situation, boolean prevented) {
        List<String> atTheLeaver() {
            List<String> events = new ArrayList<>();
            if (cause.reason().equals("networkDisconnected")) {
                events.add("error 1022 OT_DISCONNECTED");
            }
            events.add("sessionDisconnected " + cause.reported + (cause.hasMessage() ? " bye" : ""));
            if (situation.publishes() && !prevented) {
                events.add("publisher streamDestroyed " + cause.reason());
                events.add("publisher destroyed");
            }
            return events;
        }

        List<String> atOtherParticipants() {
            if (cause == Cause.SESSION_CLOSED) {
                return List.of("sessionDisconnected " + cause.reported + " bye");
            }
            List<String> events = new ArrayList<>();
            if (situation.publishes()) {
                events.add("streamDestroyed leaver-cam " + cause.reason());
            }
            events.add("connectionDestroyed leaver " + cause.reported);
            return events;
        }

        String line() {
            return "| relayed, routed | " + cause.words + " | " + situation.role.wireName() + ", " + situation.words
                    + " | "
                    + (prevented ? "yes" : "no") + " | " + String.join("; ", atTheLeaver()) + " | "
                    + String.join("; ", atOtherParticipants()) + " | "
                    + (situation.publishes() ? prevented ? "capturing" : "destroyed" : "–") + " | "
                    + (situation.subscribes() ? prevented ? "keeps the last frame" : "destroyed" : "–") + " |";
        }
    }

    private static MediaEngine engine;
    private static LiveServer relaying;
    private static LiveServer routing;

    @BeforeAll
    static void start() {
        engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
        relaying = new LiveServer(LiveServer.QUICK);
        routing = LiveServer.withRouter(LiveServer.QUICK);
    }

    @AfterAll
    static void stop() {
        relaying.close();
        routing.close();
        engine.close();
    }

    static Stream<Row> rows() {
        return Stream.of(Cause.values())
                .flatMap(cause -> Stream.of(Situation.values())
                        .flatMap(situation ->
                                Stream.of(false, true).map(prevented -> new Row(cause, situation, prevented))));
    }

    private static boolean isShort(Row row) {
        return row.situation == Situation.PUBLISHING
                && !row.prevented
                && Set.of(Cause.CLOSE, Cause.KICK, Cause.SOCKET_LOST).contains(row.cause);
    }

    static Stream<Row> shortRows() {
        return rows().filter(LeavingTableIT::isShort);
    }

    static Stream<Row> longRows() {
        return rows().filter(row -> !isShort(row));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyParticipantReceivesTheEventsOfTheTable(Row row) {
        play(row, relaying, relaying.newSession());
    }

    @ParameterizedTest
    @MethodSource("shortRows")
    void someRowsInRoutedSessions(Row row) {
        play(row, routing, routing.newRoutedSession());
    }

    @ParameterizedTest
    @MethodSource("longRows")
    @Tag("faults")
    void allOtherRowsInRoutedSessions(Row row) {
        play(row, routing, routing.newRoutedSession());
    }

    private static void play(Row row, LiveServer server, SessionId id) {
        try (FaultProxy network = new FaultProxy(server.server.uri());
                Participant moderator = server.join(id, Role.MODERATOR, "moderator", engine);
                Participant third = server.join(id, Role.PUBLISHER, "third", engine);
                Participant leaver = server.joinThrough(network, id, row.situation.role, "leaver", engine)) {
            third.publishCamera(500);
            Publisher camera = row.situation.publishes() ? leaver.publishCamera(440) : null;
            if (camera != null) {
                third.awaitFrames("leaver-cam");
                moderator.awaitFrames("leaver-cam");
            }
            if (row.situation.subscribes()) {
                leaver.awaitFrames("third-cam");
            }
            leaver.prevent = row.prevented;
            List.of(moderator, third, leaver).forEach(participant -> participant.events.clear());

            bringAbout(row.cause, server.server.control(), id, network, moderator, leaver);

            List<String> atTheLeaver = row.atTheLeaver();
            leaver.awaitEvent(atTheLeaver.get(atTheLeaver.size() - 1));
            for (Participant other : List.of(moderator, third)) {
                List<String> expected = row.atOtherParticipants();
                other.awaitEvent(expected.get(expected.size() - 1));
                assertThat(other.events)
                        .as(other.name)
                        .filteredOn(event -> !event.startsWith("publisher "))
                        .containsExactlyElementsOf(expected);
            }
            assertThat(leaver.events).as("leaver").containsExactlyElementsOf(atTheLeaver);
            assertMediaIsOver(row, leaver, third, camera);
            if (camera != null) {
                camera.destroy();
            }
        }
    }

    private static void bringAbout(
            Cause cause,
            SessionControl backend,
            SessionId id,
            FaultProxy network,
            Participant moderator,
            Participant leaver) {
        switch (cause) {
            case DISCONNECT -> leaver.session.disconnect().blockingAwait();
            case CLOSE -> leaver.session.close();
            case KICK ->
                moderator
                        .session
                        .forceDisconnect(leaver.id(), ForceDisconnectOptions.DEFAULT.withMessage("bye"))
                        .blockingAwait();
            case BAN ->
                moderator
                        .session
                        .forceDisconnect(
                                leaver.id(),
                                ForceDisconnectOptions.DEFAULT
                                        .withMessage("bye")
                                        .withBan(true))
                        .blockingAwait();
            case BACKEND ->
                backend.forceDisconnect(id, leaver.id(), "bye", false).join();
            case EVICT -> backend.evict(id, leaver.id(), "bye").join();
            case SESSION_CLOSED -> backend.closeSession(id, "bye").join();
            case SOCKET_LOST -> network.cut();
            case SILENT -> network.swallow(true);
        }
    }

    private static void assertMediaIsOver(Row row, Participant leaver, Participant third, Publisher camera) {
        if (camera != null) {
            assertThat(camera.isDestroyed()).as("publisher destroyed").isEqualTo(!row.prevented);
            assertThat(camera.stream()).as("publisher's stream").isEmpty();
            assertThat(camera.stats().blockingGet())
                    .as("links of the publisher")
                    .isEmpty();
            Subscriber subscriber = third.received.get("leaver-cam").subscriber;
            await("third's subscriber ends").atMost(Participant.LIMIT).until(subscriber::isDestroyed);
            if (row.prevented) {
                long frames = camera.video().frames();
                await("still capturing")
                        .atMost(Participant.LIMIT)
                        .until(() -> camera.video().frames() > frames);
            }
        }
        if (row.situation.subscribes()) {
            Subscriber subscriber = leaver.received.get("third-cam").subscriber;
            if (row.prevented) {
                assertThat(subscriber.isDestroyed()).as("subscriber destroyed").isFalse();
                assertThat(subscriber.video().snapshot()).as("last frame").isPresent();
                subscriber.destroy();
            } else {
                await("leaver's subscriber ends").atMost(Participant.LIMIT).until(subscriber::isDestroyed);
            }
        }
        assertThat(leaver.session.state()).isEqualTo(SessionState.DISCONNECTED);
        assertThat(leaver.session.connections()).isEmpty();
        assertThat(leaver.session.streams()).isEmpty();
    }

    @Test
    void tableInTheDocumentIsTheOneThatIsTested() throws IOException {
        List<String> tested = rows().map(Row::line).toList();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "leaving-table.md"), String.join("\n", tested) + "\n");
        String document = Files.readString(Path.of("..", "docs", "LEAVING.md"));
        List<String> written =
                document.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        assertThat(tested).hasSizeGreaterThanOrEqualTo(60);
        assertThat(written)
                .as("docs/LEAVING.md; target/leaving-table.md has the rows")
                .isEqualTo(tested);
    }
}
