package dev.videosession.media.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.internal.link.CandidatePolicy;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.IceServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceConfigTest {
    private static IceServer usable(List<String> urls, @Nullable String name, @Nullable String credential) {
        return IceConfig.requireUsable(new IceServer(urls, name, credential));
    }

    @Test
    void secretsAreNeverPrinted() {
        IceServer server = new IceServer(List.of("turn:example.org"), "1700000000:ada", "s3cret");

        String printed = server + " "
                + new LinkConfig(
                        List.of(server),
                        LinkConfig.IcePolicy.RELAY,
                        CandidatePolicy.DEFAULT,
                        LinkConfig.TurnCertificates.VERIFIED);

        assertThat(printed)
                .contains("turn:example.org")
                .doesNotContain("s3cret")
                .doesNotContain("1700000000:ada");
    }

    @Test
    void serverWithoutUrlIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> usable(List.of(), null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "turn:",
                "stun:",
                "turn:host:99999",
                "turn:host:0",
                "stun:host:0",
                "stun:host?transport=udp",
                "http://host",
                "turn:host?transport=tls",
                ""
            })
    void whatWouldTakeTheProcessDownIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> usable(List.of(url), "ada", "secret"));
    }

    @Test
    void turnWithoutNameOrCredentialWouldTakeTheProcessDownToo() {
        List<String> turn = List.of("stun:host", "turn:host");

        assertThatIllegalArgumentException().isThrownBy(() -> usable(turn, null, "secret"));
        assertThatIllegalArgumentException().isThrownBy(() -> usable(turn, "", "secret"));
        assertThatIllegalArgumentException().isThrownBy(() -> usable(turn, "ada", null));
        assertThatIllegalArgumentException().isThrownBy(() -> usable(turn, "ada", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> usable(turn, "a".repeat(510), "secret"));
        assertThat(usable(turn, "a".repeat(509), "secret").urls()).isEqualTo(turn);
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
        assertThat(usable(List.of(url), "ada", "secret").urls()).containsExactly(url);
    }
}
