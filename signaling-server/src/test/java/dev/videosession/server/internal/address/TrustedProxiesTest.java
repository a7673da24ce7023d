package dev.videosession.server.internal.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.server.settings.AddressRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final ClientAddress PROXY = address("10.1.2.3");

    private final TrustedProxies proxies = new TrustedProxies(
            Stream.of("10.0.0.0/8", "fd00::/8").map(AddressRange::parse).toList());

    private static ClientAddress address(String text) {
        return new ClientAddress(ClientAddress.parseHost(text).orElseThrow(), 5);
    }

    private String client(String... forwardedFor) {
        return proxies.clientOf(PROXY, List.of(forwardedFor)).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
    })
    void rangeContainsWhatItsPrefixSays(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range).contains(address(address).host())).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::1/129",
                "10.0.0.0/-1",
                "10.0/8",
                "localhost",
                "10.0.0.1/8/8",
                "10.0.0.0/ 8",
                "[::1]",
                "fe80::1%eth0"
            })
    void whatIsNoRangeIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("10.0.0.0/8");
    }

    @Test
    void theLastAddressThatIsNoProxyIsTheClient() {
        assertThat(client("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(client("203.0.113.9, 192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(client("203.0.113.9,192.0.2.1,10.9.9.9 , fd00::7")).isEqualTo("192.0.2.1");
        assertThat(client("203.0.113.9", "192.0.2.1", "10.9.9.9")).isEqualTo("192.0.2.1");
        assertThat(client("10.7.7.7, 10.9.9.9")).isEqualTo("10.7.7.7");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:4711, 192.0.2.1, 4711",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, 0",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1, 0",
        "[2001:db8::1]:65535, 2001:db8:0:0:0:0:0:1, 65535",
        "::ffff:192.0.2.1, 192.0.2.1, 0",
    })
    void addressesMayHavePortsAndBrackets(String forwarded, String host, int port) {
        ClientAddress client = proxies.clientOf(PROXY, List.of(forwarded));
        assertThat(client.toString()).isEqualTo(host);
        assertThat(client.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "unknown",
                "_hidden",
                "192.0.2.1, unknown",
                "192.0.2.1,",
                "192.0.2.1:99999",
                "[::1",
                "[::1]x",
                "example.org",
                "192.0.2.1:",
                "1.2.3",
                "[2001:db8::1]x:1"
            })
    void whatIsNoAddressEndsTheSearch(String forwarded) {
        assertThat(proxies.clientOf(PROXY, List.of(forwarded))).isEqualTo(PROXY);
    }

    @Test
    void headersOfOtherAddressesAreIgnored() {
        ClientAddress unauthenticated = address("192.0.2.66");
        assertThat(proxies.clientOf(unauthenticated, List.of("10.0.0.1, 203.0.113.9")))
                .isEqualTo(unauthenticated);
        assertThat(proxies.clientOf(address("::ffff:192.0.2.66"), List.of("203.0.113.9")))
                .isEqualTo(unauthenticated);
        assertThat(new TrustedProxies(List.of()).clientOf(PROXY, List.of("203.0.113.9")))
                .isEqualTo(PROXY);
    }

    @Test
    void networksAreWrittenAsOperatorsKnowThem() {
        assertThat(address("192.0.2.1").network()).hasToString("192.0.2.1");
        assertThat(address("2001:db8:1:2:3:4:5:6").network()).hasToString("2001:db8:1:2:0:0:0:0/64");
        assertThat(address("2001:db8:1:2::9").network())
                .isEqualTo(address("2001:db8:1:2:3::").network());
        assertThat(address("::ffff:192.0.2.1").network())
                .isEqualTo(address("192.0.2.1").network());
        assertThat(address("0.0.0.1").network()).isNotEqualTo(address("::1").network());
    }
}
