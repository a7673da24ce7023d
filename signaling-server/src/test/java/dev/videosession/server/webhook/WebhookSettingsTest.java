package dev.videosession.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {
    @ParameterizedTest
    @CsvSource({"1,500,1000", "2,1000,2000", "5,8000,16000", "9,128000,256000", "10,150000,300000", "1000,150000,300000"
    })
    void pausesDoubleUpToTheLongestAndVary(int failures, long shortest, long longest) {
        assertThat(WebhookSettings.DEFAULT.pauseAfter(failures, 0)).hasMillis(shortest);
        assertThat(WebhookSettings.DEFAULT.pauseAfter(failures, 1)).hasMillis(longest);
    }

    @Test
    void impossibleSettingsAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new WebhookSettings(0, 1, second, second, second, second, second, second))
                .hasMessageContaining("queueLimit");
        assertThatThrownBy(() -> new WebhookSettings(1, 1, Duration.ZERO, second, second, second, second, second))
                .hasMessageContaining("positive");
    }
}
