package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.Silence;
import dev.videosession.server.fixture.StoppedClock;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of causes in PROTOCOL.md is what happens: each of its rows is driven over a socket, with each of its codes. */
class CauseTableTest {
    private static final int NONE = 1006;
    /** Longer than messages are refused after one too many, and shorter than it takes for the refusals to be forgiven. */
    private static final long FLOOD_STEP_MILLIS = 2_100;

    /** The codes whose causes move the server's clock themselves. */
    private static final Set<Integer> STOPPED_CLOCK =
            Set.of(CloseCode.INTERNAL_ERROR.code(), CloseCode.SILENT.code(), CloseCode.FLOOD.code());

    private static final Map<String, Map<Integer, Cause>> CAUSES = causes();

    /** What the document says. */
    private record Row(String cause, String reason, String detail, List<Integer> codes) {}

    private record Case(Row row, int code, Cause cause) {
        @Override
        public String toString() {
            return row.cause + " " + code;
        }
    }

    private interface Cause {
        void happen(Scene scene) throws IOException;
    }

    /** A client that is about to leave, and an observer. */
    private static final class Scene implements AutoCloseable {
        final StoppedClock clock = new StoppedClock();
        final ServerFixture fixture;
        final TestClient bystander;
        final RawSocket victim;
        final ConnectionId id;
        final List<ServerMessage> heard = new ArrayList<>();
        CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

        Scene(int code) throws IOException {
            ServerLimits limits = ServerLimits.builder().outbox(64, 64 * 1024).build();
            Timings timings = code == CloseCode.SILENT.code() ? Silence.timings(0) : new Timings(30_000, 60_000, 0);
            fixture = new ServerFixture(builder -> builder.timings(timings)
                    .limits(limits)
                    .timeSource(STOPPED_CLOCK.contains(code) ? clock : TimeSource.system()));
            bystander = fixture.join(Role.MODERATOR);
            bystander.publish("busy");
            bystander.expect(SequencedEvent.StreamCreated.class);
            victim = new RawSocket(fixture.server).upgrade();
            victim.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            id = bystander
                    .expect(SequencedEvent.ConnectionCreated.class)
                    .connection()
                    .connectionId();
        }

        SessionControl control() {
            return fixture.server.control();
        }

        int listen() throws IOException {
            return victim.readToTheEnd(text -> {
                try {
                    heard.add(TestClient.CODEC.decodeServer(text));
                } catch (MessageException e) {
                    throw new AssertionError(text, e);
                }
            });
        }

        void signal(long requestId) throws IOException {
            victim.send(new ClientMessage.Signal(requestId, null, null, id));
        }

        /** The server looks at the clock once more after it has sent {@code connected}, but not after the answer to a request. */
        void settle() throws IOException {
            assertThat(victim.readText()).contains("\"connected\"");
            signal(9);
            assertThat(victim.readText()).contains("\"done\"");
        }

        @Override
        public void close() throws IOException {
            victim.close();
            stopped.join();
            fixture.close();
        }
    }

    private static Map<String, Map<Integer, Cause>> causes() {
        Map<String, Map<Integer, Cause>> causes = new LinkedHashMap<>();
        causes.put(
                "the client sent `disconnect`",
                Map.of(1000, scene -> scene.victim.send(new ClientMessage.Disconnect())));
        causes.put("removed by a moderator or the backend", Map.of(4000, scene -> remove(scene, false)));
        causes.put("the same, and banned", Map.of(4001, scene -> remove(scene, true)));
        causes.put(
                "session closed",
                Map.of(
                        4002,
                        scene -> scene.control()
                                .closeSession(scene.fixture.session, "over")
                                .join()));
        causes.put(
                "idle",
                Map.of(
                        4003,
                        scene -> scene.control()
                                .policy(scene.fixture.session, SessionPolicy.LASTING.withIdleMillis(10))
                                .join()));
        causes.put(
                "rules of the server's owner",
                Map.of(
                        4004,
                        scene -> scene.control()
                                .evict(scene.fixture.session, scene.id, "not today")
                                .join()));
        Map<Integer, Cause> crimes = new LinkedHashMap<>();
        crimes.put(1002, scene -> scene.victim.sendFrame(0x83, new byte[] {'{'}));
        crimes.put(1003, scene -> scene.victim.sendFrame(0x82, new byte[1]));
        crimes.put(1007, scene -> scene.victim.sendFrame(0x81, new byte[] {(byte) 0xC3, 0x28}));
        crimes.put(1009, scene -> scene.victim.announceFrame(Limits.MESSAGE_BYTES + 1L));
        crimes.put(4012, scene -> repeat(6, () -> scene.victim.sendFrame(0x81, "{".getBytes(StandardCharsets.UTF_8))));
        crimes.put(4013, CauseTableTest::keepFlooding);
        causes.put("the client broke the protocol", crimes);
        causes.put(
                "newer socket took over (at the old socket only; the connection lives on)",
                Map.of(4022, CauseTableTest::takeOver));
        causes.put("silence, detected by either side", Map.of(4021, CauseTableTest::keepTalking));
        causes.put("socket closed without a reason", Map.of(NONE, scene -> scene.victim.close()));
        causes.put(
                "socket broke with an error, or the server failed",
                Map.of(NONE, scene -> scene.victim.reset(), 1011, scene -> {
                    scene.settle();
                    scene.clock.breakOnce();
                    scene.signal(10);
                }));
        causes.put("the client read too slowly", Map.of(4020, CauseTableTest::flood));
        causes.put("the server stopped", Map.of(1001, CauseTableTest::stop));
        return causes;
    }

