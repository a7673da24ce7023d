package dev.videosession.server.internal.router;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

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
            gauge(registry, "videosession.router.up", router, each -> each.isUp() ? 1 : 0);
            gauge(registry, "videosession.router.failures", router, MediaRouter::failures);
            gauge(registry, "videosession.router.capacity", router, MediaRouter::capacity);
            gauge(
                    registry,
                    "videosession.router.rooms",
                    router,
                    each -> each.counts().rooms());
            gauge(
                    registry,
                    "videosession.router.publishers",
                    router,
                    each -> each.counts().publications());
            gauge(
                    registry,
                    "videosession.router.subscribers",
                    router,
                    each -> each.counts().subscriptions());
            counter(registry, "videosession.router.restarts", router, Tags.empty(), MediaRouter::restarts);
            counter(
                    registry,
                    "videosession.router.layer.switches",
                    router,
                    Tags.empty(),
                    each -> each.counts().layerSwitches());
            counter(
                    registry,
                    "videosession.router.packets.lost",
                    router,
                    Tags.of("direction", "in"),
                    each -> each.counts().lostFromPublishers());
            counter(
                    registry,
                    "videosession.router.packets.lost",
                    router,
                    Tags.of("direction", "out"),
                    each -> each.counts().lostToSubscribers());
        }
    }

    private static void gauge(
            MeterRegistry registry, String name, MediaRouter router, ToDoubleFunction<MediaRouter> value) {
        Gauge.builder(name, router, value).tag("router", router.name()).register(registry);
    }

    private static void counter(
            MeterRegistry registry, String name, MediaRouter router, Tags tags, ToDoubleFunction<MediaRouter> value) {
        FunctionCounter.builder(name, router, value)
                .tags(tags)
                .tag("router", router.name())
                .register(registry);
    }
}
