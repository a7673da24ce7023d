package dev.videosession.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceServerTest {
    @Test
    void secretsAreNeverPrinted() {
        IceServer server = new IceServer(List.of("turn:example.org"), "1700000000:ada", "s3cret");

        String printed = server + " " + new LinkConfig(List.of(server), LinkConfig.IcePolicy.RELAY);

        assertThat(printed)
                .contains("turn:example.org")
                .doesNotContain("s3cret")
                .doesNotContain("1700000000:ada");
    }

    @Test
    void serverWithoutUrlIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IceServer(List.of(), null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "turn:", "stun:", "turn:host:99999", "http://host", "turn:host?transport=tls", ""})
    void whatWouldTakeTheProcessDownIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> IceServer.stun(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stun:127.0.0.1:3478",
                "turns:turn.example.org:443?transport=tcp",
                "stun:[::1]:3478",
                "turn:a-b.c"
            })
    void urlsOfEveryKindAreTaken(String url) {
        assertThat(IceServer.stun(url).urls()).containsExactly(url);
    }
}
