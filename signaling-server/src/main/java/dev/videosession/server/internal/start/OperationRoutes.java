package dev.videosession.server.internal.start;

import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.router.MediaRouter;
import dev.videosession.server.internal.router.RouterPool;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes for operators: {@code /health} and {@code /metrics}. */
final class OperationRoutes {
    private OperationRoutes() {}

    /**
     * Makes the routes.
     *
     * @param isUp completed with false if the server does not respond
     * @param routers the media routers, or null without one
     * @param whyNotReady returns why the server should get no clients, or null
     * @param prometheus shown at {@code /metrics}; null for no such route
     */
    static HttpRoutes of(
            ServerMetrics metrics,
            Supplier<CompletionStage<Boolean>> isUp,
            @Nullable RouterPool routers,
            Supplier<@Nullable String> whyNotReady,
            @Nullable PrometheusMeterRegistry prometheus) {
        HttpRoutes.Builder routes = HttpRoutes.builder()
                .add(
                        "GET",
                        "/health",
                        call -> isUp.get().thenApply(up -> health(metrics, up, routers, whyNotReady.get())));
        if (prometheus != null) {
            routes.add(
                    "GET",
                    "/metrics",
                    call -> CompletableFuture.completedFuture(
                            HttpReply.text(200, "text/plain; version=0.0.4; charset=utf-8", prometheus.scrape())));
        }
        return routes.build();
    }

    static HttpReply health(
            ServerMetrics metrics, boolean up, @Nullable RouterPool routers, @Nullable String whyNotReady) {
        String status = !up ? "unresponsive" : whyNotReady != null ? "notReady" : "up";
        String reason = up && whyNotReady != null ? ",\"reason\":\"" + whyNotReady + "\"" : "";
        return HttpReply.json(
                up && whyNotReady == null ? 200 : 503,
                "{\"status\":\"" + status + "\"" + reason + ",\"sessions\":" + metrics.sessions()
                        + ",\"connections\":" + metrics.connections()
                        + (routers == null ? "" : routers(routers.routers())) + "}");
    }

    /** Names of routers need no escape: they are numbered, or URIs. */
    private static String routers(List<MediaRouter> routers) {
        String failures = object(
                routers.stream().filter(router -> router.failures() > 0), router -> String.valueOf(router.failures()));
        return ",\"routers\":" + object(routers.stream(), router -> router.isUp() ? "\"up\"" : "\"down\"")
                + (failures.equals("{}") ? "" : ",\"routerFailures\":" + failures);
    }

    private static String object(Stream<MediaRouter> routers, Function<MediaRouter, String> value) {
        return routers.map(router -> "\"" + router.name() + "\":" + value.apply(router))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
