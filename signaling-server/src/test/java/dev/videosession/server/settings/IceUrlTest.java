package dev.videosession.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.protocol.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A malformed URL would reach the native library of every client. */
class IceUrlTest {
    private static IceConfiguration with(String url) {
        return url.startsWith("turn")
                ? IceConfiguration.NONE.withTurn(List.of("turn:good.example", url), "secret", Duration.ofHours(1))
                : IceConfiguration.NONE.withStun(List.of("stun:good.example", url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stun:stun.example.org",
                "stun:192.0.2.1:3478",
                "stuns:stun.example.org:5349",
                "stun:[2001:db8::1]:3478",
                "stun:localhost.",
                "turn:turn-1.example.org:3478?transport=udp",
                "turns:turn.example.org:443?transport=tcp",
                "turn:[::1]",
                "turn:h:1",
                "turn:h:65535"
            })
    void urlsOfTheTwoStandardsAreTaken(String url) {
        assertThat(with(url)
                        .serversFor(new ConnectionId("c"), Instant.EPOCH)
                        .get(0)
                        .urls())
                .contains(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http://host               | start with",
                "STUN:host                 | start with",
                "``                        | start with",
                "stun                      | start with",
                "stun:                     | host name",
                "stun://host               | host name",
                "stun:user@host            | host name",
                "stun:ho st                | host name",
                "stun:-host                | host name",
                "stun:a..b                 | host name",
                "stun:h\u00F6st            | host name",
                "stun:::1                  | host name",
                "stun:[::1                 | host name",
                "stun:[::1]x               | host name",
                "stun:[nonsense]           | host name",
                "stun:[fe80::1%eth0]       | host name",
                "stun:[1.2.3.4]            | host name",
                "stun:host:                | port",
                "stun:host:0               | port",
                "stun:host:65536           | port",
                "stun:host:99999           | port",
                "stun:host:123456789012    | port",
                "stun:host:+1              | port",
                "stun:host:3478:3478       | port",
                "stun:host:3478/           | port",
                "stun:host?transport=udp   | ends after",
                "turn:host?transport=tls   | transport",
                "turn:host?transport=      | transport",
                "turn:host?                | transport",
                "turn:host?a=b             | transport",
                "turn:host?transport=udp&a | transport",
                "turn:                     | host name",
                "turn:?transport=udp       | host name"
            })
    void everythingElseIsRefusedByNameAtTheStart(String url, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(url))
                .withMessageContaining("\"" + url + "\"")
                .withMessageContaining(why);
    }

    @Test
    void aUrlWithALineBreakIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> with("stun:host\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> with("turn:host:3478?transport=udp\n"));
    }
}
