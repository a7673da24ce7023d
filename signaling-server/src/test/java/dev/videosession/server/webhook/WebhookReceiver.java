package dev.videosession.server.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** A backend that records the events it is sent, and answers as the test wants. */
final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Delivery> accepted = new CopyOnWriteArrayList<>();
    private final List<Delivery> all = new CopyOnWriteArrayList<>();
    private volatile Answer answer = delivery -> 200;

    /** One request. */
    record Delivery(String body, String id, String attempt, String signature, String type, String path) {
        String event() {
            return body.replaceAll(".*\"event\":\"([^\"]+)\".*", "$1");
        }

        String session() {
            return body.replaceAll(".*\"sessionId\":\"([^\"]+)\".*", "$1");
        }
    }

    /** Decides on the status; may block. */
    @FunctionalInterface
    interface Answer {
        int to(Delivery delivery) throws Exception;
    }

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events?x=1");
    }

    void answer(Answer newAnswer) {
        answer = newAnswer;
    }

    List<Delivery> accepted() {
        return accepted;
    }

    List<Delivery> all() {
        return all;
    }

    List<Delivery> awaitAccepted(int count) {
        Awaitility.await().alias(count + " events").until(() -> accepted.size() >= count);
        return List.copyOf(accepted);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            Delivery delivery = new Delivery(
                    body,
                    headers.getFirst("X-VideoSession-Event-Id"),
                    headers.getFirst("X-VideoSession-Attempt"),
                    headers.getFirst("X-VideoSession-Signature"),
                    headers.getFirst("Content-Type"),
                    exchange.getRequestURI().toString());
            all.add(delivery);
            int status;
            try {
                status = answer.to(delivery);
            } catch (Exception e) {
                throw new IOException("the test broke the answer", e);
            }
            if (status / 100 == 2) {
                accepted.add(delivery);
            }
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            byte[] text = "thanks".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
