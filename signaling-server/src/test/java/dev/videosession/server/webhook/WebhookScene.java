package dev.videosession.server.webhook;

import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.WebhookSettings;
import dev.videosession.server.webhook.WebhookReceiver.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A backend for each test, and servers that send it their events. */
abstract class WebhookScene {
    static final Project PROJECT = ServerFixture.PROJECT;

    WebhookReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    ServerFixture server(WebhookSettings settings) {
        return new ServerFixture(
                builder -> builder.project(PROJECT.withWebhook(receiver.uri())).webhooks(settings));
    }

    static WebhookSettings settings(int queueLimit, int concurrency, Duration giveUpAfter) {
        return new WebhookSettings(
                queueLimit,
                concurrency,
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                giveUpAfter,
                Duration.ofSeconds(2));
    }

    static WebhookSettings quick() {
        return settings(1000, 4, Duration.ofMinutes(1));
    }

    /** For receivers that answer, however slow the machine is. */
    static WebhookSettings patient() {
        return new WebhookSettings(
                1000,
                4,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
    }

    static List<String> events(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::event).toList();
    }
}
