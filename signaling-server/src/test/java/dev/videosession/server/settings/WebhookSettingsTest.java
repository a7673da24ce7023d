package dev.videosession.server.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebhookSettingsTest {
    @Test
    void impossibleSettingsAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new WebhookSettings(0, 1, second, second, second, second, second, second))
                .hasMessageContaining("queueLimit");
        assertThatThrownBy(() -> new WebhookSettings(1, 1, Duration.ZERO, second, second, second, second, second))
                .hasMessageContaining("positive");
    }
}
