package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.fixture.EscapeTrap;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that are sent behind the one that opens a WebSocket, before it is answered. */
class PipelinedUpgradeTest {
    private static final String ANSWERED = "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void requestsBehindAnUpgradeRaiseNoError() throws Exception {
        EscapeTrap trap = new EscapeTrap();
        try (trap;
                ServerFixture fixture = new ServerFixture(builder -> builder)) {
            for (String behind : List.of("GET / HTTP/9.9 x\r\n\r\n", "NONSENSE\r\n\r\n", ANSWERED, RawSocket.UPGRADE)) {
                for (int round = 0; round < 20; round++) {
                    try (RawSocket socket = new RawSocket(fixture.server)) {
                        socket.write(ANSWERED + RawSocket.UPGRADE + behind);
                        assertThat(socket.readHead()).startsWith("HTTP/1.1 404");
                        assertThat(socket.readHead()).startsWith("HTTP/1.1 101");
                    }
                }
            }
            trap.assertNothingEscaped();
        }
    }
}
