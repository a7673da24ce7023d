package dev.videosession.session.precall;

import dev.videosession.media.Devices;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.session.QualitySample;
import dev.videosession.session.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
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
    private static final ConnectionId ROUTER = new ConnectionId("router");
    private static final long MEDIA_SECONDS = 6;
    private static final long STATS_SECONDS = 2;

    /** The share of the whole test that is done when a step begins. */
    private static final Map<PreCallStep, Double> BEGIN = Map.of(
            PreCallStep.DEVICES, 0.0,
            PreCallStep.SERVER, 0.05,
            PreCallStep.MEDIA, 0.15,
            PreCallStep.BANDWIDTH, 0.3,
            PreCallStep.RELAY, 0.85);

    private final TestParticipants.Target target;
    private final Duration measurement;
    private final boolean relay;
    private final Consumer<PreCallProgress> progress;
    private final Map<PreCallStep, PreCallCheck> checks = new EnumMap<>(PreCallStep.class);
    private final TimeSource time = TimeSource.system();
    private DeviceList devices = new DeviceList(List.of(), List.of(), List.of());
    private @Nullable PreCallMeasurement measured;

    PreCallRun(
            TestParticipants.Target target, Duration measurement, boolean relay, Consumer<PreCallProgress> progress) {
        this.target = target;
        this.measurement = measurement;
        this.relay = relay;
        this.progress = progress;
        for (PreCallStep step : PreCallStep.values()) {
            checks.put(step, new PreCallCheck(PreCallCheck.CheckOutcome.SKIPPED, "Not tested.", Duration.ZERO));
        }
    }

    void run(Consumer<PreCallResult> done, Consumer<Throwable> failed) {
        try {
            step(PreCallStep.DEVICES, this::listDevices);
            try (MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS)) {
                testCall(engine);
                if (relay && checkOf(PreCallStep.SERVER).passed()) {
                    step(PreCallStep.RELAY, () -> findRelay(engine));
                }
            } catch (MediaUnavailableException e) {
                checks.put(PreCallStep.MEDIA, failure(text(e), Duration.ZERO));
            }
            report(PreCallStep.RELAY, 1);
            PreCallMeasurement result = measured;
            done.accept(new PreCallResult(
                    checks,
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

    private interface Step {
        /** Runs and returns what to tell the user; an exception says what failed. */
        String run() throws Exception;
    }

    private boolean step(PreCallStep name, Step step) throws InterruptedException {
        report(name, BEGIN.getOrDefault(name, 0.0));
        long began = time.nanos();
        PreCallCheck check;
        try {
            String message = step.run();
            check = new PreCallCheck(PreCallCheck.CheckOutcome.PASSED, message, since(began));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            check = failure(text(e), since(began));
        }
        checks.put(name, check);
        return check.passed();
    }

    private PreCallCheck checkOf(PreCallStep step) {
        return checks.getOrDefault(step, failure("Not tested.", Duration.ZERO));
    }

    private Duration since(long began) {
        return Duration.ofNanos(time.nanos() - began);
    }

    private static PreCallCheck failure(String message, Duration took) {
        return new PreCallCheck(PreCallCheck.CheckOutcome.FAILED, message, took);
    }

    private static String text(Exception failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private void report(PreCallStep step, double fraction) {
        try {
            progress.accept(new PreCallProgress(step, fraction));
        } catch (RuntimeException | Error e) {
            LOG.error("event=callbackFailed", e);
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

    private void testCall(MediaEngine engine) throws InterruptedException {
        try (TestParticipants pair = new TestParticipants(target, engine, false)) {
            boolean connected = step(PreCallStep.SERVER, () -> {
                pair.connect();
                return "The server accepts connections.";
            });
            if (!connected) {
                return;
            }
            List<Subscriber> arrived = new ArrayList<>();
            boolean exchanged = step(PreCallStep.MEDIA, () -> {
                arrived.add(pair.exchange(MEDIA_SECONDS));
                return "Audio and video arrive.";
            });
            if (exchanged) {
                step(PreCallStep.BANDWIDTH, () -> measure(pair, arrived.get(0)));
            }
        }
    }

    private String measure(TestParticipants pair, Subscriber subscriber) throws Exception {
        long seconds = measurement.toSeconds();
        double begin = BEGIN.getOrDefault(PreCallStep.BANDWIDTH, 0.0);
        double end = BEGIN.getOrDefault(PreCallStep.RELAY, 1.0);
        for (long second = 0; second < seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            report(PreCallStep.BANDWIDTH, begin + (end - begin) * (second + 1) / seconds);
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
                sent.containsKey(ROUTER),
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

    private String findRelay(MediaEngine engine) throws Exception {
        try (TestParticipants pair = new TestParticipants(target, engine, true)) {
            pair.connect();
            pair.exchange(MEDIA_SECONDS);
            return "Media also passes through a TURN server.";
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "No path through a TURN server was found. Behind a firewall that blocks UDP there will be no media; elsewhere"
                            + " none is needed.",
                    e);
        }
    }
}
