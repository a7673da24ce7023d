package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        // schemes
        "http://host, http://host",
        "https://host, https://host",
        "ws://host, http://host",
        "wss://host, https://host",
        "HTTP://host, http://host",
        "wSs://HOST, https://host",
        // ports
        "http://host:8080, http://host:8080",
        "ws://host:80, http://host",
        "wss://host:443, https://host",
        "https://host:80, https://host:80",
        "http://host:65535, http://host:65535",
        "http://host:, http://host",
        // prefixes
        "http://host/, http://host",
        "http://host//, http://host",
        "http://host/video, http://host/video",
        "http://host/video/, http://host/video",
        "http://host/video//, http://host/video",
        "http://host/a/b///, http://host/a/b",
        "http://host/a//b, http://host/a//b",
        "http://host/a/../b, http://host/b",
        "http://host/a b, http://host/a%20b",
        "http://host/a%2Fb/, http://host/a%2Fb",
        "http://host/@me, http://host/@me",
        // hosts
        "http://my_server:8080/, http://my_server:8080",
        "http://bücher.example, http://xn--bcher-kva.example",
        "http://xn--bcher-kva.example, http://xn--bcher-kva.example",
        "http://127.0.0.1:1, http://127.0.0.1:1",
        "http://[::1]:8080/, http://[::1]:8080",
        "ws://[2001:db8:0:0:0:0:0:1], http://[2001:db8::1]",
        "http://host., http://host.",
        // white space
        "' http://host\n', http://host"
    })
    void addressHasOneCanonicalForm(String text, String canonical) {
        ServerAddress address = new ServerAddress(text);

        assertThat(address).hasToString(canonical);
        assertThat(address.resolve("/v1/signaling")).hasToString(canonical + "/v1/signaling");
        assertThat(new ServerAddress(canonical)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"http://[::1]:8080, ::1", "wss://LOCALHOST/x, localhost", "http://bücher.example, xn--bcher-kva.example"
    })
    void hostIsThatOfTheAddress(String text, String host) {
        assertThat(new ServerAddress(text).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://my_server:8080/video", "http://bücher.example/", "WS://host"})
    void uriThatKnowsNoHostIsReadLikeItsText(String text) {
        assertThat(ServerAddress.of(URI.create(text))).isEqualTo(new ServerAddress(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', one of the schemes http",
        "host, one of the schemes http",
        "host:8080, one of the schemes http",
        "localhost:8080/video, one of the schemes http",
        "ftp://host, one of the schemes http",
        "http:/host, one of the schemes http",
        "file:///etc/passwd, one of the schemes http",
        "http://, the host is missing",
        "http:///video, the host is missing",
        "http://?a, the host is missing",
        "http://ho st, '\"ho st\" is no host'",
        "'http://a,http://b', is no host",
        "http://2001:db8::1/, brackets",
        "http://[::1, brackets",
        "http://host:0, '\"0\" is no port'",
        "http://host:65536, '\"65536\" is no port'",
        "http://host:-1, '\"-1\" is no port'",
        "http://host:http/, '\"http\" is no port'",
        "http://host?room=1, remove the query",
        "http://host/?, remove the query",
        "http://host/#/room, the fragment",
    })
    void whatIsNoAddressIsRefusedWithTheReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAddress(text))
                .withMessageStartingWith("The address of a server is scheme://host[:port][/prefix]")
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ada:hunter2@host",
                "wss://ada:hunter2@host:99999/x",
                "http://ada:hunter2@",
                "http://ada:hunter2/x@host",
                "http://ada:hunter2?x@host",
                "http://ada:hunter2#x@host",
                "http://hunter2@host?q=hunter2",
                "ftp://ada:hunter2@host",
                "http://host?password=hunter2",
                "http://host#hunter2"
            })
    void secretInAnAddressIsRefusedAndNotRepeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAddress(text))
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hunter2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Session.builder(URI.create(text), "100", "2_x"))
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hunter2"));
    }

    @Test
    void listHoldsEachNodeOnceInItsOrder() {
        assertThat(ServerAddress.listOf("wss://b.test, https://a.test:8443/v/ ,https://b.test/"))
                .containsExactly(new ServerAddress("https://b.test"), new ServerAddress("https://a.test:8443/v"));
        assertThat(ServerAddress.listOf("ws://a.test")).isEqualTo(List.of(new ServerAddress("http://a.test")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://a.test,", ",http://a.test", "http://a.test,,http://b.test"})
    void listWithAnEmptyEntryIsRefused(String urls) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.listOf(urls))
                .withMessageContaining("schemes");
    }

    @Test
    void listThatMixesTlsAndPlainAddressesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.listOf("wss://a.test,ws://b.test"))
                .withMessageContaining("do not mix");
    }
}
