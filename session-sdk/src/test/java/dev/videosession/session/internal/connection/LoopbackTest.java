package dev.videosession.session.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loopback addresses of a peer are tried only if the URL of the server names this machine. */
class LoopbackTest {
    @ParameterizedTest
    @CsvSource({
        "ws://localhost:8080, true",
        "ws://LOCALHOST:8080, true",
        "ws://call.localhost, true",
        "ws://127.0.0.1:8080, true",
        "http://127.1.2.3, true",
        "wss://[::1]:8443, true",
        "wss://[0:0:0:0:0:0:0:1], true",
        "ws://0.0.0.0:8080, false",
        "ws://10.0.0.1:8080, false",
        "wss://[fd00::1], false",
        "wss://[::2], false",
        "wss://example.org, false",
        "wss://localhost.example.org, false",
        "wss://127.0.0.1.example.org, false",
        "wss://example.local, false"
    })
    void hostOfTheServerDecides(URI server, boolean loopback) {
        assertThat(ConnectOptions.isLoopback(server.getHost())).isEqualTo(loopback);
    }
}