    /** The server waits for clients that have not answered its close frame, so the victim has to read meanwhile. */
    private static void stop(Scene scene) {
        scene.stopped = CompletableFuture.runAsync(scene.fixture.server::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void repeat(int times, Step step) throws IOException {
        for (int i = 0; i < times; i++) {
            step.run();
        }
    }

    private static void remove(Scene scene, boolean ban) {
        scene.bystander.send(new ClientMessage.ForceDisconnect(scene.bystander.nextId(), scene.id, "bye", ban));
    }

    private static void takeOver(Scene scene) throws IOException {
        String text = scene.victim.readText();
        String key = text.replaceFirst("(?s).*\"resumeKey\":\"([^\"]+)\".*", "$1");
        TestClient newer = scene.fixture.open();
        newer.send(new ClientMessage.Resume(2, 1, scene.fixture.session, scene.id, key, 3));
        newer.expect(ServerMessage.Resumed.class);
    }

    private static void keepFlooding(Scene scene) {
        Awaitility.await("the end of the flood").atMost(Duration.ofSeconds(30)).until(() -> {
            scene.clock.jump(FLOOD_STEP_MILLIS);
            repeat(900, () -> scene.victim.send(new Heartbeat()));
            return scene.fixture.metric("videosession.connections") == 1;
        });
    }

    private static void keepTalking(Scene scene) throws IOException {
        scene.settle();
        Silence.pass(scene.clock, scene.bystander);
        Awaitility.await("silence of the victim").until(() -> scene.fixture.metric("videosession.connections") == 1);
    }

    private static void flood(Scene scene) {
        String data = "x".repeat(8000);
        Awaitility.await("overflow").until(() -> {
            for (int i = 0; i < 500; i++) {
                scene.control()
                        .signal(scene.fixture.session, scene.id, "big", data)
                        .exceptionally(gone -> null)
                        .join();
            }
            return scene.fixture.metric("videosession.outbox.overflows") == 1;
        });
    }

    static Stream<Case> cases() throws IOException {
        return rows().stream()
                .flatMap(row -> row.codes.stream()
                        .map(code -> new Case(
                                row,
                                code,
                                CAUSES.getOrDefault(row.cause, Map.of()).get(code))))
                .filter(example -> !example.row.detail.equals("other"));
    }

    private static List<Row> rows() throws IOException {
        String text = Files.readString(Path.of("..", "PROTOCOL.md"));
        String table = text.substring(text.indexOf("| cause | reason | detail | Socket.IO | close code |"));
        return table.substring(0, table.indexOf("\n\n"))
                .lines()
                .skip(2)
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(
                        cells[1].trim(),
                        cells[2].trim().replace("`", ""),
                        cells[3].trim().replace("`", ""),
                        codes(cells[5])))
                .toList();
    }

    private static List<Integer> codes(String cell) {
        return Arrays.stream(cell.split(","))
                .map(String::trim)
                .filter(text -> text.matches("\\d+|none \\(1006\\)"))
                .map(text -> text.startsWith("none") ? NONE : Integer.parseInt(text))
                .toList();
    }

    @Test
    void everyRowIsDriven() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(10);
        assertThat(cases()).allMatch(example -> example.cause != null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowIsTrue(Case example) throws IOException {
        try (Scene scene = new Scene(example.code)) {
            example.cause.happen(scene);
            if (example.code != NONE) {
                assertThat(scene.listen()).isEqualTo(example.code);
                expectLastWords(example, scene);
            }
            if (example.code == CloseCode.GOING_AWAY.code()) {
                return; // no client is left to receive it
            }
            if (example.code == CloseCode.REPLACED.code()) {
                scene.bystander.expectNothing();
                return;
            }
            Awaitility.await("count of " + example)
                    .untilAsserted(() -> assertThat(scene.fixture.metric(
                                    "videosession.disconnects",
                                    "reason",
                                    example.row.reason,
                                    "detail",
                                    example.row.detail))
                            .isPositive());
            if (example.code != CloseCode.SESSION_CLOSED.code()) {
                var gone = scene.bystander.await(SequencedEvent.ConnectionDestroyed.class);
                assertThat(gone.connectionId()).isEqualTo(scene.id);
                assertThat(gone.reason().wireName()).isEqualTo(example.row.reason);
                assertThat(gone.detail().wireName()).isEqualTo(example.row.detail);
            }
        }
    }

    /** What ends for good ends with {@code disconnected}; what may be resumed, or was, does not. */
    private static void expectLastWords(Case example, Scene scene) {
        List<ServerMessage.Disconnected> last = scene.heard.stream()
                .filter(ServerMessage.Disconnected.class::isInstance)
                .map(ServerMessage.Disconnected.class::cast)
                .toList();
        boolean lost = example.row.reason.equals("networkDisconnected");
        if (lost || example.code == CloseCode.REPLACED.code()) {
            assertThat(last).isEmpty();
        } else {
            assertThat(last).hasSize(1);
            assertThat(scene.heard).endsWith(last.get(0));
            assertThat(last.get(0).reason().wireName()).isEqualTo(example.row.reason);
            assertThat(last.get(0).detail().wireName()).isEqualTo(example.row.detail);
        }
        CloseCode code = CloseCode.of(example.code).orElseThrow();
        assertThat(code.detail().wireName()).isEqualTo(example.row.detail);
        assertThat(code.resumable()).isEqualTo(lost);
    }
}
