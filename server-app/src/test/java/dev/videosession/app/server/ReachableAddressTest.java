package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachableAddressTest {
    private static final URI LOCAL = URI.create("https://localhost:8443");

    private static List<InetAddress> addresses(String... literals) {
        return Arrays.stream(literals).map(ReachableAddressTest::address).toList();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    @Test
    void addressOfALocalNetworkIsPreferred() {
        List<InetAddress> all = addresses("127.0.0.1", "fe80::1", "2001:db8::5", "203.0.113.9", "192.168.4.2");
        assertThat(ReachableAddress.best(all, false)).contains(address("192.168.4.2"));
        assertThat(ReachableAddress.best(all.subList(0, 4), false)).contains(address("203.0.113.9"));
        assertThat(ReachableAddress.best(all.subList(0, 3), false)).contains(address("2001:db8::5"));
    }

    @Test
    void serverThatListensOnIpVersion4OnlyIsNotReachedByVersion6() {
        assertThat(ReachableAddress.best(addresses("127.0.0.1", "2001:db8::5"), true))
                .isEmpty();
    }

    @Test
    void addressThatWasChosenIsKept() {
        assertThat(ReachableAddress.of(LOCAL, new InetSocketAddress(address("192.0.2.7"), 8443)))
                .isEqualTo(LOCAL);
        assertThat(ReachableAddress.of(LOCAL, new InetSocketAddress(address("0.0.0.0"), 8443)))
                .hasScheme("https")
                .hasPort(8443);
    }
}
