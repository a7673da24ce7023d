package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call of four publishers continues when its media router exits or hangs. */
@Tag("faults")
@Timeout(900)
class RoutedFaultsIT {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedFaultsIT.class);
    private static final Duration BACK_AFTER_END = Duration.ofSeconds(5);
    private static final Duration BACK_AFTER_HANG = Duration.ofSeconds(10);

    /** A router that worked for this long is started again without a wait. */
    private static final Duration WORKING = Duration.ofSeconds(5);

    /** Those of a server by default: a loaded machine delays heartbeats by more than a second. */
    private static final Timings TIMINGS = new Timings(3_000, 8_000, 12_000);

    private static final int ROUNDS = 20;
    private static final int LINKS = 16;
    private static final JanusSettings JANUS = new JanusSettings(Path.of("/usr/bin/janus"));

    private final LiveServer server =
            new LiveServer(TIMINGS, builder -> builder.router(JANUS).router(JANUS));
    private final List<Participant> call = new ArrayList<>();
    private final Map<String, Publisher> cameras = new HashMap<>();

    @BeforeEach
    void join() {
        await("both routers are up")
                .atMost(Participant.LIMIT)
                .until(() -> routers().size() == 2 && gauge("up") == 2);
        SessionId id = server.newRoutedSession();
        for (String name : List.of("ada", "bob", "cyd", "dan")) {
            call.add(server.join(id, Role.PUBLISHER, name));
        }
        call.forEach(each -> cameras.put(each.name + "-cam", each.publishCamera(440)));
        for (Participant each : call) {
            for (String other : others(each)) {
                each.awaitFrames(other);
            }
        }
    }

    @AfterEach
    void leave() {
        call.forEach(Participant::close);
        server.close();
    }

    private List<String> others(Participant viewer) {
        return call.stream()
                .filter(each -> each != viewer)
                .map(each -> each.name + "-cam")
                .toList();
    }

    private double gauge(String name) {
        return server.server.meters().find("videosession.router." + name).gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private static Set<ProcessHandle> routers() {
        Set<ProcessHandle> found = new HashSet<>();
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/janus"))
                .forEach(found::add);
        return found;
    }

    /** The router that carries the call: its links have many more open files than an idle one. */
    private static ProcessHandle routerOfTheCall() {
        Map<ProcessHandle, Integer> files = new HashMap<>();
        await("one router carries the call").untilAsserted(() -> {
            files.clear();
            routers().forEach(each -> files.put(each, openFiles(each)));
            assertThat(files).hasSize(2);
            assertThat(Collections.max(files.values()) - Collections.min(files.values()))
                    .as("open files of the routers, %s", files)
                    .isGreaterThan(LINKS);
        });
        return Collections.max(files.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private static int idleFiles() {
        return routers().stream().mapToInt(RoutedFaultsIT::openFiles).min().orElseThrow();
    }

    private static int openFiles(ProcessHandle process) {
        String[] files =
                Path.of("/proc", String.valueOf(process.pid()), "fd").toFile().list();
        return files == null ? 0 : files.length;
    }

    private static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** {@return the milliseconds until every video is back after a signal to the router} */
    private long interrupt(String signal, Duration limit) throws Exception {
        List<List<String>> before =
                call.stream().map(each -> List.copyOf(each.events)).toList();
        ProcessHandle victim = routerOfTheCall();
        long start = System.nanoTime();
        signal(victim, signal);
        await("the router is lost")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !victim.isAlive());
        // frames from before the loss are shown for a while
        Map<String, Long> captured = new HashMap<>();
        cameras.forEach((name, camera) -> captured.put(name, camera.video().frames()));
        await("all videos are back")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    for (Participant each : call) {
                        for (String other : others(each)) {
                            assertThat(each.received.get(other).lastFrameNumber.get())
                                    .as("%s sees %s", each.name, other)
                                    .isGreaterThan(captured.get(other));
                        }
                    }
                });
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(millis).isLessThan(limit.toMillis());
        for (int i = 0; i < call.size(); i++) {
            assertThat(call.get(i).events).as("events of the session").isEqualTo(before.get(i));
        }
        return millis;
    }

    @Test
    void callSurvivesTwentyKilledRouters() throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            await("both routers work")
                    .pollDelay(WORKING)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> gauge("up") == 2);
            took.add(interrupt("KILL", BACK_AFTER_END));
        }
        LOG.info("event=measured routerKilled={} millis={}", ROUNDS, took);
        assertThat(gauge("publishers")).isEqualTo(4);
        assertThat(gauge("subscribers")).isEqualTo(12);
        assertNothingIsLeft();
    }

    @Test
    void callSurvivesAHungRouter() throws Exception {
        LOG.info("event=measured routerStopped millis={}", interrupt("STOP", BACK_AFTER_HANG));
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        call.forEach(Participant::close);
        await("the router is empty").until(() -> gauge("rooms") + gauge("publishers") + gauge("subscribers") == 0);
        await("both routers are up").atMost(Participant.LIMIT).until(() -> gauge("up") == 2);
        await("Janus has closed its sockets")
                .until(() -> routers().stream().allMatch(each -> openFiles(each) <= idleFiles() + 3));
        assertThat(routers()).hasSize(2);
        List<Path> directories = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "videosession-janus-*")) {
            found.forEach(directories::add);
        }
        Set<String> named = new HashSet<>();
        routers().forEach(router -> named.add(router.info().commandLine().orElse("")));
        assertThat(directories.stream().filter(each -> named.stream().anyMatch(line -> line.contains(each.toString()))))
                .hasSize(2);
    }
}
