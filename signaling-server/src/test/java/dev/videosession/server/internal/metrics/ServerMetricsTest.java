package dev.videosession.server.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ServerMetrics metrics = new ServerMetrics(registry);

    @Test
    void omittedLinesAreCountedAfterACollection() {
        AtomicLong omitted = new AtomicLong();
        metrics.countOmitted(omitted::get);
        collect();
        omitted.set(4312);
        assertThat(registry.get("videosession.log.omitted").functionCounter().count())
                .isEqualTo(4312);
        assertThat(metrics).isNotNull();
    }

    private static void collect() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        Awaitility.await("a garbage collection").until(() -> {
            System.gc();
            return garbage.get() == null;
        });
    }
}
