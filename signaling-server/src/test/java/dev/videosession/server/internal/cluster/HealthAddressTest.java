package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthAddressTest {
    private static final InetSocketAddress REDIS = InetSocketAddress.createUnresolved("127.0.0.1", 6379);

    @ParameterizedTest
    @CsvSource({
        "https://a.test, https://a.test/health",
        "wss://a.test/video/, https://a.test/video/health",
        "WS://a.test:8080, http://a.test:8080/health",
        "http://[::1]:80//, http://[::1]:80/health",
    })
    void isBelowTheAdvertisedAddress(URI advertised, String health) {
        assertThat(HealthAddress.advertised(advertised)).isEqualTo(health);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, false, http://192.0.2.7:80/health",
        "192.0.2.7, true, https://192.0.2.7:80/health",
        "2001:db8:0:0:0:0:0:1, false, http://[2001:db8::1]:80/health",
        "0.0.0.0, false, http://127.0.0.1:80/health",
        "0:0:0:0:0:0:0:0, true, https://127.0.0.1:80/health",
    })
    void isTheAddressOfThePort(String address, boolean encrypted, String health) {
        assertThat(HealthAddress.listening(new InetSocketAddress(address, 80), encrypted, REDIS))
                .isEqualTo(health);
    }

    @Test
    void nodeOnAllInterfacesNamesTheOneThatLeadsToRedis() throws SocketException {
        List<InetAddress> others = addresses();
        assumeTrue(!others.isEmpty(), "this machine has an address besides loopback");
        String own = others.get(0).getHostAddress();
        assertThat(HealthAddress.listening(
                        new InetSocketAddress("0.0.0.0", 80), false, InetSocketAddress.createUnresolved(own, 6379)))
                .isEqualTo("http://" + own + ":80/health");
    }

    @Test
    void unknownHostOfRedisIsNoFailure() {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("redis.invalid", 6379);
        assertThat(HealthAddress.listening(new InetSocketAddress("0.0.0.0", 80), false, unknown))
                .isEqualTo("http://127.0.0.1:80/health");
    }

    private static List<InetAddress> addresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .toList();
    }
}
