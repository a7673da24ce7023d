package dev.videosession.server.internal.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Asks other nodes whether they are ready, over HTTP, because Redis may be what is missing. */
final class PeerHealth {
    /** Shorter than the time between two renewals of the lease, in each of which other nodes are asked. */
    private static final Duration LIMIT = Duration.ofMillis(800);

    private final HttpClient client;

    PeerHealth(Executor executor) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LIMIT)
                .executor(executor)
                .build();
    }

    /** {@return the nodes of a list that are ready} */
    CompletionStage<List<NodeInfo>> ready(List<NodeInfo> nodes) {
        List<CompletableFuture<Boolean>> answers =
                nodes.stream().map(this::isReady).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> nodes.stream()
                        .filter(node -> answers.get(nodes.indexOf(node)).join())
                        .toList());
    }

    private CompletableFuture<Boolean> isReady(NodeInfo node) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(node.health()))
                    .timeout(LIMIT)
                    .build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(false);
        }
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS) // of the request: only until the headers arrive
                .handle((response, failure) -> failure == null && response.statusCode() == 200);
    }
}
