package dev.videosession.server;

import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.metrics.ServerMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What operators ask a running server. */
final class OperationRoutes {
    private OperationRoutes() {}

    static HttpRoutes of(ServerMetrics metrics, @Nullable PrometheusMeterRegistry prometheus) {
        HttpRoutes.Builder routes = HttpRoutes.builder()
                .add(
                        "GET",
                        "/health",
                        call -> CompletableFuture.completedFuture(HttpReply.json(
                                200,
                                "{\"status\":\"up\",\"sessions\":" + metrics.sessions() + ",\"connections\":"
                                        + metrics.connections() + "}")));
        if (prometheus != null) {
            routes.add(
                    "GET",
                    "/metrics",
                    call -> CompletableFuture.completedFuture(
                            HttpReply.text(200, "text/plain; version=0.0.4; charset=utf-8", prometheus.scrape())));
        }
        return routes.build();
    }
}
