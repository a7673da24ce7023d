package dev.videosession.session.precall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.precall.PreCallCheck.CheckOutcome;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreCallTestIT {
    /** A second on a quiet machine. A test that went on would look for a server, media or a TURN server for ten seconds. */
    private static final Duration RELEASED = Duration.ofSeconds(8);

    private final LiveServer server = LiveServer.withRouter(LiveServer.QUICK);
    private SessionId id = server.newRoutedSession();
    private final List<PreCallProgress> progress = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private PreCallTest test(String token) {
        return PreCallTest.of(
                        List.of(ServerAddress.of(server.server.uri())),
                        String.valueOf(LiveServer.API_KEY),
                        id.value(),
                        token)
                .withRelay(false);
    }

    private PreCallTest test() {
        return test(server.token(id, Role.PUBLISHER, "test"));
    }

    private int connections() {
        return server.server
                .control()
                .roster(id)
                .join()
                .map(roster -> roster.connections().size())
                .orElse(0);
    }

    @Test
    void pathIsMeasuredAndVideoRecommended() {
        PreCallResult result =
                test().withMeasurement(Duration.ofSeconds(3)).run(progress::add).blockingGet();

        assertThat(result.isCallPossible()).isTrue();
        assertThat(result.check(PreCallStep.BANDWIDTH).passed()).isTrue();
        assertThat(result.check(PreCallStep.RELAY).outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(result.check(PreCallStep.ROUTER).passed()).isTrue();
        PreCallMeasurement measured = result.measurement().orElseThrow();
        assertThat(measured.path()).startsWith("host/");
        assertThat(measured.routed()).isTrue();
        assertThat(measured.bitrate()).isGreaterThan(100_000);
        assertThat(measured.lossPercent()).isLessThan(5);
        assertThat(measured.framesPerSecond()).isGreaterThan(1);
        assertThat(result.recommended()).isPresent();
        assertThat(progress)
                .extracting(PreCallProgress::fraction)
                .isSorted()
                .last()
                .isEqualTo(1.0);
        await("both connections are closed").atMost(Duration.ofSeconds(20)).until(() -> connections() == 0);
    }

    /** Two connections of one computer reach each other without the network. */
    @Test
    void pathOfARelayedSessionIsNotMeasuredWithoutATurnServer() {
        id = server.newSession();
        PreCallResult result = test().run(progress::add).blockingGet();

        assertThat(result.isCallPossible()).isTrue();
        assertThat(result.check(PreCallStep.ROUTER).outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(result.check(PreCallStep.ROUTER).message()).startsWith("The session is relayed");
        assertThat(result.check(PreCallStep.BANDWIDTH).outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(result.measurement()).isEmpty();
    }

    @Test
    void refusedTokenIsAResultWithTheReason() {
        PreCallResult result = test("T1==bm90IGEgdG9rZW4=").run(progress::add).blockingGet();

        assertThat(result.isCallPossible()).isFalse();
        assertThat(result.check(PreCallStep.SERVER).message()).isNotBlank();
        assertThat(result.check(PreCallStep.MEDIA).outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(result.recommended()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MEDIA", "BANDWIDTH", "RELAY"})
    void canceledTestLeavesTheSessionAtOnce(PreCallStep step) {
        cancelIn(step, test().withRelay(true).withMeasurement(Duration.ofSeconds(1)));
        await("both connections are closed").atMost(Duration.ofSeconds(20)).until(() -> connections() == 0);
    }

    @Test
    void canceledTestOfAnUnresponsiveServerEndsAtOnce() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            String token = server.token(id, Role.PUBLISHER, "test");
            cancelIn(
                    PreCallStep.SERVER,
                    PreCallTest.of(
                            List.of(ServerAddress.of(address)), String.valueOf(LiveServer.API_KEY), id.value(), token));
        }
    }

    private void cancelIn(PreCallStep step, PreCallTest test) {
        Disposable running = test.run(progress::add).subscribe();
        await(step.name())
                .atMost(Duration.ofSeconds(40))
                .until(() -> progress.stream().anyMatch(each -> each.step() == step));
        long began = System.nanoTime();
        running.dispose();
        await("the thread of the test, which releases its devices and connections at its end")
                .pollInterval(Duration.ofMillis(20))
                .atMost(RELEASED)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("pre-call-test")));
        System.out.printf("event=preCallCanceled step=%s millis=%d%n", step, (System.nanoTime() - began) / 1_000_000);
        PreCallStep last = progress.get(progress.size() - 1).step();
        assertThat(EnumSet.range(step, last))
                .as("the step may end while the test is canceled")
                .hasSizeLessThanOrEqualTo(2);
    }
}
