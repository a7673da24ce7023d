package dev.videosession.server.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.WebhookSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPauseTest {
    @ParameterizedTest
    @CsvSource({"1,500,1000", "2,1000,2000", "5,8000,16000", "9,128000,256000", "10,150000,300000", "1000,150000,300000"
    })
    void pausesDoubleUpToTheLongestAndVary(int failures, long shortest, long longest) {
        assertThat(RetryPause.after(WebhookSettings.DEFAULT, failures, 0)).hasMillis(shortest);
        assertThat(RetryPause.after(WebhookSettings.DEFAULT, failures, 1)).hasMillis(longest);
    }
}
