package dev.videosession.session.precall;

import dev.videosession.media.Devices;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.session.QualitySample;
import dev.videosession.session.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a pre-call test, on its own thread. */
final class PreCallRun {
    private static final Logger LOG = LoggerFactory.getLogger(PreCallRun.class);
    /** The timeout for media to arrive. On a path that loses packets, attempts to connect are repeated after one, two and four seconds. */
    private static final long MEDIA_SECONDS = 10;

    private static final long STATS_SECONDS = 2;

    private final TestParticipants.Target target;
    private final Duration measurement;
    private final boolean relay;
    private final PreCallChecks checks;
    private DeviceList devices = new DeviceList(List.of(), List.of(), List.of());
    private @Nullable PreCallMeasurement measured;

    PreCallRun(
            TestParticipants.Target target, Duration measurement, boolean relay, Consumer<PreCallProgress> progress) {
        this.target = target;
        this.measurement = measurement;
        this.relay = relay;
        this.checks = new PreCallChecks(progress);
    }

    void run(Consumer<PreCallResult> done, Consumer<Throwable> failed) {
        try {
            checks.run(PreCallStep.DEVICES, 0, this::listDevices);
            try (MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS)) {
                test(engine);
            } catch (MediaUnavailableException e) {
                checks.fail(PreCallStep.MEDIA, e);
            }
            checks.report(PreCallStep.BANDWIDTH, 1);
            PreCallMeasurement result = measured;
            done.accept(new PreCallResult(
                    checks.results(),
                    devices,
                    Optional.ofNullable(result),
                    result == null ? Optional.empty() : Recommendation.of(result)));
        } catch (InterruptedException e) {
            LOG.debug("event=preCallTestCanceled");
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private String listDevices() {
        DeviceList found = Devices.list();
        devices = found;
        List<String> missing = new ArrayList<>();
        if (found.cameras().isEmpty()) {
            missing.add("camera");
        }
        if (found.microphones().isEmpty()) {
            missing.add("microphone");
        }
        if (found.speakers().isEmpty()) {
            missing.add("speaker");
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "Not found: " + String.join(", ", missing) + ". Attach it and test again, or join without it.");
        }
        return found.cameras().size() + " cameras, " + found.microphones().size() + " microphones and "
                + found.speakers().size() + " speakers are attached.";
    }

    private void test(MediaEngine engine) throws InterruptedException {
        boolean routed;
        try (TestParticipants pair = new TestParticipants(target, engine, false)) {
            boolean connected = checks.run(PreCallStep.SERVER, 0.02, () -> {
                pair.connect();
                return "The server accepts connections.";
            });
            if (!connected) {
                return;
            }
            try {
                pair.publish(MEDIA_SECONDS);
                routed = pair.isRouted(MEDIA_SECONDS);
            } catch (Exception e) {
                checks.fail(PreCallStep.MEDIA, e);
                return;
            }
            testMedia(pair, routed);
        }
        if (relay) {
            testRelay(engine, !routed);
        }
        if (!routed && measured == null) {
            checks.skip(
                    PreCallStep.BANDWIDTH,
                    "Not tested: without a media router and a TURN server, the path depends on the other participants.");
        }
    }

    private void testMedia(TestParticipants pair, boolean routed) throws InterruptedException {
        if (!routed) {
            checks.skip(PreCallStep.ROUTER, "The session is relayed: its media passes no router.");
        } else if (!checks.run(PreCallStep.ROUTER, 0.05, () -> reachRouter(pair))) {
            return;
        }
        List<Subscriber> arrived = new ArrayList<>();
        boolean exchanged = checks.run(PreCallStep.MEDIA, 0.1, () -> {
            arrived.add(pair.receive(MEDIA_SECONDS));
            return "Audio and video arrive.";
        });
        if (exchanged && routed) {
            checks.run(PreCallStep.BANDWIDTH, 0.2, () -> measure(pair, arrived.get(0), 0.2, 0.85));
        }
    }

    private static String reachRouter(TestParticipants pair) throws Exception {
        try {
            return "Media reaches the router (path " + pair.awaitPath(MEDIA_SECONDS) + ").";
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The media router cannot be reached. Permit UDP to its address in the firewall, or give the server a TURN"
                            + " server.",
                    e);
        }
    }

    /** Between two connections of one computer, only the path through a TURN server crosses the network. */
    private void testRelay(MediaEngine engine, boolean measuring) throws InterruptedException {
        try (TestParticipants pair = new TestParticipants(target, engine, true)) {
            List<Subscriber> arrived = new ArrayList<>();
            boolean passed = checks.run(PreCallStep.RELAY, measuring ? 0.2 : 0.85, () -> {
                arrived.add(relayed(pair));
                return "Media also passes through " + pair.turnServer(STATS_SECONDS) + ".";
            });
            if (passed && measuring) {
                checks.run(PreCallStep.BANDWIDTH, 0.35, () -> measure(pair, arrived.get(0), 0.35, 1));
            }
        }
    }

    private static Subscriber relayed(TestParticipants pair) throws Exception {
        try {
            pair.connect();
            pair.publish(MEDIA_SECONDS);
            return pair.receive(MEDIA_SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "No path through a TURN server was found: the server has none, or it cannot be reached. Behind a firewall that"
                            + " blocks UDP there will be no media; elsewhere none is needed.",
                    e);
        }
    }

    private String measure(TestParticipants pair, Subscriber subscriber, double begin, double end) throws Exception {
        long seconds = measurement.toSeconds();
        for (long second = 0; second < seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            checks.report(PreCallStep.BANDWIDTH, begin + (end - begin) * (second + 1) / seconds);
        }
        Map<ConnectionId, LinkStats> sent = pair.publisher()
                .stats()
                .timeout(STATS_SECONDS, TimeUnit.SECONDS)
                .blockingGet();
        LinkStats link = sent.values().stream()
                .findFirst()
                .orElseThrow(() -> new TimeoutException("The media path was lost during the test."));
        PreCallMeasurement now = new PreCallMeasurement(
                link.path(),
                sent.containsKey(TestParticipants.ROUTER),
                link.availableBitrate(),
                average(subscriber.qualityHistory(), QualitySample::lossPercent),
                link.roundTripMillis(),
                average(subscriber.qualityHistory(), QualitySample::framesPerSecond),
                link.layers().stream().anyMatch(layer -> layer.limitation() == LayerStats.Limitation.CPU));
        measured = now;
        return "The path carries " + now.bitrate() / 1_000 + " kbit/s, loses " + Math.round(now.lossPercent())
                + " % of the packets and has a round trip of " + Math.round(now.roundTripMillis()) + " ms.";
    }

    private static double average(List<QualitySample> samples, ToDoubleFunction<QualitySample> figure) {
        return samples.stream().mapToDouble(figure).average().orElse(0);
    }
}
