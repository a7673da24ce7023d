package dev.videosession.session.internal.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelCloseReasonTest {
    @ParameterizedTest
    @CsvSource({
        "200, something other than a signaling server answers there",
        "204, something other than a signaling server answers there",
        "301, Use the address that it redirects to",
        "400, forward the Upgrade",
        "401, asks for credentials",
        "403, refuses this client",
        "404, Check the address and the path prefix",
        "405, something other than a signaling server answers there",
        "407, proxyAuthenticator",
        "426, does not forward WebSocket upgrades"
    })
    void statusThatTryingAgainCannotChangeSaysWhatToDo(int status, String words) {
        ChannelCloseReason end = ChannelCloseReason.failed(new IOException("Expected HTTP 101"), status);
        assertThat(end.retry()).isFalse();
        assertThat(end.description()).contains("HTTP status " + status).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "408, Try again later",
        "425, Try again later",
        "429, too many connections",
        "500, Try again later",
        "502, does not reach the signaling server",
        "503, Try again later",
        "504, gets no answer from the signaling server"
    })
    void statusOfAServerThatIsUnavailableMayChange(int status, String words) {
        ChannelCloseReason end = ChannelCloseReason.failed(new IOException("Expected HTTP 101"), status);
        assertThat(end.retry()).isTrue();
        assertThat(end.description()).contains("HTTP status " + status).contains(words);
    }

    @Test
    void networkFailureMayPass() {
        ChannelCloseReason end = ChannelCloseReason.failed(new IOException("Failed to connect"), 0);
        assertThat(end.retry()).isTrue();
        assertThat(end.description()).isEqualTo("Failed to connect");
        assertThat(ChannelCloseReason.closed(1001, "").retry()).isTrue();
        assertThat(ChannelCloseReason.silent(8000).retry()).isTrue();
        assertThat(ChannelCloseReason.failed(new UnknownHostException("no.such.host"), 0)
                        .description())
                .isEqualTo("the host name cannot be resolved (no.such.host)");
    }
}
