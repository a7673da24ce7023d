package dev.videosession.server.internal.router;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted about media routers. */
public final class RouterMetrics {
    private RouterMetrics() {}

    /**
     * Registers the meters of the routers of a pool.
     *
     * @param pool with routers of different names
     * @param registry shows the meters
     */
    public static void register(RouterPool pool, MeterRegistry registry) {
        for (MediaRouter router : pool.routers()) {
            Gauge.builder("videosession.router.up", router, each -> each.isUp() ? 1 : 0)
                    .tag("router", router.name())
                    .register(registry);
            Gauge.builder("videosession.router.ends", router, MediaRouter::load)
                    .tag("router", router.name())
                    .register(registry);
            FunctionCounter.builder("videosession.router.restarts", router, MediaRouter::restarts)
                    .tag("router", router.name())
                    .register(registry);
        }
    }
}
