package dev.videosession.server;

import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.metrics.ServerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What operators ask a running server. */
final class OperationRoutes {
    private OperationRoutes() {}

    /** Adds the embedder's routes behind the server's own; {@code /metrics} needs a Prometheus registry. */
    static HttpRoutes of(ServerMetrics metrics, MeterRegistry meters, @Nullable HttpRoutes further) {
        HttpRoutes.Builder routes = HttpRoutes.builder()
                .add(
                        "GET",
                        "/health",
                        call -> CompletableFuture.completedFuture(HttpReply.json(
                                200,
                                "{\"status\":\"up\",\"sessions\":" + metrics.sessions() + ",\"connections\":"
                                        + metrics.connections() + "}")));
        if (meters instanceof PrometheusMeterRegistry prometheus) {
            routes.add(
                    "GET",
                    "/metrics",
                    call -> CompletableFuture.completedFuture(
                            HttpReply.text(200, "text/plain; version=0.0.4; charset=utf-8", prometheus.scrape())));
        }
        if (further != null) {
            routes.addAll(further);
        }
        return routes.build();
    }
}
