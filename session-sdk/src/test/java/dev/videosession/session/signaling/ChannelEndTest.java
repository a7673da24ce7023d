package dev.videosession.session.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelEndTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 403, 404, 426})
    void whoAnswersWithoutAnUpgradeIsNoSignalingServer(int status) {
        ChannelEnd end = ChannelEnd.failed(new IOException("Expected HTTP 101"), status);
        assertThat(end.retry()).isFalse();
        assertThat(end.description())
                .contains("HTTP status " + status)
                .contains("something else than a signaling server answers there");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void aProxyWhoseServerIsAwayMayFindItLater(int status) {
        ChannelEnd end = ChannelEnd.failed(new IOException("Expected HTTP 101"), status);
        assertThat(end.retry()).isTrue();
        assertThat(end.description()).isEqualTo("HTTP status " + status);
    }

    @Test
    void whereNobodyAnswersSomebodyMayLater() {
        ChannelEnd end = ChannelEnd.failed(new IOException("Failed to connect"), 0);
        assertThat(end.retry()).isTrue();
        assertThat(end.description()).isEqualTo("Failed to connect");
        assertThat(ChannelEnd.closed(1001, "").retry()).isTrue();
        assertThat(ChannelEnd.silent(8000).retry()).isTrue();
    }
}
