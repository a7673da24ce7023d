package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.server.fixture.NodeProgram;
import dev.videosession.server.fixture.ServerFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client in another language, written from PROTOCOL.md alone and with another implementation of WebRTC. */
class ProtocolClientTest {
    private static final long SECONDS = 120;

    @Test
    void clientWrittenFromTheTextLeavesNoPeerConnectionBehind() throws Exception {
        try (ServerFixture fixture = new ServerFixture();
                NodeProgram program = new NodeProgram(
                        "protocol-scenario.mjs",
                        List.of(
                                "ws://127.0.0.1:" + fixture.server.port() + "/v1/signaling",
                                fixture.session.value(),
                                fixture.token(Role.PUBLISHER),
                                fixture.token(Role.SUBSCRIBER)))) {
            List<String> steps = program.outputOf(0, SECONDS);
            assertThat(steps).last().isEqualTo("{\"step\":\"done\",\"open\":0,\"made\":14}");
            assertThat(fixture.metric("videosession.links")).isZero();
        }
    }
}
