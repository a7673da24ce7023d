package dev.videosession.server.internal.webhook;

import dev.videosession.server.project.Project;
import dev.videosession.server.settings.WebhookSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the HTTP requests. Follows no redirects: events go where the operator said and nowhere else. What an
 * answer says beyond its status is read and dropped. Belongs to the loop of {@link Webhooks}.
 */
final class WebhookSender implements AutoCloseable {
    private static final int THREADS = 2;

    private final WebhookSettings settings;
    private final InstantSource clock;
    private final ExecutorService threads;
    private @Nullable HttpClient client;

    WebhookSender(WebhookSettings settings, InstantSource clock, ThreadFactory factory) {
        this.settings = settings;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(THREADS, factory);
    }

    /** Created for the first event: a client has a thread, which ends when the client is no longer referenced. */
    private HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connectTimeout())
                    .executor(threads)
                    .build();
            client = made;
        }
        return made;
    }

    /** Completes with the status. Cancelling ends the request. */
    CompletableFuture<HttpResponse<Void>> send(Project project, URI target, Notice notice) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(settings.requestTimeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "VideoSession-Webhook/1")
                .header("X-VideoSession-Event-Id", notice.id)
                .header("X-VideoSession-Attempt", Integer.toString(notice.attempts))
                .header(
                        WebhookSignature.HEADER,
                        WebhookSignature.of(project, clock.instant().getEpochSecond(), notice.body))
                .POST(HttpRequest.BodyPublishers.ofString(notice.body, StandardCharsets.UTF_8))
                .build();
        return client().sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
